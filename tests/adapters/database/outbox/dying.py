"""Queues or sends in the store whose address it is given, and is killed half way."""

import os
import signal
import sys
from itertools import count

from sqlalchemy import Engine, event

from sendguard.adapters.database.store import SqlStore, open_store
from sendguard.adapters.process import own_name
from tests.adapters.database.outbox.queued import begin, end, queue, readers


def die(*_: object) -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def queue_and_die(store: SqlStore) -> None:
    """When all is written and nothing committed."""
    commits = count(1)

    def die_at_the_second(_: object) -> None:
        if next(commits) == 2:  # the first is that of the readers who are taken in
            die()

    event.listen(Engine, "commit", die_at_the_second)
    queue(store.outbox, readers(1_000))


def send_and_die(store: SqlStore) -> None:
    """When one is sent, two are begun, and two are leased."""
    (progress,) = store.outbox.progress()
    worker = own_name()
    end(store.outbox, begin(store.outbox, progress.dispatch, 1, worker=worker), worker=worker)
    begin(store.outbox, progress.dispatch, 2, worker=worker)
    store.outbox.lease(progress.dispatch, worker, progress.dispatch.queued_at, 2)
    die()


if __name__ == "__main__":
    opened = open_store(sys.argv[1])
    {"queueing": queue_and_die, "sending": send_and_die}[sys.argv[2]](opened)
