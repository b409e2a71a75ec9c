"""The merge fields of a whole edition, and whether an audience has them."""

import re
from collections.abc import Callable, Iterator, Sequence

from sendguard.read import Campaign, Medium, Part
from sendguard.send.edition import Edition
from sendguard.send.merge import WAY_OUT, Field, Found, find_fields, is_missing
from sendguard.send.standing import standing_in_html
from sendguard.values import Place

_ENOUGH = 40  # characters, to know words again


def fields_of(edition: Edition) -> tuple[Field, ...]:
    """Every different merge field of an edition, in the order in which readers meet them.

    Raises:
        Unreadable: One stands where a reader's value could do harm; see `standing_in_html`.
    """
    return tuple(dict.fromkeys(_fields(edition)))


def missing_fields(edition: Edition, columns: Sequence[str]) -> tuple[str, ...]:
    """Names of the fields that have no default and for which the audience has no column.

    Raises:
        Unreadable: As `fields_of`.
    """
    missing = (field.name for field in fields_of(edition) if is_missing(field, columns))
    filled = {WAY_OUT} if edition.unsubscribe else set()
    return tuple(name for name in dict.fromkeys(missing) if name not in filled)


def _fields(edition: Edition) -> Iterator[Field]:
    yield from (found.field for found in find_fields(edition.subject))
    if edition.html is not None:
        standing = standing_in_html(edition.html, place_in(edition.campaign, Medium.HTML))
        yield from (found.field for found in standing)
    yield from (found.field for found in find_fields(edition.text))
    yield from (found.field for found in find_fields(edition.unsubscribe or ""))


def place_in(campaign: Campaign, medium: Medium) -> Callable[[int], Place | None]:
    """Where an offset in the first part of that medium stands in the editor's own file."""
    part = next((part for part in campaign.parts if part.medium is medium), None)

    def place(offset: int) -> Place | None:
        if part is None:
            return None
        return _in_sources(campaign, part, offset) if campaign.sources else part.lines.place(offset)

    return place


def _in_sources(campaign: Campaign, part: Part, offset: int) -> Place | None:
    """Built HTML has no lines of its own: the same words are looked for where they were written."""
    found = next(_from(part.text, offset), None)
    written = part.text[offset : found.end] if found else _words(part.text, offset)
    for source in campaign.sources:
        at = source.text.find(written) if written else -1
        if at >= 0:
            return source.lines.place(at)
    return None


def _words(text: str, offset: int) -> str:
    return re.split("[<>\n]", text[offset : offset + _ENOUGH], maxsplit=1)[0]


def _from(text: str, offset: int) -> Iterator[Found]:
    return (found for found in find_fields(text, markup=True) if found.start == offset)
