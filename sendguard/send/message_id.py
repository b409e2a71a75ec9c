"""The Message-ID of a delivery: the same at every try, and known to nobody before it is sent."""

import hashlib
import hmac
import re
from collections.abc import Sequence

from sendguard.send.edition import Dispatch

FOLLOWS = "in-reply-to"
"""The column that names the message that a reader got, where another program sent it."""

_MESSAGE_ID = re.compile(r"[!-;=?A-~]{1,200}@[!-;=?A-~]{1,200}")
_DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"


def message_id(dispatch: Dispatch, delivery: int, reader: str, domain: str) -> str:
    """The Message-ID of a delivery without its angle brackets: the same at every try.

    Args:
        dispatch: That it belongs to.
        delivery: Its number.
        reader: The reader's key.
        domain: The sender's, in ASCII.
    """
    return f"{base36(delivery)}.{_code(dispatch.key, dispatch.id, reader)}@{domain}"


def followed(columns: Sequence[str], fields: Sequence[str]) -> str | None:
    """The Message-ID that the last column says a reader has; None where it says none.

    Args:
        columns: Of the readers' rows; the last one is `FOLLOWS`, or nothing is said.
        fields: Of one reader.
    """
    said = fields[-1] if tuple(columns[-1:]) == (FOLLOWS,) else ""
    return said if _MESSAGE_ID.fullmatch(said) else None


def base36(number: int) -> str:
    """The number in digits and small letters; `int(…, 36)` reads it."""
    digits = ""
    while number:
        number, last = divmod(number, 36)
        digits = _DIGITS[last] + digits
    return digits or "0"


def _code(key: str, dispatch: int, reader: str) -> str:
    told = f"{dispatch}:{reader}".encode()
    return hmac.digest(bytes.fromhex(key), told, hashlib.sha256).hex()[:32]
