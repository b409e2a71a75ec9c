"""Interrupts in mid-check: the first ends it with what is known, the second ends the program."""

import asyncio
import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

from sendguard.entrypoints.endings import ending_signals


@contextmanager
def hearing_interrupts() -> Iterator[asyncio.Event]:
    """An event that the first interrupt sets; the second one is a `KeyboardInterrupt`.

    Within a running loop. Outside of the main thread, which alone hears signals, it is never set.
    """
    stop, loop = asyncio.Event(), asyncio.get_running_loop()

    def hear(_signal: int, _frame: FrameType | None) -> None:
        if stop.is_set():
            raise KeyboardInterrupt
        stop.set()
        # Wakes a loop that waits for the network, where no signal reaches it.
        loop.call_soon_threadsafe(lambda: None)

    if threading.current_thread() is not threading.main_thread():
        yield stop
        return
    before = {one: signal.signal(one, hear) for one in ending_signals()}
    try:
        yield stop
    finally:
        for one, was in before.items():
            signal.signal(one, was)
