"""The Message-ID of a delivery: the same at every try, and known to nobody before it is sent."""

import hashlib
import hmac
import re

from sendguard.send.edition import Dispatch

_DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"
_OURS = re.compile(r"([0-9a-z]{1,12})\.([0-9a-f]{32})@")


def message_id(dispatch: Dispatch, delivery: int, reader: str, domain: str) -> str:
    """The Message-ID of a delivery without its angle brackets: the same at every try.

    Args:
        dispatch: That it belongs to.
        delivery: Its number.
        reader: The reader's key.
        domain: The sender's, in ASCII.
    """
    return f"{base36(delivery)}.{_code(dispatch.key, dispatch.id, reader)}@{domain}"


def delivery_named(message_id: str) -> int | None:
    """The number of the delivery that a Message-ID claims to be of; None where it is not ours."""
    found = _OURS.match(message_id)
    return int(found[1], 36) if found else None


def is_genuine(message_id: str, key: str, dispatch: int, reader: str) -> bool:
    """Does it come from a message that this reader was sent, rather than from somebody's guess?

    Args:
        message_id: Without angle brackets.
        key: Of the dispatch.
        dispatch: Its number.
        reader: The reader's key.
    """
    found = _OURS.match(message_id)
    return found is not None and hmac.compare_digest(found[2], _code(key, dispatch, reader))


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
