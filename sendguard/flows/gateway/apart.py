"""Work on large messages, which is done beside the loop, so that nobody else waits for it."""

import asyncio
from collections.abc import Callable
from typing import TypeVar

LARGE = 100_000
"""Bytes of a message; with fewer, a thread takes longer than the work."""
MOST_AT_ONCE = 2

_Made = TypeVar("_Made")


class Apart:
    """Does little work at once, and much of it in threads, a few at a time."""

    def __init__(self) -> None:
        self._turns = asyncio.Semaphore(MOST_AT_ONCE)

    async def do(self, work: Callable[[], _Made], size: int) -> _Made:
        """Do it.

        Args:
            work: It.
            size: Of the message that it is about, in bytes.
        """
        if size < LARGE:
            return work()
        async with self._turns:
            return await asyncio.to_thread(work)
