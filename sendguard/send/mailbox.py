"""A mail address with the name that stands before it, as people write it and as headers do."""

import re
from dataclasses import dataclass

from sendguard.errors import Unreadable
from sendguard.send.address import parse_address
from sendguard.send.headers import encoded_words
from sendguard.send.merge import is_one_line

_FORM = re.compile(r"(?P<name>[^<>]*)<(?P<address>[^<>]*)>")
_QUOTED = re.compile(r'"((?:[^"\\]|\\.)*+)"')
_ATOMS = re.compile(r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~ -]*")
_SIMPLE = re.compile(r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~.-]+@[A-Za-z0-9.-]+")
_LONGEST_QUOTED = 400  # no line may end behind 998 characters, and each may need a backslash


@dataclass(frozen=True, slots=True, kw_only=True)
class Mailbox:
    """Whom a message is from, to, or answered to.

    Attributes:
        name: Without quotes; empty for none.
        local: What stands before the @.
        domain: What stands behind it, in ASCII.
    """

    name: str
    local: str
    domain: str

    @classmethod
    def parse(cls, text: str) -> "Mailbox | None":
        """The mailbox that people write as `Name <name@example.org>` or as an address alone.

        None where it is none, or more than one. A name may hold commas without being quoted.
        """
        found = _FORM.fullmatch(text.strip())
        if not is_one_line(text) or ("<" in text and not found):
            return None
        name, address = (found["name"], found["address"]) if found else ("", text)
        parted = _parted(address.strip())
        return (
            cls(name=_unquoted(name.strip()), local=parted[0], domain=parted[1]) if parted else None
        )

    @property
    def address(self) -> str:
        """As the envelope has it."""
        return f"{self.local}@{self.domain}"

    @property
    def is_utf8(self) -> bool:
        """Its local part can only be sent with SMTPUTF8 (RFC 6531)."""
        return not self.local.isascii()

    def header(self, name: str) -> bytes:
        """A whole header line of this mailbox, with its end."""
        address = f"<{self.address}>" if self.name else self.address
        phrase = _phrase(self.name, len(name) + 2)
        last = len(phrase) - phrase.rfind("\n") + (0 if "\n" in phrase else len(name) + 2)
        between = "" if not phrase else " " if last + len(address) < 76 else "\r\n "
        return f"{name}: {phrase}{between}{address}\r\n".encode()


def sole_mailbox(text: str, key: str) -> Mailbox:
    """The mailbox that a key of the configuration names.

    Raises:
        Unreadable: It names none, or several.
    """
    mailbox = Mailbox.parse(text)
    if mailbox is None:
        says = f"`{key}` has to be one mail address, as in The Navigator <navigator@example.org>"
        raise Unreadable(says)
    return mailbox


def mail_address(text: str) -> str | None:
    """An address as the envelope has it; None where it is none. Quick where it is simple."""
    if _SIMPLE.fullmatch(text):
        return text
    parted = _parted(text) if is_one_line(text) and "<" not in text else None
    return f"{parted[0]}@{parted[1]}" if parted else None


def _parted(text: str) -> tuple[str, str] | None:
    try:
        key, address = parse_address(text)
    except ValueError:
        return None
    # A key has its domain in ASCII always.
    return address.rpartition("@")[0], key.rpartition("@")[2]


def _unquoted(name: str) -> str:
    quoted = _QUOTED.fullmatch(name)
    return re.sub(r"\\(.)", r"\1", quoted[1]).strip() if quoted else name


def _phrase(name: str, used: int) -> str:
    """The name as a phrase (RFC 5322, section 3.2.5; RFC 2047, section 5)."""
    if not name.isascii() or "=?" in name or len(name) > _LONGEST_QUOTED:
        return encoded_words(name, used)
    if _ATOMS.fullmatch(name):
        return name
    escaped = re.sub(r'(["\\])', r"\\\1", name)
    return f'"{escaped}"'
