"""Programs that hand newsletters in and try again until they are answered, as a queue does."""

import asyncio
import re
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from itertools import count

from sendguard.gateway import Mail
from sendguard.gateway.opened import look_inside
from sendguard.gateway.readers.passages import message_id_of
from tests.mail.newsletters import copies

LONGEST_S = 60.0
AGAIN_S = 0.1


@dataclass(slots=True, eq=False)
class Errand:
    """One message, and what its sender knows of it.

    Attributes:
        answers: Codes to its final dot.
        unanswered: So often the connection died behind the final dot.
    """

    mail: Mail
    answers: list[int] = field(default_factory=list)
    unanswered: int = 0

    @property
    def name(self) -> str:
        """Its Message-ID."""
        return message_id_of(look_inside(self.mail.data)) or ""

    @property
    def is_taken(self) -> bool:
        """Somebody else is answerable for it now."""
        return bool(self.answers) and self.answers[-1] == 250


class Senders:
    """So many connections that hand in one newsletter after the other, a copy for each reader.

    Args:
        ports: Where they connect to, by turns.
        connections: How many there are.
        readers: Of each newsletter.
        newsletters: How many there are; None for as many as there is time for.
    """

    def __init__(
        self,
        ports: Sequence[int],
        *,
        connections: int = 10,
        readers: int = 60,
        newsletters: int | None = None,
    ) -> None:
        self._ports = ports
        self._connections = connections
        self._fresh = _letters(range(newsletters) if newsletters else count(), readers)
        self._again = deque[Errand]()
        self._is_over = False
        self.errands: list[Errand] = []

    async def work(self) -> None:
        """Hand in until all is taken, and nothing more is to come."""
        async with asyncio.TaskGroup() as group:
            for place in range(self._connections):
                group.create_task(self._send_through(self._ports[place % len(self._ports)]))

    def end(self) -> None:
        """What was begun is brought to its end, and nothing more."""
        self._is_over = True

    @property
    def is_done(self) -> bool:
        """Whether all that was begun is taken."""
        return all(errand.is_taken for errand in self.errands)

    async def _send_through(self, port: int) -> None:
        while not (self._is_over and self.is_done):
            with suppress(OSError, EOFError):
                async with asyncio.timeout(LONGEST_S):
                    wire = await asyncio.open_connection("127.0.0.1", port)
                await self._talk(*wire)
            await asyncio.sleep(AGAIN_S)

    async def _talk(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            await _ask(reader, writer, None)
            await _ask(reader, writer, "EHLO letters.example.org")
            while errand := self._next():
                if not await self._hand_in(errand, reader, writer):
                    return
        finally:
            writer.transport.abort()

    def _next(self) -> Errand | None:
        if self._again:
            return self._again.popleft()
        mail = None if self._is_over else next(self._fresh, None)
        if mail is None:
            self._is_over = True
            return None
        self.errands.append(Errand(mail))
        return self.errands[-1]

    async def _hand_in(
        self, errand: Errand, reader: asyncio.StreamReader, writer: asyncio.StreamWriter
    ) -> bool:
        """Whether the next one may follow at once."""
        is_out = False
        try:
            await _ask(reader, writer, f"MAIL FROM:<{errand.mail.sender}> BODY=8BITMIME")
            for recipient in errand.mail.recipients:
                await _ask(reader, writer, f"RCPT TO:<{recipient}>")
            await _ask(reader, writer, "DATA")
            writer.write(re.sub(rb"(?m)^\.", b"..", errand.mail.data))
            is_out = True
            errand.answers.append(await _ask(reader, writer, "."))
        except (OSError, EOFError):
            errand.unanswered += is_out
            raise
        finally:
            if not errand.is_taken:
                self._again.append(errand)
        return errand.is_taken


def _letters(newsletters: Iterable[int], readers: int) -> Iterator[Mail]:
    for number in newsletters:
        yield from copies(f"Issue {number}", readers)


async def _ask(
    reader: asyncio.StreamReader, writer: asyncio.StreamWriter, command: str | None
) -> int:
    """The code that the server answers with."""
    if command is not None:
        writer.write(f"{command}\r\n".encode())
    line = b""
    async with asyncio.timeout(LONGEST_S):
        while line[3:4] != b" ":
            line = await reader.readline()
            if not line:
                raise EOFError
    return int(line[:3])
