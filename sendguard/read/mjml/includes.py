"""Which files an MJML newsletter includes."""

import html
import posixpath
import re
from dataclasses import dataclass

from sendguard.errors import Unreadable
from sendguard.read.inside import inside
from sendguard.read.mjml.names import CHILDREN
from sendguard.read.mjml.syntax import Element, Markup
from sendguard.values import Place

_PATH = re.compile(r"\spath\s*=\s*(?:\"([^\"]*)\"|'([^']*)')")
_TYPE = re.compile(r"\stype\s*=\s*[\"']([^\"']*)[\"']")


@dataclass(frozen=True, slots=True, kw_only=True)
class Include:
    """One file asked for.

    Attributes:
        path: As written.
        name: Relative to the folder; `.mjml` is added where no suffix is written.
        type: `mjml`, `html` or `css`.
        within: The MJML element that asks for it.
        place: Where.
    """

    path: str
    name: str
    type: str
    within: str
    place: Place


def find_includes(markup: Markup, name: str) -> tuple[Include, ...]:
    """The files that the newsletter called `name` asks for, in order.

    Raises:
        Unreadable: One stands outside the folder, or no file is named.
    """
    return tuple(
        _include(element, markup.lines.place(element.start), name)
        for element in markup.elements
        if element.name == "mj-include" and _is_obeyed(element)
    )


def _is_obeyed(element: Element) -> bool:
    """Whether the compiler obeys it: in text and raw HTML it only copies it."""
    return element.within in CHILDREN or element.within in {"", "mj-attributes"}


def _include(element: Element, place: Place, name: str) -> Include:
    path = _PATH.search(element.attributes)
    written = (path[1] or path[2] or "") if path else ""
    if not written:
        raise Unreadable('mj-include names no file: write path="…"', place)
    found = inside(html.unescape(written), beside=name)
    if not found:
        raise Unreadable(
            f"{written} stands outside the newsletter's folder: put the file into the folder, "
            "and name it without .. or a drive or address before it",
            place,
        )
    suffix = "" if posixpath.splitext(found)[1] else ".mjml"
    kind = _TYPE.search(element.attributes)
    return Include(
        path=written,
        name=found + suffix,
        type=kind[1] if kind else "mjml",
        within=element.within,
        place=place,
    )
