"""Where merge fields stand in HTML and in plain text, and so how their values are escaped."""

import html
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import NoReturn

from sendguard.errors import Unreadable
from sendguard.send.escape import Escape, as_markup, as_text, as_whole_address, in_address
from sendguard.send.merge import Field, Found, find_fields, mask
from sendguard.values import Place

# Nobody reads what stands in comments, but Outlook reads what stands in conditional ones.
_REST = r"""(?:=\s*+(?:"[^"]*+(?:"|\Z)|'[^']*+(?:'|\Z))|[^>=]++|=)*+>?"""
_TOKEN = re.compile(
    rf"""
    <(?:
      !--\[if[^>\]]*+\]>
    | !--(?:>|->|.*?(?:--!?>|\Z))
    | [!?/](?![A-Za-z])[^>]*+>?
    | (?P<raw>script|style|xmp|iframe|noembed|noframes|plaintext)(?=[\s/>])
        {_REST}.*?(?:(?=</(?P=raw)[\s/>])|\Z)
    | (?P<tag>/?[A-Za-z][^\s/>]*+){_REST}
    )
    """,
    re.VERBOSE | re.DOTALL | re.IGNORECASE,
)
ATTRIBUTE = re.compile(
    r"""(?P<name>[^\s"'<>/=]++)\s*+=\s*+(?P<quote>["']?)
    (?P<value>(?<=")[^"]*+|(?<=')[^']*+|[^\s>"']*+)""",
    re.VERBOSE,
)
"""One attribute of a start tag: `name`, `quote` and `value`."""

ADDRESSES = frozenset(
    "href src srcset action formaction background poster cite data xlink:href longdesc".split()
)
"""Attributes whose value is an address."""

NOT_TEXT = frozenset({"style", "srcdoc"})
"""Attributes that hold a language of their own, as all do that begin with `on`."""

TEXT_ADDRESS = re.compile(r"(?:https?://|mailto:)[^\s<>\"]*+", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Standing:
    """A merge field, and how its values are escaped where it stands, in `text[start:end]`."""

    field: Field
    start: int
    end: int
    escape: Escape


def standing_in_line(text: str) -> Iterator[Standing]:
    """Every field of a line of words, such as a subject."""
    return (_stand(found, as_text) for found in find_fields(text))


def standing_in_text(text: str) -> Iterator[Standing]:
    """Every field of a plain text; in an address it is escaped as addresses are."""
    fields = tuple(find_fields(text))
    masked = mask(text, fields)
    addresses = TEXT_ADDRESS.finditer(masked) if fields else iter(())
    address = next(addresses, None)
    for found in fields:
        while address and address.end() <= found.start:
            address = next(addresses, None)
        inside = address is not None and address.start() <= found.start
        before = masked[address.start() : found.start] if address and inside else ""
        escape = in_address(before) if inside else None
        yield _stand(found, escape or as_text)


def standing_in_html(text: str, place: Callable[[int], Place | None]) -> Iterator[Standing]:
    """Every field of an HTML text that readers see or follow; those in comments are none.

    Raises:
        Unreadable: One stands where a reader's value could do harm.
    """
    fields = tuple(find_fields(text, markup=True))
    masked, at = mask(text, fields), 0
    tokens = _TOKEN.finditer(masked) if fields else iter(())
    for token in tokens:
        while at < len(fields) and fields[at].start < token.start():
            yield _stand(fields[at], as_markup)
            at += 1
        while at < len(fields) and fields[at].start < token.end():
            if token["raw"] or token["tag"]:
                yield _stand(fields[at], _escape_in(token, fields[at], place))
            at += 1
        if at == len(fields):
            return
    for found in fields[at:]:
        yield _stand(found, as_markup)


def _stand(found: Found, escape: Escape) -> Standing:
    return Standing(found.field, found.start, found.end, escape)


def _escape_in(token: re.Match[str], found: Found, place: Callable[[int], Place | None]) -> Escape:
    if token["raw"]:
        says = f"stands inside <{token['raw'].lower()}>, where it could do harm: take it out"
        _refuse(found, says, place)
    attribute = _attribute_at(token, found.start)
    if attribute is None:
        _refuse(found, 'stands in a tag without quotes around it: write as in alt="…"', place)
    name = attribute["name"].lower()
    if name in NOT_TEXT or name.startswith("on"):
        _refuse(found, f"stands inside {name}=…, where it could do harm: take it out", place)
    if name not in ADDRESSES:
        return as_markup
    if attribute.span("value") == (found.start, found.end):
        return as_whole_address
    escape = in_address(html.unescape(token.string[attribute.start("value") : found.start]))
    if escape is None:
        says = (
            "would choose the site that the link opens: write the beginning of the address out, "
            "and only what follows as a field, as in https://example.org/leave?who={{ email }}"
        )
        _refuse(found, says, place)
    return escape


def _attribute_at(tag: re.Match[str], at: int) -> re.Match[str] | None:
    """The attribute in whose quoted value the offset lies."""
    for attribute in ATTRIBUTE.finditer(tag.string, tag.start(), tag.end()):
        if attribute.start("value") <= at < attribute.end("value"):
            return attribute if attribute["quote"] else None
    return None


def _refuse(found: Found, says: str, place: Callable[[int], Place | None]) -> NoReturn:
    raise Unreadable(f"the field {{{{ {found.field.name} }}}} {says}", place(found.start))
