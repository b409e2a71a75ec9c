"""The real gateway, killed at any moment: no message is lost, and no reader goes unrecorded."""

import logging
from pathlib import Path
from uuid import uuid4

import pytest

from tests.journeys.gate_deaths import GateDeaths
from tests.postgresql import Postgresql

log = logging.getLogger(__name__)


async def test_killed_at_any_moment_it_loses_nothing(tmp_path: Path) -> None:
    deaths = GateDeaths(tmp_path, longest_s=1.0)

    await deaths.die(2)

    assert deaths.tally.kills == 2


@pytest.mark.soak
@pytest.mark.parametrize(
    ("kind", "houses", "times"),
    [("sqlite", 1, 150), ("sqlite", 2, 40), ("postgresql", 1, 40), ("postgresql", 2, 40)],
)
async def test_hundreds_of_kills(
    tmp_path: Path, postgresql: Postgresql, kind: str, houses: int, times: int
) -> None:
    new = str if kind == "sqlite" else lambda: postgresql.new_database(f"gate_{uuid4().hex}")
    deaths = GateDeaths(tmp_path, new_database=new, houses=houses)

    await deaths.die(times)

    log.info("%s, %d: %r", kind, houses, deaths.tally)
    assert deaths.tally.kills == times
