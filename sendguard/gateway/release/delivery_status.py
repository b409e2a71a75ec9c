"""Which recipients did not get a message, as programs read it."""

from collections.abc import Mapping
from datetime import datetime
from email.utils import format_datetime

from sendguard.judge.quote import plain
from sendguard.send import Deferred, NotSent, Outcome, Refused, Reply

_EXPIRED = "4.4.7"  # RFC 3463, section 3.5: delivery time expired
_LONGEST_ADDRESS = 320
_LONGEST_DIAGNOSIS = 300


def delivery_status(
    failures: Mapping[str, Outcome], reporting: str, since: datetime, at: datetime
) -> bytes:
    """The fields about the message, and those about each recipient, in ASCII.

    Source:
        RFC 3464, section 2; RFC 6533, section 3.
    """
    first = f"Reporting-MTA: dns; {reporting}\r\nArrival-Date: {format_datetime(since)}\r\n"
    tried = f"Last-Attempt-Date: {format_datetime(at)}\r\n"
    blocks = (_block(address, outcome) + tried for address, outcome in failures.items())
    return "\r\n".join((first, *blocks)).encode("ascii", "replace")


def _block(address: str, outcome: Outcome) -> str:
    match outcome:
        case Refused(reply):
            status, diagnosis = _status_of(reply, "5.0.0"), f"smtp; {reply}"
        case Deferred(reply):
            status, diagnosis = _status_of(reply, _EXPIRED), f"smtp; {reply}"
        case NotSent(says=says):
            status, diagnosis = _EXPIRED, f"x-sendguard; {says}"
        case _:
            raise ValueError(f"{outcome} is no failure")
    return (
        f"Final-Recipient: {_recipient(address)}\r\n"
        "Action: failed\r\n"
        f"Status: {status}\r\n"
        f"Diagnostic-Code: {plain(diagnosis, _LONGEST_DIAGNOSIS)}\r\n"
    )


def _status_of(reply: Reply, otherwise: str) -> str:
    """The server's own, where it is one and of the same kind as the reply."""
    enhanced = reply.enhanced or ""
    return enhanced if enhanced[:1] == otherwise[:1] else otherwise


def _recipient(address: str) -> str:
    """With its type; what is beyond ASCII is spelt as RFC 6533, section 3, has it."""
    known = plain(address, _LONGEST_ADDRESS)
    if known.isascii():
        return f"rfc822; {known}"
    spelt = (
        one if one.isascii() and one not in "\\+=" else f"\\x{{{ord(one):X}}}" for one in known
    )
    return f"utf-8; {''.join(spelt)}"
