"""`make bench-store` runs, from the first check that is kept to the watch that idles."""

import asyncio
import sys
from asyncio.subprocess import PIPE

import pytest

from tests.manual import ROOT


@pytest.mark.soak
async def test_every_figure_of_the_store_can_be_measured() -> None:
    bench = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "benchmarks.store", "--quick"), cwd=ROOT, stdout=PIPE, stderr=PIPE
    )

    out, err = await asyncio.wait_for(bench.communicate(), timeout=240)

    assert bench.returncode == 0, err.decode()
    assert b"not measured" not in out
    assert b"serve, memory" in out
