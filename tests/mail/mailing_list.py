"""A mailing list of a real Mailman 3."""

import asyncio
import json
import sys
from asyncio.subprocess import PIPE, Process
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

from sendguard.gateway import Mail

PROGRAM = Path(__file__).with_name("mailman_list.py")
LONGEST_S = 60
_HERE = """
incoming: mailman.mta.null.NullMTA

[mailman]
layout: here
"""


@dataclass(frozen=True, slots=True)
class Round:
    """How Mailman stands, once it has tried to deliver all that it has.

    Attributes:
        put_off: So many messages are to be tried again.
        bounces: So often it took an answer for a member's bounce.
    """

    put_off: int
    bounces: int


@dataclass(frozen=True, slots=True)
class MailingList:
    """One whose Mailman tries when it is asked to, in the place of every 15 minutes."""

    process: Process

    async def go_round(self) -> Round:
        """Have everything tried once."""
        assert self.process.stdin
        assert self.process.stdout
        self.process.stdin.write(b"\n")
        async with asyncio.timeout(LONGEST_S):
            line = await self.process.stdout.readline()
        assert line, "Mailman has ended"
        return Round(**json.loads(line))


@asynccontextmanager
async def mailing_list(
    here: Path, lines: str, *, members: Sequence[str], posts: Sequence[Mail]
) -> AsyncIterator[MailingList]:
    """One that delivers these posts.

    Args:
        here: The folder that Mailman works in.
        lines: Of mailman.cfg, the last section being `[mta]`.
    """
    (here / "mailman.cfg").write_text(lines + _HERE, "utf-8")
    told = {"members": members, "posts": [post.data.decode() for post in posts]}
    process = await asyncio.create_subprocess_exec(
        sys.executable, str(PROGRAM), "mailman.cfg", cwd=here, stdin=PIPE, stdout=PIPE
    )
    assert process.stdin
    process.stdin.write(f"{json.dumps(told)}\n".encode())
    try:
        yield MailingList(process)
    finally:
        process.kill()
        await process.communicate()
