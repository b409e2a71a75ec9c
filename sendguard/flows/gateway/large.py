"""Large first messages are checked one at a time: each takes hundreds of megabytes."""

import asyncio
from contextlib import AbstractAsyncContextManager, nullcontext

from sendguard.gateway import Mail

LARGE = 1_000_000
"""Bytes."""


class TurnsOfLarge:
    """Lets one large message through at a time, and all others at once."""

    def __init__(self) -> None:
        self._turn = asyncio.Semaphore(1)

    def of(self, sample: Mail) -> AbstractAsyncContextManager[None]:
        """Its turn, to be entered."""
        return self._turn if len(sample.data) > LARGE else nullcontext()
