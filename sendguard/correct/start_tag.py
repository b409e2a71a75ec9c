"""A start tag as it is written: where each attribute's value stands in the text."""

import re
from dataclasses import dataclass

_NAME = re.compile(r"<[^\s/<>]++")
# HTML, 13.2.5.32 to 13.2.5.40; each character is read once.
_ATTRIBUTE = re.compile(
    r"[\s/]*+(?P<name>[^\s/>=][^\s/>=]*+)"
    r"(?:\s*+=\s*+(?:\"(?P<double>[^\"]*+)\"|'(?P<single>[^']*+)'|(?P<bare>[^\s>\"'][^\s>]*+)))?+"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Attribute:
    """One attribute.

    Attributes:
        name: In lower case.
        start: Where its value begins, inside the quotation marks.
        end: Where its value ends.
        quote: The mark around it, empty for none; None where it has no value.
    """

    name: str
    start: int
    end: int
    quote: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class StartTag:
    """A start tag.

    Attributes:
        name: As written.
        named: Where the name ends.
        attributes: In order; of two with one name the first counts.
        end: Where the tag ends, behind its `>`.
    """

    name: str
    named: int
    attributes: tuple[Attribute, ...]
    end: int

    def attribute(self, name: str) -> Attribute | None:
        """The attribute that counts, or None."""
        return next((one for one in self.attributes if one.name == name), None)


def read_start_tag(text: str, offset: int) -> StartTag | None:
    """The tag that begins at `offset`; None where none does."""
    opens = _NAME.match(text, offset)
    if not opens:
        return None
    attributes: list[Attribute] = []
    at = opens.end()
    while found := _ATTRIBUTE.match(text, at):
        attributes.append(_attribute(found))
        at = found.end()
    ends = text.find(">", at) + 1
    return StartTag(
        name=opens[0][1:],
        named=opens.end(),
        attributes=tuple(attributes),
        end=ends or len(text),
    )


def _attribute(found: re.Match[str]) -> Attribute:
    quotes = {"double": '"', "single": "'", "bare": ""}
    kind = next((kind for kind in quotes if found[kind] is not None), None)
    start, end = found.span(kind or "name")
    return Attribute(
        name=found["name"].lower(),
        start=start if kind else end,
        end=end,
        quote=quotes[kind] if kind else None,
    )
