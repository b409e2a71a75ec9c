"""A server that is far away: PORT REPLY_MS [COUNT]; each answer comes that much later.

Once it took COUNT messages it writes a line.
"""

import asyncio
import sys
from collections.abc import Callable
from itertools import count
from typing import cast

import uvloop

_ANSWERS = {
    b"EHLO": b"250-far\r\n250-PIPELINING\r\n250 8BITMIME\r\n",
    b"DATA": b"354 go\r\n",
    b"QUIT": b"221 bye\r\n",
}


class _Far(asyncio.Protocol):
    transport: asyncio.Transport

    def __init__(self, late_s: float, taken: Callable[[], None]) -> None:
        self.late_s = late_s
        self.taken = taken
        self.came = b""
        self.is_message = False

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self.transport = cast(asyncio.Transport, transport)
        self.say_late([b"220 far\r\n"])

    def data_received(self, data: bytes) -> None:
        self.came += data
        answers = list[bytes]()
        while (answer := self.answer()) is not None:
            answers.append(answer)
        if answers:
            self.say_late(answers)

    def answer(self) -> bytes | None:
        """To the next that is whole: a message or a command."""
        whole, end, rest = self.came.partition(b"\r\n.\r\n" if self.is_message else b"\r\n")
        if not end:
            return None
        self.came = rest
        if self.is_message:
            self.is_message = False
            self.taken()
            return b"250 taken\r\n"
        self.is_message = whole == b"DATA"
        return _ANSWERS.get(whole[:4], b"250 good\r\n")

    def say_late(self, answers: list[bytes]) -> None:
        asyncio.get_running_loop().call_later(self.late_s, self.say, b"".join(answers))

    def say(self, answers: bytes) -> None:
        if not self.transport.is_closing():
            self.transport.write(answers)


async def _serve(port: int, late_s: float, until: int) -> None:
    loop, numbers = asyncio.get_running_loop(), count(1)

    def taken() -> None:
        if next(numbers) == until:
            print("taken", flush=True)

    server = await loop.create_server(lambda: _Far(late_s, taken), "127.0.0.1", port, backlog=1024)
    await server.serve_forever()


if __name__ == "__main__":
    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        told = [int(word) for word in (*sys.argv[1:], "0")]
        runner.run(_serve(told[0], told[1] / 1000, told[2]))
