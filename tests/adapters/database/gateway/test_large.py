"""Large messages: no connection to the store keeps one behind it."""

from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from random import Random

import pytest
from sqlalchemy import event

from sendguard.adapters.database.engine import LARGE
from sendguard.adapters.database.store import SqlStore, open_store
from sendguard.gateway import HeldState, Standing
from tests.adapters.database.gateway.passing import ADA, begin, keep, keep_one, take
from tests.builders import NOON
from tests.fakes_gateway import A_FINGERPRINT, a_held, a_mail, a_stream

HUGE = a_mail(text=Random(0).randbytes(LARGE).hex())  # noqa: S311 - no secret


@pytest.fixture
def store(tmp_path: Path) -> Iterator[SqlStore]:
    with closing(open_store(f"sqlite:///{tmp_path / 'sendguard.db'}")) as opened:
        yield opened


@pytest.fixture
def closed(store: SqlStore) -> list[object]:
    """Connections that were not kept for whoever comes next."""
    seen = list[object]()
    event.listen(store.engine, "close_detached", seen.append)
    return seen


def test_connections_of_small_messages_are_kept(store: SqlStore, closed: list[object]) -> None:
    begin(store.streams, Standing.PASSED)
    keep_one(store.ledger, "ada@example.org", state=HeldState.DUE)

    assert take(store.ledger)
    assert not closed


def test_one_of_a_large_first_message_is_not(store: SqlStore, closed: list[object]) -> None:
    assert store.streams.begin(a_stream(), HUGE, 0)
    assert len(closed) == 1

    assert store.streams.sample(A_FINGERPRINT) == HUGE
    assert len(closed) == 2


def test_one_of_a_large_message_to_be_kept_is_not(store: SqlStore, closed: list[object]) -> None:
    begin(store.streams, Standing.PASSED)

    keep(store.ledger, replace(a_held(state=HeldState.DUE), mail=HUGE))
    assert len(closed) == 1

    taken = store.ledger.take(ADA, NOON, 9, 4 * LARGE)
    assert [held.mail for held in taken] == [HUGE]
    assert len(closed) == 2
