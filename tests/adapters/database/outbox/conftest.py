"""The outbox, on both databases; its tables are made once."""

import pytest

from sendguard.adapters.database.store import SqlStore
from sendguard.ports.sending import Outbox, Suppressions


@pytest.fixture
def outbox(store: SqlStore) -> Outbox:
    return store.outbox


@pytest.fixture
def suppressions(store: SqlStore) -> Suppressions:
    return store.suppressions
