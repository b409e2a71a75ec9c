"""A mail address with the name that stands before it, as people write it and as headers do."""

import re
from dataclasses import dataclass

from email_validator import EmailNotValidError, validate_email

from sendguard.send.headers import encoded_words

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
        if not text.isprintable():
            return None
        found = _FORM.fullmatch(text.strip())
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


def mail_address(text: str) -> str | None:
    """An address as the envelope has it; None where it is none. Quick where it is simple."""
    if _SIMPLE.fullmatch(text):
        return text
    parted = _parted(text)
    return f"{parted[0]}@{parted[1]}" if parted else None


def _parted(address: str) -> tuple[str, str] | None:
    try:
        valid = validate_email(
            address,
            check_deliverability=False,
            allow_quoted_local=True,
            test_environment=True,
            globally_deliverable=False,
        )
    except EmailNotValidError:
        return None
    return valid.local_part, valid.ascii_domain


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
