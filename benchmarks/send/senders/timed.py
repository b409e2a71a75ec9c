"""What every client is told and tells: PORT COUNT SIZE CONNECTIONS, and what its sending cost."""

import asyncio
import json
import sys
import time
from collections.abc import Callable, Coroutine
from dataclasses import dataclass

import uvloop


@dataclass(frozen=True, slots=True)
class Task:
    """What to send, and where."""

    port: int
    count: int
    size: int
    connections: int

    @classmethod
    def told(cls) -> "Task":
        """As the command line says."""
        return cls(*(int(word) for word in sys.argv[1:5]))


def timed(task: Task, send: Callable[[], int]) -> None:
    """Send, and print what that cost; start-up and imports do not count.

    Raises:
        SystemExit: Not all were accepted.
    """
    wall_s, cpu_s = time.perf_counter(), time.process_time()
    accepted = send()
    cost = {"wall_s": time.perf_counter() - wall_s, "cpu_s": time.process_time() - cpu_s}
    if accepted != task.count:
        raise SystemExit(f"accepted {accepted} of {task.count}")
    print(json.dumps(cost))


def timed_in_a_loop(send: Callable[[Task], Coroutine[None, None, int]]) -> None:
    """The same on uvloop, on which the program runs, too."""
    task = Task.told()
    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        timed(task, lambda: runner.run(send(task)))
