"""Runs `sendguard` with the arguments behind the first, a file, and leaves its peak memory there.

Counted is the memory of this program alone: what the operating system says of its children would
hold the memory of the tests, too, from which they split off.
"""

import atexit
import re
import runpy
import sys
from pathlib import Path


def leave_peak(file: str) -> None:
    """The most memory that was held at a time, in kilobytes."""
    peak = re.search(r"VmHWM:\s+(\d+) kB", Path("/proc/self/status").read_text())
    Path(file).write_text(peak[1] if peak else "0")


atexit.register(leave_peak, sys.argv.pop(1))
runpy.run_module("sendguard", run_name="__main__", alter_sys=True)
