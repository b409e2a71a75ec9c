"""The sender: PORT LETTER COUNT CONNECTIONS FIRST; it waits for each reply, as a plain server asks.

It prints what that cost, and how long messages took from MAIL FROM to the last reply.
"""

import asyncio
import json
import statistics
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import cast

import uvloop

from benchmarks.gateway.letters import SENDER, Letter, recipient

_MAIL = f"MAIL FROM:<{SENDER}>\r\n".encode()


@dataclass(slots=True)
class Told:
    """What became of all messages."""

    took_s: list[float] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)


class _Client(asyncio.Protocol):
    transport: asyncio.Transport

    def __init__(self, numbers: Iterator[int], letter: Letter, told: Told) -> None:
        self.numbers = numbers
        self.letter = letter
        self.told = told
        self.done = asyncio.get_running_loop().create_future()
        self.step = "greeting"
        self.number = 0
        self.began_s = 0.0
        self.rest = b""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self.transport = cast(asyncio.Transport, transport)

    def connection_lost(self, _: Exception | None) -> None:
        self.done.set_result(None)

    def data_received(self, data: bytes) -> None:
        *lines, self.rest = (self.rest + data).split(b"\n")
        for line in lines:
            if line[3:4] != b"-":
                self.hear(line)

    def hear(self, line: bytes) -> None:
        match self.step:
            case "greeting":
                self.say("ehlo", b"EHLO bench.example\r\n")
            case "ehlo":
                self.begin()
            case "mail":
                self.say("rcpt", b"RCPT TO:<%s>\r\n" % recipient(self.number).encode())
            case "rcpt":
                self.say("data", b"DATA\r\n")
            case "data":
                self.say("dot", self.letter.copy(self.number) + b".\r\n")
            case "dot":
                self.told.took_s.append(time.perf_counter() - self.began_s)
                if line[:1] != b"2":
                    self.told.refused.append(line.decode().strip())
                self.begin()
            case _:
                self.transport.close()

    def begin(self) -> None:
        number = next(self.numbers, None)
        if number is None:
            self.say("quit", b"QUIT\r\n")
            return
        self.number, self.began_s = number, time.perf_counter()
        self.say("mail", _MAIL)

    def say(self, step: str, line: bytes) -> None:
        self.step = step
        self.transport.write(line)


async def _feed(port: int, letter: Letter, count: int, connections: int, first: int) -> Told:
    told, numbers = Told(), iter(range(first, first + count))
    loop, clients = asyncio.get_running_loop(), list[_Client]()
    for _ in range(connections):
        client = _Client(numbers, letter, told)
        await loop.create_connection(lambda one=client: one, "127.0.0.1", port)  # type: ignore[misc]
        clients.append(client)
    await asyncio.gather(*(client.done for client in clients))
    return told


def main() -> None:
    """Feed, and print what that cost; start-up does not count."""
    port, count, connections, first = (int(sys.argv[at]) for at in (1, 3, 4, 5))
    letter = Letter.read(Path(sys.argv[2]))
    wall_s, cpu_s = time.perf_counter(), time.process_time()
    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        told = runner.run(_feed(port, letter, count, connections, first))
    cuts = statistics.quantiles(told.took_s, n=100) if count > 1 else told.took_s * 99
    cost = {
        "wall_s": time.perf_counter() - wall_s,
        "cpu_s": time.process_time() - cpu_s,
        "answered": len(told.took_s),
        "refused": told.refused[:3],
        "median_s": cuts[49],
        "p99_s": cuts[98],
    }
    print(json.dumps(cost))


if __name__ == "__main__":
    main()
