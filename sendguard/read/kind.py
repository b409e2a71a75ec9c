"""What kind of newsletter a file is, and which files are none."""

import posixpath
import re
from enum import StrEnum

from sendguard.errors import Unreadable
from sendguard.read.charset import decode

MOST_LINES = 200_000
LARGEST_BYTES = 5_000_000
STANDARD_INPUT = "-"


class Kind(StrEnum):
    """How a newsletter is written."""

    HTML = "html"
    MJML = "mjml"
    MESSAGE = "message"


_BY_SUFFIX = {
    ".html": Kind.HTML,
    ".htm": Kind.HTML,
    ".mjml": Kind.MJML,
    ".eml": Kind.MESSAGE,
}
SUFFIXES = tuple(_BY_SUFFIX)
_FOREIGN = (
    (b"%PDF", "a PDF"),
    (b"\x89PNG", "a picture"),
    (b"GIF8", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"PK\x03\x04", "a ZIP archive or an Office document"),
    (b"\x1f\x8b", "a compressed file"),
    (b"\xd0\xcf\x11\xe0", "an Outlook or old Office file"),
)
_WIDE_MARKS = (b"\xff\xfe", b"\xfe\xff", b"\0\0\xfe\xff")
_BLANK = b" \t\r\n\f\v\xef\xbb\xbf\xff\xfe\0"
_MJML_FIRST = re.compile(
    r"(?>\s|<!--(?:(?!-->).)*+-->|<\?[^>]*+>|<![a-z][^>]*+>|\ufeff)*+<mjml[\s/>]",
    re.IGNORECASE | re.DOTALL,
)
_HEADER_FIRST = re.compile(
    r"\s*+(?:From [^\n]*+\n)?(?:from|to|cc|subject|date|sender|reply-to|return-path|received"
    r"|delivered-to|message-id|mime-version|content-[a-z-]++|list-[a-z-]++|x-[\w-]++"
    r"|dkim-signature|authentication-results|arc-[a-z-]++)[ \t]*+:",
    re.IGNORECASE,
)
_ANY_TAG = re.compile(r"<[a-z!/][^<>]*+>", re.IGNORECASE)


def named(name: str) -> str:
    """How a sentence calls a file."""
    return "standard input" if name == STANDARD_INPUT else name


def kind_of(raw: bytes, name: str) -> Kind:
    """How the newsletter is written, by the suffix of its name, else by how it begins.

    Raises:
        Unreadable: It is empty, too large, or nothing that a newsletter is written in.
    """
    refuse_unfit(raw, name)
    text = decode(raw)
    kind = _BY_SUFFIX.get(posixpath.splitext(name)[1].lower())
    if kind is not Kind.MESSAGE and _MJML_FIRST.match(text):
        return Kind.MJML
    if kind:
        return kind
    if _HEADER_FIRST.match(text):
        return Kind.MESSAGE
    if _ANY_TAG.search(text):
        return Kind.HTML
    raise Unreadable(
        f"{named(name)} is no newsletter that SendGuard can read: "
        "it reads HTML (.html), MJML (.mjml) and saved messages (.eml)"
    )


def refuse_unfit(raw: bytes, name: str) -> None:
    """Let only bytes pass that can be text of a sensible size.

    Raises:
        Unreadable: They cannot.
    """
    refuse_large(len(raw), name)
    if (lines := raw.count(b"\n")) > MOST_LINES:
        says = f"{named(name)} has {lines:,} lines; SendGuard reads at most {MOST_LINES:,}"
        raise Unreadable(says)
    if not raw.strip(_BLANK):
        what = (
            "look at what was piped in" if name == STANDARD_INPUT else "save the newsletter again"
        )
        raise Unreadable(f"{named(name)} is empty: {what}")
    for magic, what in _FOREIGN:
        if raw.startswith(magic):
            raise Unreadable(f"{named(name)} is {what}: save it as HTML, MJML or .eml first")
    if b"\0" in raw[:4096] and not raw.startswith(_WIDE_MARKS):
        raise Unreadable(f"{named(name)} is not text: save it as HTML, MJML or .eml first")


def refuse_large(size: int, name: str, largest: int = LARGEST_BYTES) -> None:
    """Let only files of at most `largest` bytes pass.

    Raises:
        Unreadable: It is larger.
    """
    if size > largest:
        raise Unreadable(
            f"{named(name)} is {size / 1e6:,.1f} MB; SendGuard reads at most {largest / 1e6:g} MB"
        )
