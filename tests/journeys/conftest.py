"""Stores that journeys lead to."""

from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from tests.postgresql import Postgresql


@pytest.fixture(scope="session")
def postgresql() -> Iterator[Postgresql]:
    """A server of this worker's own."""
    with TemporaryDirectory(prefix="pg") as folder, Postgresql.running(Path(folder)) as server:
        yield server
