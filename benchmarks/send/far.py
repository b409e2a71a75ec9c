"""A server that is far away: PORT REPLY_MS; each answer comes that much later."""

import asyncio
import sys
from typing import cast

import uvloop

_ANSWERS = {
    b"EHLO": b"250-far\r\n250-PIPELINING\r\n250 8BITMIME\r\n",
    b"DATA": b"354 go\r\n",
    b"QUIT": b"221 bye\r\n",
}


class _Far(asyncio.Protocol):
    transport: asyncio.Transport

    def __init__(self, late_s: float) -> None:
        self.late_s = late_s
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
            return b"250 taken\r\n"
        self.is_message = whole == b"DATA"
        return _ANSWERS.get(whole[:4], b"250 good\r\n")

    def say_late(self, answers: list[bytes]) -> None:
        asyncio.get_running_loop().call_later(self.late_s, self.say, b"".join(answers))

    def say(self, answers: bytes) -> None:
        if not self.transport.is_closing():
            self.transport.write(answers)


async def _serve(port: int, late_s: float) -> None:
    loop = asyncio.get_running_loop()
    server = await loop.create_server(lambda: _Far(late_s), "127.0.0.1", port, backlog=1024)
    await server.serve_forever()


if __name__ == "__main__":
    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        runner.run(_serve(int(sys.argv[1]), float(sys.argv[2]) / 1000))
