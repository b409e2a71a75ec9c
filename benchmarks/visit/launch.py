"""Run a command and print what it took, as JSON: `launch.py SECONDS OUT COMMAND…`.

A program of its own, because Linux counts the memory of whoever starts a process as that
process's; this one is small.
"""

import json
import os
import signal
import subprocess
import sys
import time


def main(within_s: float, out: str, command: list[str]) -> None:
    """Run it, its output in `out`, and end it with all that it started when it takes too long."""
    late: list[bool] = []
    began_s = time.monotonic()
    with open(out, "wb") as told:  # noqa: PTH123  # pathlib would be memory, too
        process = subprocess.Popen(
            command, stdin=subprocess.DEVNULL, stdout=told, stderr=subprocess.DEVNULL,
            start_new_session=True,
        )  # fmt: skip

    def end(*_: object) -> None:
        late.append(True)
        os.killpg(process.pid, signal.SIGKILL)

    signal.signal(signal.SIGALRM, end)
    signal.setitimer(signal.ITIMER_REAL, within_s)
    _, status, used = os.wait4(process.pid, 0)
    ended_s = time.monotonic()
    signal.setitimer(signal.ITIMER_REAL, 0)
    spent = {
        "began_s": began_s,
        "ended_s": ended_s,
        "cpu_s": used.ru_utime + used.ru_stime,
        "peak_mb": used.ru_maxrss / 1024,
        "code": os.waitstatus_to_exitcode(status),
        "late": bool(late),
    }
    print(json.dumps(spent))


if __name__ == "__main__":
    main(float(sys.argv[1]), sys.argv[2], sys.argv[3:])
