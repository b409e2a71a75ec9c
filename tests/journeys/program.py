"""The real program, run as its users run it."""

import asyncio
import sys
from asyncio.subprocess import PIPE, Process
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Ran:
    """What a run of the program left behind."""

    code: int
    out: str
    err: str


async def begin(*arguments: str, here: Path) -> Process:
    """Start `sendguard` in the folder `here`."""
    command = (sys.executable, "-m", "sendguard", *arguments)
    return await asyncio.create_subprocess_exec(
        *command, cwd=here, stdin=PIPE, stdout=PIPE, stderr=PIPE
    )


async def sendguard(*arguments: str, here: Path, given: bytes = b"") -> Ran:
    """Run `sendguard` in the folder `here`, with `given` on standard input."""
    running = await begin(*arguments, here=here)
    out, err = await asyncio.wait_for(running.communicate(given), timeout=60)
    return Ran(running.returncode or 0, out.decode(), err.decode())
