"""The real program, run as its users run it."""

import asyncio
import os
import signal
import sys
from asyncio.subprocess import PIPE, Process
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TypeAlias

from tests.journeys.forked import Forked, can_be_forked, fork

MEASURED = Path(__file__).with_name("measured.py")
PEAK = "peak_kb"
SENDGUARD = (sys.executable, "-m", "sendguard")
Running: TypeAlias = Process | Forked
LONGEST_S = 60
"""More than any of it takes on a machine that is busy with something else."""


@dataclass(frozen=True, slots=True)
class Ran:
    """What a run of the program left behind; how much memory it took where that was measured."""

    code: int
    out: str
    err: str
    peak_mb: float = 0.0


@asynccontextmanager
async def begun(
    *command: str,
    here: Path,
    env: Mapping[str, str] | None = None,
    stdout: int = PIPE,
    stderr: int = PIPE,
) -> AsyncIterator[Running]:
    """In here a command runs in the folder `here`; it is killed at the end, with all it began."""
    process: Running
    if command[: len(SENDGUARD)] == SENDGUARD and can_be_forked(env):
        process = await fork(command[len(SENDGUARD) :], here, env, stdout, stderr)
    else:
        process = await asyncio.create_subprocess_exec(
            *command, cwd=here, env=env, stdin=PIPE, stdout=stdout, stderr=stderr, process_group=0
        )
    try:
        yield process
    finally:
        kill_all(process)
        await process.communicate()


def kill_all(begun: Running) -> None:
    """Kill what runs, and what it began."""
    with suppress(ProcessLookupError):
        os.killpg(begun.pid, signal.SIGKILL)


async def kill(begun: Running) -> None:
    """It ends where it stands, with what it began."""
    kill_all(begun)
    await begun.wait()


async def outcome_of(running: Running, given: bytes = b"") -> Ran:
    """What it leaves behind, once it has ended."""
    out, err = await asyncio.wait_for(running.communicate(given), timeout=LONGEST_S)
    return Ran(running.returncode or 0, out.decode(), err.decode())


async def sendguard(
    *arguments: str,
    here: Path,
    given: bytes = b"",
    env: Mapping[str, str] | None = None,
    measured: bool = False,
) -> Ran:
    """Run `sendguard` in the folder `here`, with `given` on standard input."""
    program = (sys.executable, str(MEASURED), str(here / PEAK)) if measured else SENDGUARD
    async with begun(*program, *arguments, here=here, env=env) as running:
        ran = await outcome_of(running, given)
    return replace(ran, peak_mb=int((here / PEAK).read_text()) / 1_000) if measured else ran
