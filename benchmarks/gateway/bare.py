"""The least that can be done with aiosmtpd: PORT; it takes every message and drops it."""

import asyncio
import sys

import uvloop
from aiosmtpd.smtp import SMTP, Envelope, Session


class _Drop:
    async def handle_DATA(self, _: SMTP, __: Session, ___: Envelope) -> str:  # noqa: N802
        return "250 2.0.0 taken"


async def _serve(port: int) -> None:
    loop, drop = asyncio.get_running_loop(), _Drop()
    server = await loop.create_server(lambda: SMTP(drop, loop=loop), "127.0.0.1", port)
    await server.serve_forever()


if __name__ == "__main__":
    # On the loop that the gateway runs on, so that only what it does itself is compared.
    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        runner.run(_serve(int(sys.argv[1])))
