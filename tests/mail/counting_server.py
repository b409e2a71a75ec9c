"""A program: an SMTP server that writes each message down before it says that it took it.

Its standard input takes orders, one JSON object a line: `{"hold": POINT, "at": N}` stops all that
goes on when that point is reached for the N-th time from now on, and says so on standard output;
`{"go": true}` lets it go on; `{"calm": true}` is answered once all clients have left. Whoever kills
it finds in the ledger all that it ever took.
"""

import argparse
import asyncio
import json
import os
import re
import socket
import sys
from collections.abc import Sequence
from dataclasses import dataclass, field
from email import message_from_bytes
from hashlib import sha256
from pathlib import Path
from typing import cast

LARGEST = 128 * 1024 * 1024
_PATH = re.compile(rb"<(.*)>")


@dataclass(slots=True)
class Brake:
    """Stops everything at a point of the talk, the N-th time that it is reached.

    The points, in order: `greeting`, `data` (the message is asked for, and some of it came), `dot`
    (all of it came), `taken` (it is written down), `answered` (the client was told so).
    """

    point: str = ""
    left: int = 0
    going: asyncio.Event = field(default_factory=asyncio.Event)

    async def pass_by(self, point: str) -> None:
        """Stop here, where that was ordered; or stand still, where all does."""
        if self.point == point:
            self.left -= 1
            if self.left == 0:
                self.point = ""
                self.going.clear()
                tell({"held": point})
        await self.going.wait()

    def obey(self, line: str) -> None:
        """Take an order."""
        order = json.loads(line)
        if "hold" in order:
            self.point, self.left = order["hold"], order["at"]
        elif "go" in order:
            self.point = ""
            self.going.set()
        tell({"heard": order})


def tell(what: dict[str, object]) -> None:
    """Say it to whoever started this."""
    sys.stdout.write(f"{json.dumps(what)}\n")
    sys.stdout.flush()


@dataclass(frozen=True, slots=True)
class Ledger:
    """Where what was taken is written down, and the messages themselves where they are kept."""

    file: int
    keep: Path | None

    def note(self, sender: bytes, recipients: Sequence[bytes], data: bytes) -> None:
        """Write one message down, with a line for each recipient."""
        message = message_from_bytes(data.partition(b"\r\n\r\n")[0] + b"\r\n\r\n")
        digest = sha256(data).hexdigest()
        line = {
            "sender": sender.decode("utf-8"),
            "message_id": str(message["Message-ID"]),
            "date": str(message["Date"]),
            "digest": digest,
        }
        if self.keep:
            (self.keep / f"{digest}.eml").write_bytes(data)
        for recipient in recipients:
            told = {**line, "recipient": recipient.decode("utf-8")}
            os.write(self.file, f"{json.dumps(told)}\n".encode())


@dataclass(slots=True)
class Server:
    """What each connection works with, and how many there are."""

    brake: Brake
    ledger: Ledger
    offers: Sequence[str]
    pause_s: float
    clients: int = 0

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Talk to one client until it leaves."""
        self.clients += 1
        try:
            await self.brake.pass_by("greeting")
            writer.write(b"220 counting\r\n")
            await self._talk(reader, writer)
        except (OSError, asyncio.IncompleteReadError):
            pass  # it went without a word
        finally:
            self.clients -= 1
            writer.close()

    async def until_calm(self) -> None:
        """Wait until all clients have left."""
        while self.clients:  # noqa: ASYNC110 - a moment of a test is long
            await asyncio.sleep(0.01)
        tell({"calm": True})

    async def _talk(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        sender, recipients = b"", list[bytes]()
        while line := await reader.readline():
            command = line[:4].upper().strip()
            if command == b"QUIT":
                writer.write(b"221 bye\r\n")
                return
            if command == b"EHLO":
                writer.write(self._hello())
            elif command == b"DATA":
                writer.write(b"354 go on\r\n")
                await self._take(sender, recipients, reader, writer)
            else:
                path = found[1] if (found := _PATH.search(line)) else b""
                if command == b"MAIL":
                    sender, recipients = path, []
                elif command == b"RCPT":
                    recipients.append(path)
                writer.write(b"250 2.1.0 fine\r\n")
            await self.brake.going.wait()

    def _hello(self) -> bytes:
        lines = ["counting", *self.offers]
        said = [f"250{' ' if line is lines[-1] else '-'}{line}\r\n" for line in lines]
        return "".join(said).encode()

    async def _take(
        self,
        sender: bytes,
        recipients: Sequence[bytes],
        reader: asyncio.StreamReader,
        writer: asyncio.StreamWriter,
    ) -> None:
        begun = await reader.readexactly(16)
        transport = cast("asyncio.Transport", writer.transport)
        transport.pause_reading()
        await self.brake.pass_by("data")
        transport.resume_reading()
        data = begun + (await reader.readuntil(b"\r\n.\r\n"))[:-3]
        await self.brake.pass_by("dot")
        self.ledger.note(sender, recipients, re.sub(rb"(?m)^\.", b"", data))
        await self.brake.pass_by("taken")
        if self.pause_s:
            await asyncio.sleep(self.pause_s)
        writer.write(b"250 2.0.0 taken\r\n")
        await self.brake.pass_by("answered")


async def main(told: argparse.Namespace) -> None:
    """Serve until somebody ends it."""
    ledger = os.open(told.ledger, os.O_WRONLY | os.O_APPEND | os.O_CREAT)
    brake = Brake()
    brake.going.set()
    server = Server(brake, Ledger(ledger, told.keep), told.offer, told.pause)
    door = socket.create_server(("127.0.0.1", told.port), backlog=100)
    door.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)  # clients inherit it
    if told.narrow:  # so that little of a long message is on its way before it is read
        door.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
    listening = await asyncio.start_server(server.serve, sock=door, limit=LARGEST)
    tell({"port": door.getsockname()[1]})
    async with listening:
        while line := await asyncio.to_thread(sys.stdin.readline):
            brake.obey(line)
            if "calm" in line:
                await server.until_calm()


def _told() -> argparse.Namespace:
    parser = argparse.ArgumentParser()
    parser.add_argument("ledger")
    parser.add_argument("--port", type=int, default=0)
    parser.add_argument("--keep", type=Path)
    parser.add_argument("--offer", action="append", default=[])
    parser.add_argument("--pause", type=float, default=0.0)
    parser.add_argument("--narrow", action="store_true")
    return parser.parse_args()


if __name__ == "__main__":
    asyncio.run(main(_told()))
