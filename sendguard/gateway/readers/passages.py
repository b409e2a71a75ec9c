"""The recipients of a message, as they are written down."""

import re
from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from itertools import islice

from sendguard.gateway.opened import Inside, Opened, worded
from sendguard.gateway.passage import Passage, reader_key
from sendguard.gateway.readers.parts import TO
from sendguard.send import State
from sendguard.send.mailbox import Mailbox
from sendguard.send.merge import LONGEST_IN_HEADER

MOST_NAMED = 1_000
_LONGEST_ID, _LONGEST_TO = 998, 2_000
_IN_BRACKETS = re.compile(r"<([^<>]*)>")
_MAILBOX = re.compile(r"[^\s<>,;:\"'()@]{1,64}@[^\s<>,;:\"'()@]{1,255}")


def passages_of(
    copy: Opened,
    fingerprint: str,
    parts: Mapping[int, str] | None,
    repaired: str | None = None,
) -> tuple[Passage, ...]:
    """One for each recipient, pending; who stands in the envelope twice comes once.

    Args:
        copy: The message.
        fingerprint: Of its campaign.
        parts: What of it is its reader's own; None where that is not known.
        repaired: Which repairs are made in it; None for none.
    """
    message_id, name = message_id_of(copy.inside), _named(copy.inside)
    addresses = {reader_key(address): address for address in copy.mail.recipients}
    theirs = addresses.keys() if parts is None else _whose(copy, addresses.keys(), parts)
    return tuple(
        Passage(
            fingerprint=fingerprint,
            key=key,
            address=address,
            message_id=message_id,
            state=State.PENDING,
            parts=_own(parts, name.get(key)) if key in theirs else None,
            repaired=repaired,
        )
        for key, address in addresses.items()
    )


def _own(parts: Mapping[int, str] | None, name: str | None) -> Mapping[int, str] | None:
    return parts if parts is None or name is None else {**parts, TO: name}


def _named(inside: Inside) -> Mapping[str, str]:
    """The name of the reader that `To` names, by key; empty where it names none, or several."""
    mailbox = Mailbox.parse(inside.first("to")[:_LONGEST_TO])
    name = worded(mailbox.name)[:LONGEST_IN_HEADER] if mailbox else ""
    return {reader_key(mailbox.address): name} if mailbox and name else {}


def _whose(copy: Opened, keys: AbstractSet[str], parts: Mapping[int, str]) -> AbstractSet[str]:
    """Those of the recipients whose own the parts are; nobody gets the name and links of another.

    Of several it is who stands in `To`. Where nobody does, it went to a list, and is nobody's own
    as long as it is like the first copy.
    """
    if len(keys) == 1:
        return keys
    to = " ".join(copy.inside.headers.get("to", ()))
    named = {reader_key(found[0]) for found in islice(_MAILBOX.finditer(to), MOST_NAMED)}
    if theirs := keys & named:
        return theirs
    return frozenset() if parts else keys


def message_id_of(inside: Inside) -> str | None:
    """The `Message-ID` of a message, without its brackets; None where it has none."""
    found = _IN_BRACKETS.match(inside.first("message-id"))
    return found[1][:_LONGEST_ID] if found else None
