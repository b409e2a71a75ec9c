"""Campaigns that were queued, in the store of a folder, for the real program to go on with."""

from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from pathlib import Path

import yaml

from sendguard.adapters.database.store import SqlStore, open_store
from sendguard.gate import Sending
from sendguard.ports.sending import Outbox
from sendguard.send import Dispatch, Reader, Settled, State
from tests.adapters.database.outbox.queued import a_dispatch, an_edition

WORKER = "ada 1 x"
"""Of another computer."""


def settings(here: Path, port: int = 1, *, at_once: int = 10, **more: object) -> None:
    """Write config.yaml: the mail server is at `port`, where by itself nobody listens."""
    smtp = {"host": "127.0.0.1", "port": port, "security": "none", "at_once": at_once}
    config = {"smtp": smtp, "watch": {"listen": None}, "log": "json", **more}
    (here / "config.yaml").write_text(yaml.safe_dump(config), "utf-8")


@contextmanager
def store_in(here: Path) -> Iterator[SqlStore]:
    with closing(open_store(f"sqlite:///{here / 'sendguard.db'}")) as store:
        yield store


def a_reader(name: str) -> Reader:
    return Reader(key=f"{name}@example.org", address=f"{name}@example.org")


def many(count: int) -> list[str]:
    return [f"reader{number:04}" for number in range(count)]


def queue(here: Path, *names: str, campaign: str = "spring", said: str | None = None) -> Dispatch:
    """A campaign that waits for these readers, paused where something is `said`."""
    edition, now = an_edition(campaign), datetime.now(UTC)
    dispatch = a_dispatch(campaign, edition=edition, queued_at=now)
    with store_in(here) as store:
        outbox, readers = store.outbox, map(a_reader, names)
        queued = outbox.queue(dispatch, edition, readers, Sending.of(edition.campaign, now))
        if said:
            outbox.pause(queued, said)
        return queued


def settle(
    outbox: Outbox, dispatch: Dispatch, state: State, says: str = "250 2.0.0 Ok", most: int = 500
) -> None:
    """Have a worker send what is due, with this answer to each."""
    now = datetime.now(UTC)
    begun = outbox.begin(WORKER, outbox.lease(dispatch, WORKER, now, most), now)
    outbox.settle(WORKER, [Settled(id=one.id, state=state, says=says) for one in begun], now)


def sent_to(taken: Sequence[object]) -> list[str]:
    """Names of those to whom messages went, in order."""
    return sorted(str(getattr(one, "recipient")).partition("@")[0] for one in taken)  # noqa: B009
