"""One recipient's copy of a campaign that passed, or was to pass."""

from collections.abc import Mapping
from dataclasses import dataclass

from sendguard.send import State
from sendguard.send.address import parse_address


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """What is kept of one recipient's copy.

    Attributes:
        fingerprint: Of its campaign.
        key: The address as it is told from others; see `reader_key`.
        address: As the envelope has it.
        message_id: Of the copy, without its brackets; None where it has none.
        state: `PENDING` while it is held or the sender will try again, `SENDING` right before it
            goes to the next hop, `SENT`, `REFUSED`, `IN_DOUBT`; `CANCELLED` where a person
            discarded it.
        parts: What of it is this reader's own: by the place of a part (see `parts.py`) what stands
            there in the place of what the first copy has, and the name in `To`. None where that is
            not known: a correction is then made for others, not for this reader.
        repaired: Which repairs were made in what went on (`Stream.repaired`); None for none.
    """

    fingerprint: str
    key: str
    address: str
    message_id: str | None
    state: State
    parts: Mapping[int, str] | None = None
    repaired: str | None = None


def reader_key(address: str) -> str:
    """The key of an envelope's address; what we would not call one is told by its letters."""
    try:
        return parse_address(address)[0]
    except ValueError:
        return address.lower()
