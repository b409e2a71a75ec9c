"""Who may ask next: few requests at a time, and fewer of one host."""

import asyncio
from collections import defaultdict
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager


class Turns:
    """Hands out turns. Those who wait for a busy host take no place from the others."""

    def __init__(self, *, at_once: int, at_once_per_host: int) -> None:
        self._all = asyncio.Semaphore(at_once)
        self._hosts = defaultdict[str, asyncio.Semaphore](
            lambda: asyncio.Semaphore(at_once_per_host)
        )

    @asynccontextmanager
    async def turn(self, host: str) -> AsyncIterator[None]:
        """Wait for a turn to ask `host`, and hold it."""
        # The host's own queue comes first, or a slow host's queue would fill all places.
        async with self._hosts[host], self._all:
            yield
