"""aiosmtplib, over several connections."""

import asyncio

import aiosmtplib

from benchmarks.send.messages import SENDER, Template, recipient
from benchmarks.send.senders.timed import Task, timed_in_a_loop


async def _send(task: Task) -> int:
    template, numbers = Template.of(task.size), iter(range(task.count))

    async def one() -> None:
        async with aiosmtplib.SMTP(
            hostname="127.0.0.1",
            port=task.port,
            local_hostname="bench.example",
            start_tls=False,
        ) as client:
            for number in numbers:
                await client.sendmail(SENDER, [recipient(number)], template.message(number))

    await asyncio.gather(*(one() for _ in range(task.connections)))
    return task.count


if __name__ == "__main__":
    timed_in_a_loop(_send)
