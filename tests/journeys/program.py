"""The real program, run as its users run it."""

import asyncio
import sys
from asyncio.subprocess import PIPE, Process
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

MEASURED = Path(__file__).with_name("measured.py")
PEAK = "peak_kb"


@dataclass(frozen=True, slots=True)
class Ran:
    """What a run of the program left behind; how much memory it took where that was measured."""

    code: int
    out: str
    err: str
    peak_mb: float = 0.0


async def begin(
    *arguments: str, here: Path, env: Mapping[str, str] | None = None, measured: bool = False
) -> Process:
    """Start `sendguard` in the folder `here`, in the environment `env` or in that of the tests."""
    program = (str(MEASURED), str(here / PEAK)) if measured else ("-m", "sendguard")
    return await asyncio.create_subprocess_exec(
        *(sys.executable, *program, *arguments),
        cwd=here,
        stdin=PIPE,
        stdout=PIPE,
        stderr=PIPE,
        env=env,
    )


async def sendguard(
    *arguments: str,
    here: Path,
    given: bytes = b"",
    env: Mapping[str, str] | None = None,
    measured: bool = False,
) -> Ran:
    """Run `sendguard` in the folder `here`, with `given` on standard input."""
    running = await begin(*arguments, here=here, env=env, measured=measured)
    out, err = await asyncio.wait_for(running.communicate(given), timeout=60)
    peak_mb = int((here / PEAK).read_text()) / 1_000 if measured else 0.0
    return Ran(running.returncode or 0, out.decode(), err.decode(), peak_mb)
