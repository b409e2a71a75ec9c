"""SendGuard's delivering as a whole: out of the outbox, made, sent, and written down again."""

import asyncio
import gc
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from tempfile import TemporaryDirectory

import uvloop

from benchmarks.send.making import dispatch_of, edition_of
from benchmarks.send.messages import recipient
from benchmarks.send.senders.timed import Task, timed
from sendguard.__main__ import FEW_LOOKS
from sendguard.adapters.clock import SystemClock
from sendguard.adapters.database.store import open_store
from sendguard.adapters.process import own_name
from sendguard.adapters.smtp import SmtpRelay
from sendguard.config.sections import Smtp
from sendguard.flows.deliver import deliver
from sendguard.flows.supply import Equipment
from sendguard.gate import Sending
from sendguard.ports.sending import Outbox
from sendguard.send import Dispatch, Reader, State
from sendguard.send.mold import Mold
from sendguard.send.pace import Limits


def _readers(count: int) -> Iterator[Reader]:
    for address in map(recipient, range(count)):
        yield Reader(key=address, address=address, fields=("Zoë", "London"))


def _equipment(task: Task, outbox: Outbox, mold: Mold) -> Equipment:
    smtp = {"host": "127.0.0.1", "port": task.port, "security": "none", "at_once": task.connections}
    return Equipment(
        outbox=outbox,
        relay=SmtpRelay(Smtp.model_validate(smtp)),
        clock=SystemClock(),
        worker=own_name(),
        cast=mold.letter,
        limits=Limits(),
    )


async def _deliver(dispatch: Dispatch, equipment: Equipment) -> int:
    done = await deliver(dispatch, equipment, lambda _: None, asyncio.Event())
    return done.progress.count(State.SENT)


def _main(task: Task, folder: Path) -> None:
    edition = edition_of(task.size)
    dispatch = dispatch_of(edition)
    sending = Sending.of(edition.campaign, dispatch.queued_at)
    with closing(open_store(f"sqlite:///{folder}/sendguard.db")) as store:
        queued = store.outbox.queue(dispatch, edition, _readers(task.count), sending)
        equipment = _equipment(task, store.outbox, Mold.of(edition, queued))
        with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
            timed(task, lambda: runner.run(_deliver(queued, equipment)))


if __name__ == "__main__":
    gc.set_threshold(*FEW_LOOKS)  # as the program does
    with TemporaryDirectory() as name:
        _main(Task.told(), Path(name))
