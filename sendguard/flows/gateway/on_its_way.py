"""What is just being handed on, so that the same message is known when it comes in again."""

from collections import Counter

from sendguard.gateway import Mail
from sendguard.gateway.circle import Mark, mark_of
from sendguard.ports.gateway import Handed, NextHop


class OnItsWay:
    """A `ports.gateway.NextHop` that knows what it waits for an answer to.

    Args:
        next_hop: Where mail goes on to.
    """

    def __init__(self, next_hop: NextHop) -> None:
        self._next_hop = next_hop
        self._waiting = Counter[Mark]()

    def has(self, mail: Mail) -> bool:
        """Is this very message just being handed on?

        Then it goes round in a circle, and each round would wait for the next one; or its client
        came again before it was answered, and it would arrive twice.
        """
        return bool(self._waiting) and mark_of(mail) in self._waiting

    async def hand_on(self, mail: Mail) -> Handed:
        """Hand one message on; see `ports.gateway.NextHop`."""
        mark = mark_of(mail)
        self._waiting[mark] += 1
        try:
            return await self._next_hop.hand_on(mail)
        finally:
            self._waiting[mark] -= 1
            if not self._waiting[mark]:
                del self._waiting[mark]

    async def close(self) -> None:
        """Take leave on every connection."""
        await self._next_hop.close()
