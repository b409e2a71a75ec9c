"""Runs `sendguard` with the arguments behind the first, a file, and leaves its peak memory there.

A small program of its own: Linux counts the memory of whoever starts a process as that process's.
"""

import os
import sys

file, *arguments = sys.argv[1:]
command = [sys.executable, "-m", "sendguard", *arguments]
process = os.posix_spawn(sys.executable, command, os.environ)
_, status, used = os.wait4(process, 0)
with open(file, "w", encoding="ascii") as told:  # noqa: PTH123  # pathlib would be memory, too
    told.write(str(used.ru_maxrss))
sys.exit(os.waitstatus_to_exitcode(status))
