"""The edits that give one element of HTML, VML or MJML another address."""

import re
from collections.abc import Iterator
from html import escape, unescape

from sendguard.correct.edits import Edit
from sendguard.correct.spelling import in_attribute, in_style, in_words, quoted
from sendguard.correct.start_tag import Attribute, StartTag, read_start_tag
from sendguard.links import Link, Role
from sendguard.values import Url

_LOADING = (
    *("src", "srcset", "poster", "data", "background", "background-url", "thumbnails-src"),
    "style",
)
_LOADING_BY_HREF = {"link", "mj-font"}
_SEVERAL = {"style", "srcset"}  # hold more than one address
_LONGEST_WORDS = 5_000  # characters of a link's own words that are looked through
_PIECES = re.compile(r"<[^<>]*+>|[^<]++|<")
_SCHEME = re.compile(r"^https?://(?:www\.)?", re.IGNORECASE)
_BEFORE = r"(?<![\w./=@-])(?P<scheme>https?://)?+(?:www\.)?+"
_BEHIND = r"(?![\w/?&=#%-]|[.]\w)"


def edits_in_markup(
    text: str, offset: int, link: Link, *, right: str, address: str
) -> Iterator[Edit]:
    """What gives the element at `offset` its new address; nothing where that cannot be done.

    Args:
        text: HTML or MJML.
        offset: Where the element begins, or the address itself in a style sheet.
        link: As it was found there.
        right: The address that takes the place of one that the link's own words show.
        address: The address that it is to carry.
    """
    if link.role is Role.RESOURCE and link.href and text.startswith(link.href, offset):
        yield Edit(offset, offset + len(link.href), in_style(address))
    elif not (tag := read_start_tag(text, offset)):
        return
    elif link.role is Role.RESOURCE:
        yield from _loaded(text, tag, link.href, address)
    else:
        yield _followed(text, tag, address)
        yield from edits_of_words(text, tag, link.href, right)


def address_at(text: str, offset: int) -> str | None:
    """What the element at `offset` opens by itself; None where it has no address of its own."""
    tag = read_start_tag(text, offset)
    found = tag.attribute(_opened_by(tag)) if tag else None
    return (
        unescape(text[found.start : found.end]).strip()
        if found and found.quote is not None
        else None
    )


def _opened_by(tag: StartTag) -> str:
    return "action" if tag.name.lower() == "form" else "href"


def _followed(text: str, tag: StartTag, address: str) -> Edit:
    name = _opened_by(tag)
    if found := tag.attribute(name):
        return edit_of_value(text, found, address)
    return Edit(tag.named, tag.named, f" {name}={quoted(address)}")


def edit_of_value(text: str, attribute: Attribute, address: str) -> Edit:
    """The whole value anew, but for the space around it; a bare one gets quotation marks."""
    start, end, mark = attribute.start, attribute.end, attribute.quote
    if not mark:
        return Edit(start, end, f"{'=' if mark is None else ''}{quoted(address)}")
    written = text[start:end]
    if written.strip():
        start += len(written) - len(written.lstrip())
        end -= len(written) - len(written.rstrip())
    return Edit(start, end, in_attribute(address, mark))


def _loaded(text: str, tag: StartTag, href: str, address: str) -> Iterator[Edit]:
    by_href = tag.name.lower() in _LOADING_BY_HREF
    for attribute in tag.attributes:
        written = text[attribute.start : attribute.end]
        if attribute.name not in _LOADING and not (by_href and attribute.name == "href"):
            continue
        if unescape(written).strip() == href:
            yield edit_of_value(text, attribute, address)
        elif attribute.name in _SEVERAL:
            coded = in_attribute(in_style(address), attribute.quote or '"')
            yield from _among(written, attribute.start, href, coded)


def _among(written: str, start: int, href: str, coded: str) -> Iterator[Edit]:
    """The address where it stands among others."""
    forms = "|".join(re.escape(form) for form in {href, escape(href), escape(href, quote=False)})
    pattern = rf"(?:^|(?<=[\s\"'(,;]))(?:{forms})(?=[\s\"'),]|&quot;|&#39;|$)"
    for found in re.finditer(pattern, written):
        yield Edit(start + found.start(), start + found.end(), coded)


def edits_of_words(text: str, tag: StartTag, wrong: str, right: str) -> Iterator[Edit]:
    """The old address where the link's own words show it: a reader would be told a lie."""
    bare = _SCHEME.sub("", wrong).rstrip("/")
    forms = {
        form for one in (bare, bare.partition("?")[0].rstrip("/")) for form in (one, in_words(one))
    }
    ends = re.compile(rf"</{re.escape(tag.name)}\s*>", re.IGNORECASE)
    close = ends.search(text, tag.end, tag.end + _LONGEST_WORDS)
    words = close.start() if close else tag.end
    if Url.parse(wrong) is None or not any(form in text[tag.end : words] for form in forms):
        return
    alternatives = "|".join(map(re.escape, sorted(forms, key=len, reverse=True)))
    pattern = re.compile(f"{_BEFORE}(?:{alternatives})/?+{_BEHIND}", re.IGNORECASE)
    for piece in _PIECES.finditer(text, tag.end, words):
        if not piece[0].startswith("<"):
            for found in pattern.finditer(text, *piece.span()):
                yield Edit(
                    *found.span(), in_words(right if found["scheme"] else _SCHEME.sub("", right))
                )
