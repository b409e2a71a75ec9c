"""What a client says with MAIL FROM and RCPT TO: parsed, or what is wrong with it."""

import re
from dataclasses import dataclass

from sendguard.send import Reply

LONGEST_ADDRESS = 254
"""Octets; RFC 5321, section 4.5.3.1.3, less the angle brackets."""

_LETTERS = r'[^\s<>()\[\]\\,;:@"]++'
_QUOTED = r'"(?:[^"\\]|\\.)*+"'
_LITERAL = r"\[[0-9A-Za-z:.-]++\]"
_ADDRESS = rf"(?:{_LETTERS}|{_QUOTED})(?:@(?:{_LETTERS}|{_LITERAL}))?"
_PATH = re.compile(
    rf"(?P<verb>FROM|TO): *<(?P<address>(?:{_ADDRESS})?)>"
    r"(?P<options>(?: .*)?)",
    re.IGNORECASE,
)

BAD_SENDER = Reply(code=501, enhanced="5.1.7", text="expected MAIL FROM:<address>")
BAD_RECIPIENT = Reply(code=501, enhanced="5.1.3", text="expected RCPT TO:<address>")
NEEDS_UTF8 = Reply(code=553, enhanced="5.6.7", text="the address needs SMTPUTF8 at MAIL FROM")
UNKNOWN_OPTION = Reply(code=555, enhanced="5.5.4", text="this parameter is not known here")
BAD_OPTION = Reply(code=501, enhanced="5.5.4", text="the value of a parameter is wrong")


@dataclass(frozen=True, slots=True, kw_only=True)
class From:
    """A sender.

    Attributes:
        address: As it was written; empty for a bounce.
        size: Bytes that the message is said to have; 0 where nothing is said.
        is_8bit, is_utf8: See `Mail`.
    """

    address: str
    size: int = 0
    is_8bit: bool = False
    is_utf8: bool = False


def parse_from(said: str) -> From | Reply:
    """The sender behind MAIL, or the answer to what is none.

    Source:
        RFC 5321, section 4.1.2; RFC 1870 (SIZE), 6152 (BODY), 6531 (SMTPUTF8), 4954 (AUTH).
    """
    parted = _parted(said, "FROM")
    if parted is None:
        return BAD_SENDER
    address, options = parted
    known = _options(options)
    if isinstance(known, Reply):
        return known
    is_utf8 = "SMTPUTF8" in known
    if not (is_utf8 or address.isascii()):
        return NEEDS_UTF8
    size, is_8bit = int(known.get("SIZE") or 0), known.get("BODY") == "8BITMIME"
    return From(address=address, size=size, is_8bit=is_8bit, is_utf8=is_utf8)


def parse_to(said: str, *, is_utf8: bool) -> str | Reply:
    """The recipient behind RCPT, or the answer to what is none."""
    parted = _parted(said, "TO")
    if parted is None or not parted[0]:
        return BAD_RECIPIENT
    address, options = parted
    if options:
        return UNKNOWN_OPTION
    return address if is_utf8 or address.isascii() else NEEDS_UTF8


def _parted(said: str, verb: str) -> tuple[str, list[str]] | None:
    """The address and the parameters; no source route, and nothing that could end a line."""
    found = _PATH.fullmatch(said) if said.isprintable() else None
    if found is None or found["verb"].upper() != verb:
        return None
    address = found["address"]
    if len(address.encode()) > LONGEST_ADDRESS:
        return None
    return address, found["options"].split()


def _options(written: list[str]) -> dict[str, str] | Reply:
    known: dict[str, str] = {}
    for one in written:
        name, _, value = one.partition("=")
        name = name.upper()
        if name not in _IS_GOOD:
            return UNKNOWN_OPTION
        if name in known or not _IS_GOOD[name].fullmatch(one[len(name) :].upper()):
            return BAD_OPTION
        known[name] = value.upper()
    return known


_IS_GOOD = {
    "SIZE": re.compile(r"=[0-9]{1,20}"),
    "BODY": re.compile(r"=(?:7BIT|8BITMIME)"),
    "SMTPUTF8": re.compile(r""),
    "AUTH": re.compile(r"=(?:<>|[!-<>-~]{1,500})"),
}
