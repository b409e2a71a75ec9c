"""The least that a pipelined client can do (RFC 2920): the yardstick; it checks next to nothing."""

import asyncio
from collections import deque
from collections.abc import Iterator
from typing import cast

from benchmarks.send.messages import SENDER, Template, recipient
from benchmarks.send.senders.timed import Task, timed_in_a_loop

_MAIL = f"MAIL FROM:<{SENDER}>\r\n".encode()


class _Client(asyncio.Protocol):
    """One connection; after 354 one write has the message, its dot and the next envelope."""

    transport: asyncio.Transport

    def __init__(self, numbers: Iterator[int], template: Template) -> None:
        self.numbers = numbers
        self.template = template
        self.done = asyncio.get_running_loop().create_future()
        self.accepted = 0
        self.number: int | None = None
        self.rest = b""
        self.expected = deque(["greeting"])

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self.transport = cast(asyncio.Transport, transport)

    def connection_lost(self, _: Exception | None) -> None:
        self.done.set_result(None)

    def data_received(self, data: bytes) -> None:
        *lines, self.rest = (self.rest + data).split(b"\n")
        for line in lines:
            if line[3:4] != b"-":
                self.hear(line[:3])

    def hear(self, code: bytes) -> None:
        match self.expected.popleft():
            case "greeting":
                self.expected.append("ehlo")
                self.transport.write(b"EHLO bench.example\r\n")
            case "ehlo":
                self.transport.write(self.envelope())
            case "data" if self.number is not None:
                self.expected.append("dot")
                message = self.template.message(self.number)
                self.transport.writelines((message, b".\r\n", self.envelope()))
            case "dot":
                self.accepted += code == b"250"
            case "quit":
                self.transport.close()

    def envelope(self) -> bytes:
        self.number = next(self.numbers, None)
        if self.number is None:
            self.expected.append("quit")
            return b"QUIT\r\n"
        self.expected.extend(("mail", "rcpt", "data"))
        return b"%sRCPT TO:<%s>\r\nDATA\r\n" % (_MAIL, recipient(self.number).encode())


async def _send(task: Task) -> int:
    numbers, template = iter(range(task.count)), Template.of(task.size)
    loop, clients = asyncio.get_running_loop(), list[_Client]()
    for _ in range(task.connections):
        client = _Client(numbers, template)
        await loop.create_connection(lambda one=client: one, "127.0.0.1", task.port)  # type: ignore[misc]
        clients.append(client)
    await asyncio.gather(*(client.done for client in clients))
    return sum(client.accepted for client in clients)


if __name__ == "__main__":
    timed_in_a_loop(_send)
