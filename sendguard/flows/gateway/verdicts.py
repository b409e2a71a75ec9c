"""What whoever judges campaigns asks of others, and on which terms."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Protocol

from sendguard.gateway import Mail, Ruling, Stream
from sendguard.watch import Notice

SECOND_COPY_S = 2.0
"""Whoever sends to many has sent to the second one by then, even over a connection for each."""


class MakeRuling(Protocol):
    """Checks a campaign by its first message."""

    async def __call__(self, stream: Stream, sample: Mail, shared: frozenset[str]) -> Ruling:
        """What the check says.

        Args:
            stream: The campaign; of what is `personal` in its ruling nothing is opened.
            sample: Its first message.
            shared: Tokens of its links that no reader is known by: another one's copy has the same.

        Raises:
            SendGuardError: It could not be made, for a reason of ours.
        """
        ...


MakeNotice = Callable[[Stream, Ruling], Notice | None]
"""What people are to be told of a ruling; None for nothing. It may ask the store."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """What a judge needs to know.

    Attributes:
        holder: Stands for this process.
        verdict_s: So long a pass counts.
        addresses: Of those who are told.
        second_copy_s: So long a check waits for another reader's copy, where that may tell what in
            links is one reader's own.
    """

    holder: str
    verdict_s: float
    addresses: Sequence[str] = ()
    second_copy_s: float = SECOND_COPY_S
