"""Interrupts in mid-check: the first ends it with what is known, the second ends the program."""

import asyncio
import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from time import monotonic
from types import FrameType

from sendguard.entrypoints.endings import SAME_S, ending_signals, leave_now


@contextmanager
def hearing_interrupts() -> Iterator[asyncio.Event]:
    """An event that the first interrupt sets; the second one ends the program.

    Within a running loop. Outside of the main thread, which alone hears signals, it is never set.
    """
    stop, loop = asyncio.Event(), asyncio.get_running_loop()
    first, first_s = 0, 0.0

    def hear(number: int, frame: FrameType | None) -> None:
        nonlocal first, first_s
        if number == first and monotonic() - first_s < SAME_S:
            return
        if stop.is_set():
            # No exception: Python swallows one, loudly, where it happens to be tidying up.
            leave_now(number, frame)
        first, first_s = number, monotonic()
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
