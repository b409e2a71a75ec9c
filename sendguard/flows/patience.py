"""The store is waited for: somebody else may hold it for a while, or its disk be full."""

import asyncio
from collections.abc import Callable
from typing import TypeVar

from sendguard.errors import BadStore
from sendguard.ports import Clock

PATIENCE_S = 60.0
"""To queue a million readers holds a store in SQLite for half of it."""
_BETWEEN_TRIES_S = 0.5

Answer = TypeVar("Answer")


async def patiently(
    clock: Clock, ask: Callable[[], Answer], on_trouble: Callable[[], None] = lambda: None
) -> Answer:
    """What the store answers, asked in a thread, and again where it fails.

    Args:
        clock: Of which only the time that passes counts.
        ask: Asks; where it fails, nothing was written.
        on_trouble: Called each time it fails.

    Raises:
        BadStore: It failed for `PATIENCE_S`.
    """
    until_s = clock.elapsed_s() + PATIENCE_S
    while True:
        try:
            return await asyncio.to_thread(ask)
        except BadStore:
            if clock.elapsed_s() > until_s:
                raise
            on_trouble()
        await asyncio.sleep(_BETWEEN_TRIES_S)
