"""A tag in which copies differ gets fields in its attributes, so that links stay links."""

import html
import re
from collections.abc import Iterator, Sequence
from functools import partial
from itertools import islice
from urllib.parse import unquote

from sendguard.correct.edits import Edit, in_order
from sendguard.gateway.readers.fields import Fields
from sendguard.gateway.readers.runs import Run, fits
from sendguard.send.standing import ADDRESSES, ATTRIBUTE, NOT_TEXT
from sendguard.values import Url
from sendguard.visit.forbidden import why_not_open

_MOST_ATTRIBUTES = 200
_TAG = re.compile("<[A-Za-z]")
_NONE = re.compile(r"\s*[01](?:px)?\s*", re.IGNORECASE)
_UNSEEN = re.compile(
    r"display\s*:\s*none|(?<![\w-])(?:max-)?(?:width|height)\s*:\s*[01](?:px|\s*[;!]|\s*\Z)",
    re.IGNORECASE,
)


def tag_edits(text: str, piece: int, runs: Sequence[Run], fields: Fields) -> tuple[Edit, ...]:
    """What is changed in a piece of markup; a picture that counts who opens the mail is taken out.

    Args:
        text: The piece.
        piece: Its number.
        runs: Where copies differ in it; at least one.
        fields: Where fields are gathered.
    """
    attributes = _attributes(text)
    if _counts(text, attributes):
        return (Edit(0, len(text), ""),)
    edits, outside = list[Edit](), set(runs)
    for number, one in enumerate(attributes):
        touching = [run for run in runs if _touches(run, one)]
        if touching:
            outside.difference_update(touching)
            edits += _in_attribute(piece, number, one, touching, fields)
    # In a comment, in a style sheet, between attributes: what it says there can be done without.
    return in_order([*edits, *(run.edit("") for run in outside)])


def _in_attribute(
    piece: int, number: int, one: re.Match[str], runs: Sequence[Run], fields: Fields
) -> Iterator[Edit]:
    name = one["name"].lower()
    is_simple = bool(one["quote"]) and all(_is_in(run, one) for run in runs)
    if name in NOT_TEXT or name.startswith("on"):
        yield Edit(*one.span("value"), "" if one["quote"] else '""')
    elif is_simple and name not in ADDRESSES:
        yield from (run.edit(fields.field(run.places, html.unescape, "html")) for run in runs)
    elif is_simple and all(fits(fields.survey, run, _before(run, one)) for run in runs):
        yield from (run.edit(fields.field(run.places, unquote, "address")) for run in runs)
    else:
        read = partial(_value, number=number)
        told = fields.whole(piece, read, ("attribute", number))
        yield Edit(*one.span("value"), told if one["quote"] else f'"{told}"')


def _attributes(text: str) -> Sequence[re.Match[str]]:
    return list(islice(ATTRIBUTE.finditer(text), _MOST_ATTRIBUTES)) if _TAG.match(text) else []


def _touches(run: Run, one: re.Match[str]) -> bool:
    return run.begin < one.end("value") and one.start("value") < run.stop


def _is_in(run: Run, one: re.Match[str]) -> bool:
    return one.start("value") <= run.begin and run.stop <= one.end("value")


def _before(run: Run, one: re.Match[str]) -> str:
    return html.unescape(one.string[one.start("value") : run.begin])


def _value(tag: str, number: int) -> str:
    """An attribute of a reader's own tag."""
    attributes = _attributes(tag)
    return html.unescape(attributes[number]["value"]) if number < len(attributes) else ""


def _counts(text: str, attributes: Sequence[re.Match[str]]) -> bool:
    """Is it a picture that nobody sees, or one whose address counts who opens the mail?"""
    if text[:4].lower() != "<img":
        return False
    said = {one["name"].lower(): html.unescape(one["value"]) for one in reversed(attributes)}
    is_tiny = any(_NONE.fullmatch(said.get(side, "")) for side in ("width", "height"))
    url = Url.parse(said.get("src", ""))
    acts = url is not None and why_not_open(url, "", frozenset()) is not None
    return is_tiny or acts or bool(_UNSEEN.search(said.get("style", "")[:2_000]))
