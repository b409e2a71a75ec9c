"""The recipients of a message, as they are written down."""

import re
from collections.abc import Mapping

from sendguard.gateway.opened import Inside, Opened
from sendguard.gateway.passage import Passage, reader_key
from sendguard.send import State

_LONGEST_ID = 998
_IN_BRACKETS = re.compile(r"<([^<>]*)>")


def passages_of(
    copy: Opened, fingerprint: str, parts: Mapping[int, str] | None
) -> tuple[Passage, ...]:
    """One for each recipient, pending; who stands in the envelope twice comes once.

    Args:
        copy: The message.
        fingerprint: Of its campaign.
        parts: What of it is its reader's own; None where that is not known.
    """
    message_id = message_id_of(copy.inside)
    found: dict[str, Passage] = {}
    for address in copy.mail.recipients:
        key = reader_key(address)
        found[key] = Passage(
            fingerprint=fingerprint,
            key=key,
            address=address,
            message_id=message_id,
            state=State.PENDING,
            parts=parts,
        )
    return tuple(found.values())


def message_id_of(inside: Inside) -> str | None:
    """The `Message-ID` of a message, without its brackets; None where it has none."""
    found = _IN_BRACKETS.match(inside.first("message-id"))
    return found[1][:_LONGEST_ID] if found else None
