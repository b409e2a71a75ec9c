"""The newsletter as a picture of itself: its own markup made harmless, a mark before each link."""

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import nh3

from sendguard.gate import CheckedLink
from sendguard.links import Role
from sendguard.read import Part
from sendguard.report.html.entry import needs_mark
from sendguard.report.html.redraw import ATTRIBUTES, TAGS, Marks, Redrawing
from sendguard.report.html.styles import MOST_STYLES, safe_sheet

LARGEST = 3_000_000
"""Characters of a part that is drawn; mail programs cut a letter at a thirtieth of that."""

_SLOT = re.compile(r'<slot name="(L\d+)">')


@dataclass(frozen=True, slots=True)
class Letter:
    """A part of the newsletter, ready to be put into the report.

    Attributes:
        html: Harmless markup, for a shadow root, with a `slot` for each mark.
        css: The newsletter's own styles, for the same.
        shown: The ids of links whose marks have a place in it.
        too_large: It was not drawn.
    """

    html: str = ""
    css: str = ""
    shown: frozenset[str] = frozenset()
    too_large: bool = False


def draw(part: Part, links: Sequence[CheckedLink], anchors: Mapping[str, str]) -> Letter:
    """Draw an HTML part.

    Args:
        part: What readers get.
        links: Those that stand in the part.
        anchors: For each link's id the id of its entry in the report.
    """
    if len(part.text) > LARGEST:
        return Letter(too_large=True)
    # What cannot be written as UTF-8 is one character here and there, so offsets stay true.
    redrawn = Redrawing(part.text.encode(errors="replace").decode(), _marks(links, anchors))
    html = _cleaned(redrawn.html)
    return Letter(
        html=html,
        css=safe_sheet(redrawn.css[:MOST_STYLES]),
        shown=frozenset(_SLOT.findall(html)),
    )


def _marks(links: Sequence[CheckedLink], anchors: Mapping[str, str]) -> Marks:
    before = defaultdict[int, tuple[str, ...]](tuple)
    entries, numbers = dict[int, str](), dict[int, str]()
    for link in links:
        id_, offset = link.link.id, link.link.offset
        if needs_mark(link):
            before[offset] += (id_,)
        else:
            numbers.setdefault(offset, id_)
        if link.link.role is not Role.RESOURCE:
            entries.setdefault(offset, anchors[id_])
    return Marks(before=before, entries=entries, numbers=numbers)


def _cleaned(html: str) -> str:
    """The same, as a cleaner that others watch over lets it through: a second lock on the door."""
    return nh3.clean(
        html,
        tags=set(TAGS),
        clean_content_tags=set(),
        attributes={"*": set(ATTRIBUTES), "a": {"href", "tabindex"}, "slot": {"name"}},
        url_schemes=set(),
        link_rel=None,
    )
