"""The real program, killed at any moment over many sends, on both databases."""

import logging
from pathlib import Path
from uuid import uuid4

import pytest

from tests.journeys.deaths import Deaths
from tests.postgresql import Postgresql

log = logging.getLogger(__name__)


async def test_killed_at_any_moment_it_loses_nobody(tmp_path: Path) -> None:
    deaths = Deaths(tmp_path, new_database=str)

    await deaths.die(5)

    assert deaths.kills == 5


@pytest.mark.soak
async def test_killed_at_any_moment_it_loses_nobody_in_postgresql(
    tmp_path: Path, postgresql: Postgresql
) -> None:
    deaths = Deaths(tmp_path, new_database=lambda: postgresql.new_database(uuid4().hex))

    await deaths.die(8)

    assert deaths.kills == 8


@pytest.mark.soak
@pytest.mark.parametrize(("kind", "times"), [("sqlite", 150), ("postgresql", 50)])
async def test_hundreds_of_kills(
    tmp_path: Path, postgresql: Postgresql, kind: str, times: int
) -> None:
    new = str if kind == "sqlite" else lambda: postgresql.new_database(uuid4().hex)
    deaths = Deaths(tmp_path, new_database=new)

    await deaths.die(times)

    log.info("%s: %r", kind, deaths)
    assert deaths.kills == times
