"""What all connections share: how many there are, the memory for messages, who answers them."""

import asyncio
from collections import Counter
from collections.abc import Awaitable, Callable
from contextlib import suppress
from time import monotonic
from typing import Protocol

from sendguard.config.gateway import Gateway, Listener
from sendguard.entrypoints.gateway import replies
from sendguard.entrypoints.gateway.guesses import Guesses
from sendguard.entrypoints.gateway.room import Room, Share
from sendguard.gateway import Mail
from sendguard.ports.watching import Journal
from sendguard.send import Reply

Take = Callable[[Mail, Listener], Awaitable[Reply]]

MESSAGES_IN_MEMORY = 4
"""So many of the biggest messages may be on their way in at a time, or as much in small ones."""
LEAST_ROOM = 64 << 20
QUIET_S = 60.0
"""For so long it is not told again that connections are refused for the same reason."""


class Guest(Protocol):
    """A connection that was let in."""

    def dismiss(self) -> None:
        """End it: at once, or behind the message that is on its way."""
        ...

    def abort(self) -> None:
        """End it at once, whatever is on its way."""
        ...


class Lobby:
    """Where connections are counted, and their messages answered.

    Args:
        limits: Of config.yaml.
        most: Connections at a time.
        take: Answers a message.
        journal: Where refusals and mistakes are told.
    """

    def __init__(self, limits: Gateway, most: int, take: Take, journal: Journal) -> None:
        self.limits = limits
        self.journal = journal
        self.guesses = Guesses(journal)
        self.room = Room(max(LEAST_ROOM, MESSAGES_IN_MEMORY * limits.max_size))
        self._most = most
        self._take = take
        self._guests: dict[Guest, str] = {}
        self._of_client = Counter[str]()
        self._under_way = set[asyncio.Task[Reply]]()
        self._left = asyncio.Event()
        self._told: dict[str, float] = {}

    @property
    def connections(self) -> int:
        """How many there are now."""
        return len(self._guests)

    def refusal(self, client: str) -> Reply | None:
        """Why one more of this client is too many; None where it is not."""
        if len(self._guests) >= self._most:
            return replies.TOO_MANY_CONNECTIONS
        if self._of_client[client] >= self.limits.max_connections_per_client:
            return replies.TOO_MANY_OF_YOURS
        return None

    def tell_refused(self, says: str, client: str, listen: str) -> None:
        """Write it down, once a minute for each reason."""
        now = monotonic()
        if now - self._told.get(says, -QUIET_S) >= QUIET_S:
            self._told[says] = now
            self.journal.warn("connection-refused", client=client, listen=listen, says=says)

    def enter(self, guest: Guest, client: str) -> None:
        """One more is here."""
        self._guests[guest] = client
        self._of_client[client] += 1

    def leave(self, guest: Guest) -> None:
        """It is gone; a second time does nothing."""
        client = self._guests.pop(guest, None)
        if client is not None:
            self._of_client[client] -= 1
            if not self._of_client[client]:
                del self._of_client[client]
            self._left.set()

    async def answer(self, mail: Mail, listener: Listener, share: Share) -> Reply:
        """The answer to a message, whose memory is free then.

        It is worked out to its end also where the client leaves meanwhile: what was begun with the
        next hop must not be torn.
        """
        work = asyncio.create_task(self._answered(mail, listener, share))
        self._under_way.add(work)
        work.add_done_callback(self._finished)
        return await asyncio.shield(work)

    async def _answered(self, mail: Mail, listener: Listener, share: Share) -> Reply:
        try:
            return await self._take(mail, listener)
        except Exception as error:  # noqa: BLE001 - whatever it is, it is no fault of the message
            self.journal.warn("mistake", error=error)
            return replies.OUR_FAILURE
        finally:
            share.free()

    def _finished(self, work: asyncio.Task[Reply]) -> None:
        self._under_way.discard(work)
        self._left.set()

    async def _all_gone(self) -> None:
        while self._guests or self._under_way:
            self._left.clear()
            await self._left.wait()

    async def close(self, patience_s: float) -> None:
        """Take leave of everybody; messages on their way are answered within `patience_s`."""
        for guest in tuple(self._guests):
            guest.dismiss()
        with suppress(TimeoutError):
            await asyncio.wait_for(self._all_gone(), patience_s)
        for guest in tuple(self._guests):
            guest.abort()
        for work in tuple(self._under_way):
            work.cancel()
        await asyncio.gather(*self._under_way, return_exceptions=True)
