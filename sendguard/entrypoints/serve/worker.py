"""The worker of `serve`: what is queued is sent, and people are told where that is stopped."""

import asyncio
from collections.abc import Mapping

from sendguard.adapters.clock import SystemClock
from sendguard.adapters.database.store import SqlStore
from sendguard.adapters.notifier import AppriseNotifier
from sendguard.config import Config
from sendguard.config.hiding import without_token
from sendguard.entrypoints.delivering import deliver_here
from sendguard.flows.deliver import Delivered
from sendguard.flows.work import Working
from sendguard.judge.quote import plain
from sendguard.ports.watching import Journal
from sendguard.send import Dispatch, State
from sendguard.watch import Verdict


def worker_of(config: Config, store: SqlStore, journal: Journal) -> Working:
    """A worker of the real world."""
    notifier = AppriseNotifier()

    async def deliver_one(dispatch: Dispatch, over: asyncio.Event) -> Delivered:
        # What was put off is due again at another look.
        return await deliver_here(dispatch, config, store, _show_nobody, over, longest_wait_s=0.0)

    async def tell_of_storm(ended: Delivered) -> None:
        title, body = _notice(ended)
        for address in config.notify:
            trouble = await notifier.tell(address, title, body, Verdict.BLOCK)
            about = {"title": title, "address": without_token(address)}
            if trouble is None:
                journal.tell("told", **about)
            else:
                journal.warn("not-told", **about, says=trouble.says)

    return Working(store.outbox, SystemClock(), journal, deliver_one, tell_of_storm)


def _notice(ended: Delivered) -> tuple[str, str]:
    progress = ended.progress
    name = plain(progress.dispatch.campaign)
    sent, waiting = progress.count(State.SENT), progress.count(State.PENDING, State.SENDING)
    body = (
        f"{plain(ended.says or '', 300)}\n\n{sent:,} of {progress.total:,} are sent, "
        f"{waiting:,} wait. Once that is mended: sendguard outbox resume {name}"
    )
    return f"SendGuard stopped sending {name}", body


def _show_nobody(counts: Mapping[State, int]) -> None:
    """There is no bar to draw."""
    del counts
