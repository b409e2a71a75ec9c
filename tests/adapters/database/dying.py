"""Upgrades the store whose address it is given, and is killed after one statement or another.

Prints how each try ended, until one is not killed.
"""

import os
import signal
import sys
from itertools import count
from tempfile import TemporaryDirectory

from sqlalchemy import Engine, event

from sendguard.adapters.database.engine import open_engine
from sendguard.adapters.database.schema import upgrade

STEP = 3


def upgrade_and_die(database: str, after: int) -> int:
    """How a process ends that upgrades and is killed after so many statements."""
    child = os.fork()
    if not child:
        left = iter(range(after))

        def die(*_: object) -> None:
            if next(left, None) is None:
                os.kill(os.getpid(), signal.SIGKILL)

        engine = open_engine(database)
        event.listen(Engine, "after_cursor_execute", die)
        upgrade(engine)
        os._exit(0)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


def know_all_that_is_needed() -> None:
    """Once for all tries, each of which would look for it again."""
    with TemporaryDirectory() as folder:
        engine = open_engine(f"sqlite:///{folder}/other.db")
        upgrade(engine)
        engine.dispose()


if __name__ == "__main__":
    know_all_that_is_needed()
    for after in count(0, STEP):
        ended = upgrade_and_die(sys.argv[1], after)
        print(ended)  # noqa: T201 - for the test
        if ended == 0:
            break
