"""Ports for tests of who is told: they keep the port's promise, from values given."""

import asyncio
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from sendguard.ports.telling import DueNotice, NotTold, UntoldNotice
from sendguard.watch import Verdict
from tests.builders import NOON


class ToldNotifier:
    """A `ports.Notifier` that gets through, except to addresses that it is told."""

    def __init__(self, troubles: Mapping[str, str] | None = None, *, waits_at: str = "") -> None:
        self.troubles = dict(troubles or {})
        self._waits_at = waits_at
        self.goes_on = asyncio.Event()
        self.got_through = asyncio.Event()
        self.told: list[tuple[str, str]] = []
        self.decisions: list[Verdict | None] = []

    async def tell(
        self, address: str, title: str, body: str, decision: Verdict | None = None
    ) -> NotTold | None:
        assert body
        self.decisions.append(decision)
        await (self.goes_on.wait() if address == self._waits_at else asyncio.sleep(0))
        if address in self.troubles:
            return NotTold(self.troubles[address])
        self.told.append((address, title))
        self.got_through.set()
        return None


@dataclass(slots=True)
class WaitingNotice:
    """A notice in `ToldNotices`, and how it stands with it."""

    notice: DueNotice
    due: datetime = NOON
    state: str = "pending"
    why: str = ""


class ToldNotices:
    """A `ports.Notices` that lasts as long as the test."""

    def __init__(self, *notices: DueNotice) -> None:
        self.rows = {notice.id: WaitingNotice(notice) for notice in notices}

    def due(self, to: str, now: datetime) -> tuple[DueNotice, ...]:
        rows = (row for row in self._waiting() if row.notice.to == to and row.due <= now)
        return tuple(row.notice for row in sorted(rows, key=lambda row: row.notice.tries))

    def begin(self, notice: DueNotice, until: datetime) -> bool:
        row = self.rows[notice.id]
        row.state, row.due = "sending", until
        row.notice = replace(row.notice, tries=row.notice.tries + 1)
        return True

    def told(self, notice: DueNotice) -> None:
        self.rows[notice.id].state = "told"

    def failed(self, notice: DueNotice, why: str, again_at: datetime) -> None:
        row = self.rows[notice.id]
        row.state, row.why, row.due = "pending", why, again_at
        for other in self._waiting():
            if other.notice.to == row.notice.to:
                other.due = max(other.due, again_at)

    def give_up(self, notice: DueNotice, why: str) -> None:
        self.rows[notice.id].state, self.rows[notice.id].why = "given up", why

    def drop_others(self, to: Iterable[str]) -> int:
        known = set(to)
        gone = [row.notice.id for row in self._waiting() if row.notice.to not in known]
        for notice in gone:
            del self.rows[notice]
        return len(gone)

    def untold(self) -> tuple[UntoldNotice, ...]:
        vain = [row for row in self.rows.values() if row.why and row.state != "told"]
        return tuple(
            UntoldNotice(
                to=row.notice.to,
                campaign=row.notice.campaign,
                title=row.notice.title,
                made_at=NOON,
                tries=row.notice.tries,
                why=row.why,
                again_at=None if row.state == "given up" else row.due,
            )
            for row in vain
        )

    def _waiting(self) -> list[WaitingNotice]:
        return [row for row in self.rows.values() if row.state in {"pending", "sending"}]
