"""The gateway's part of the store, on both databases."""

import pytest

from sendguard.adapters.database.store import SqlStore
from sendguard.ports.gateway import Ledger, Streams


@pytest.fixture
def streams(store: SqlStore) -> Streams:
    return store.streams


@pytest.fixture
def ledger(store: SqlStore) -> Ledger:
    return store.ledger
