"""Passes mail on in the store whose address it is given, and is killed half way."""

import os
import signal
import sys
from itertools import count

from sqlalchemy import Engine, event

from sendguard.adapters.database.store import SqlStore, open_store
from sendguard.adapters.process import own_name
from sendguard.gateway import Ended
from sendguard.send import State
from tests.adapters.database.gateway.passing import a_passage, end, pass_on, take

DIES_AT = 4
"""What is written for this commit is lost."""


def die_half_way() -> None:
    commits = count(1)

    def die(_: object) -> None:
        if next(commits) == DIES_AT:
            os.kill(os.getpid(), signal.SIGKILL)

    event.listen(Engine, "commit", die)


def pass_on_and_die(store: SqlStore) -> None:
    """One is on the wire; of three that were taken, one is settled, and one was to be."""
    holder = own_name()
    pass_on(store.ledger, a_passage(), holder=holder)
    for taken in take(store.ledger, holder, most=3):
        sent = dict.fromkeys(taken.mail.recipients, State.SENT)
        end(store.ledger, Ended(taken=taken, states=sent), holder=holder)


if __name__ == "__main__":
    opened = open_store(sys.argv[1])
    die_half_way()
    pass_on_and_die(opened)
