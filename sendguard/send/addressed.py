"""Whom a message says that it is for: the address, and the name where that is known."""

from collections.abc import Sequence

from sendguard.send.mailbox import Mailbox
from sendguard.send.merge import in_header, one_line
from sendguard.send.message_id import FOLLOWS

NAMED = "to-name"
"""The column that has the reader's name, where another program sent what is corrected."""


def named(columns: Sequence[str], fields: Sequence[str]) -> str:
    """The name that the last column but one says a reader has; empty where it says none.

    Args:
        columns: Of the readers' rows; the last ones are `NAMED` and `FOLLOWS`, or nothing is said.
        fields: Of one reader.
    """
    is_said = tuple(columns[-2:]) == (NAMED, FOLLOWS)
    return in_header(one_line(fields[-2])).strip() if is_said else ""


def to_header(name: str, address: str) -> bytes:
    """The header, with its end.

    Args:
        name: Empty for none.
        address: As the envelope has it.
    """
    if not name:
        return f"To: {address}\r\n".encode()
    local, _, domain = address.rpartition("@")
    return Mailbox(name=name, local=local, domain=domain).header("To")
