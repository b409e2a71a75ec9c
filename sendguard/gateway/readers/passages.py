"""The recipients of a message, as they are written down."""

import re
from collections.abc import Mapping

from sendguard.gateway.mail import Mail
from sendguard.gateway.passage import Passage, reader_key
from sendguard.send import State

_LONGEST_ID = 998
_MESSAGE_ID = re.compile(rb"(?im)^message-id:[ \t]*(?:\r\n[ \t]+)?<([^<>\r\n]*)>")


def passages_of(
    mail: Mail, fingerprint: str, parts: Mapping[int, str] | None
) -> tuple[Passage, ...]:
    """One for each recipient, pending; who stands in the envelope twice comes once.

    Args:
        mail: The message.
        fingerprint: Of its campaign.
        parts: What of it is its reader's own; None where that is not known.
    """
    message_id = message_id_of(mail.data)
    found: dict[str, Passage] = {}
    for address in mail.recipients:
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


def message_id_of(data: bytes) -> str | None:
    """The `Message-ID` of a message, without its brackets; None where it has none."""
    end = data.find(b"\r\n\r\n")
    found = _MESSAGE_ID.search(data, 0, end + 2 if end >= 0 else len(data))
    return found[1][:_LONGEST_ID].decode("utf-8", "replace") if found else None
