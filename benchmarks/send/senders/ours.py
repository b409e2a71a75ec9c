"""SendGuard's relay, with letters from memory: without the outbox."""

import asyncio
import gc

from benchmarks.send.messages import SENDER, Template, recipient
from benchmarks.send.senders.timed import Task, timed_in_a_loop
from sendguard.__main__ import FEW_LOOKS
from sendguard.adapters.smtp import SmtpRelay
from sendguard.config.sections import Smtp
from sendguard.send import Accepted, Letter, Outcome


class _Memory:
    """A `ports.sending.Supply` of so many letters."""

    def __init__(self, task: Task) -> None:
        self._template = Template.of(task.size)
        self._count = task.count
        self._next = 0
        self._settled = 0
        self._over = asyncio.Event()
        self.accepted = 0

    def take(self) -> Letter | None:
        if self._next == self._count:
            return None
        number, self._next = self._next, self._next + 1
        return Letter(
            id=number,
            sender=SENDER,
            recipient=recipient(number),
            data=self._template.message(number),
        )

    def put_back(self, letter: Letter) -> None:
        raise SystemExit(f"letter {letter.id} was put back")

    def settle(self, _: Letter, outcome: Outcome) -> None:
        self.accepted += isinstance(outcome, Accepted)
        self._settled += 1
        if self.is_over:
            self._over.set()

    @property
    def is_over(self) -> bool:
        return self._settled == self._count

    async def wait(self) -> None:
        if self._next == self._count:
            await self._over.wait()


async def _send(task: Task) -> int:
    smtp = Smtp.model_validate(
        {
            "host": "127.0.0.1",
            "port": task.port,
            "security": "none",
            "at_once": task.connections,
            "messages_per_connection": 100_000,
        }
    )
    supply = _Memory(task)
    await SmtpRelay(smtp).carry(supply)
    return supply.accepted


if __name__ == "__main__":
    gc.set_threshold(*FEW_LOOKS)  # as the program does
    timed_in_a_loop(_send)
