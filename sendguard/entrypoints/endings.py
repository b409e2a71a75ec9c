"""What ends the program before its time, and how it goes then."""

import os
import signal
import sys
from contextlib import suppress
from types import FrameType
from typing import NoReturn

INTERRUPTED = 130
SAME_S = 0.5
"""The same signal again within it is one: `timeout` signals its child, then the group of it."""

# A progress bar that was under way has hidden the cursor.
_CURSOR = b"\x1b[?25h\n"


def ending_signals() -> tuple[signal.Signals, ...]:
    """What Ctrl-C sends, and what a job's runner does when its time is over.

    Without those that whoever began us has ignored, as shells do for what runs in the background.
    """
    both = (signal.SIGINT, signal.SIGTERM)
    return tuple(one for one in both if signal.getsignal(one) is not signal.SIG_IGN)


def leave_when_ended() -> None:
    """For as long as nothing is begun that would have to be tidied up."""
    for one in ending_signals():
        signal.signal(one, leave_now)


def tidy_up_when_ended() -> None:
    """From now on the end is a `KeyboardInterrupt`."""
    for one in ending_signals():
        signal.signal(one, signal.default_int_handler)


def leave_at_once(code: int = INTERRUPTED) -> NoReturn:
    """End; what was written is out.

    Without waiting for threads, such as one whose name server is silent, and without taking every
    module apart, which takes longer than judging ten links.
    """
    for stream in (sys.stdout, sys.stderr):
        with suppress(OSError):
            stream.flush()
    os._exit(code)


def leave_now(_signal: int, _frame: FrameType | None) -> NoReturn:
    """Say that it was interrupted, and end: what a signal may do at any moment."""
    if os.isatty(2):
        os.write(2, _CURSOR)
    os.write(2, b"sendguard: interrupted\n")
    os._exit(INTERRUPTED)
