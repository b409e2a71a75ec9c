"""What other readers' copies tell of a campaign's links."""

import asyncio
from collections import OrderedDict
from datetime import datetime

from sendguard.gateway import Copy, Standing, Stream
from sendguard.gateway.copies.shared import (
    is_of_another_reader,
    may_have_readers_codes,
    nobodys_tokens,
    shared_tokens,
)
from sendguard.visit.tokens import LONG

MOST_CAMPAIGNS = 1_000


class Comparing:
    """Tokens of links that no reader is known by, as another one's copy has the same.

    From one copy alone it cannot be told whom a token in a link stands for, so such a link is not
    opened, and what it leads to is unverified. Short codes are opened, for nearly all of them are
    pages'; so where there are any, the check waits a moment for another reader's copy.

    Args:
        second_copy_s: So long it waits, from the first copy on.
    """

    def __init__(self, second_copy_s: float) -> None:
        self._second_copy_s = second_copy_s
        self._shared: OrderedDict[str, frozenset[str]] = OrderedDict()
        self._waited_for: dict[str, asyncio.Event] = {}

    def learn(self, stream: Stream, copy: Copy) -> bool:
        """Learn from another copy; whether it told that more may be opened than was by now.

        What differs in one copy is no page's, whatever others have.
        """
        if is_of_another_reader(copy, stream.first):
            self._tell_waiting(stream)
        told = shared_tokens(copy, stream.first)
        if told is None:
            return False
        before, known = self.known_of(stream), self._shared.get(stream.fingerprint)
        self._shared[stream.fingerprint] = told if known is None else known & told
        if len(self._shared) > MOST_CAMPAIGNS:
            self._shared.popitem(last=False)
        return bool(opened_by(self.known_of(stream)) - before)

    def known_of(self, stream: Stream) -> frozenset[str]:
        """What is known by now."""
        told = self._shared.get(stream.fingerprint, frozenset())
        return (told | nobodys_tokens(stream.first)) - stream.ruling.personal

    async def second_copy(self, stream: Stream, now: datetime) -> None:
        """Wait for another reader's copy, where links may have codes of this one in them."""
        left_s = self._second_copy_s - (now - stream.since).total_seconds()
        if left_s <= 0 or not self._may_tell_more(stream):
            return
        waited_for = self._waited_for.setdefault(stream.fingerprint, asyncio.Event())
        try:
            async with asyncio.timeout(left_s):
                await waited_for.wait()
        except TimeoutError:
            pass
        finally:
            self._waited_for.pop(stream.fingerprint, None)

    def _may_tell_more(self, stream: Stream) -> bool:
        is_news = stream.standing is Standing.CHECKING and stream.ruling.by is None
        is_told = stream.ruling.personal or stream.fingerprint in self._shared
        return is_news and not is_told and may_have_readers_codes(stream.first)

    def _tell_waiting(self, stream: Stream) -> None:
        if event := self._waited_for.get(stream.fingerprint):
            event.set()


def opened_by(shared: frozenset[str]) -> frozenset[str]:
    """Those that no check opens unless it knows that they are shared."""
    return frozenset(one for one in shared if len(one) >= LONG)
