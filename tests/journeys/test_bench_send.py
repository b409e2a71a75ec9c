"""`make bench-send` runs, from the first client to the table of what is asked."""

import asyncio
import sys
from asyncio.subprocess import PIPE

import pytest

from tests.mail.programs import need
from tests.manual import ROOT


@pytest.mark.soak
async def test_every_client_can_be_measured() -> None:
    need("smtp-sink")
    bench = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "benchmarks.send", "--quick"), cwd=ROOT, stdout=PIPE, stderr=PIPE
    )

    out, err = await asyncio.wait_for(bench.communicate(), timeout=240)

    assert bench.returncode == 0, err.decode()
    for asked in (b"beside smtplib", b"beside aiosmtplib", b"far, beside raw", b"making a message"):
        assert asked in out
