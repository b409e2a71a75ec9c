"""Ports for tests: honest stand-ins that keep the port's promise, from values given."""

import asyncio
from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta

from sendguard.errors import BadStore, Unreadable
from sendguard.gate import Kept, Record, Sending
from sendguard.ports import Fetched, Folder, History, NotFetched, Opened
from sendguard.read import Campaign
from sendguard.values import Place, Url
from sendguard.visit import Outcome, Trouble, Unreachable, Visit
from tests.builders import NOON


class StoppedClock:
    """A `ports.Clock` that stands still."""

    def now(self) -> datetime:
        return NOON

    def elapsed_s(self) -> float:
        return 0.0


class SetClock:
    """A `ports.Clock` that goes, and is set, when it is told."""

    def __init__(self, now: datetime = NOON) -> None:
        self._now = now
        self._elapsed_s = 0.0

    def now(self) -> datetime:
        return self._now

    def elapsed_s(self) -> float:
        return self._elapsed_s

    def pass_by(self, seconds: float) -> None:
        self._now += timedelta(seconds=seconds)
        self._elapsed_s += seconds

    def set_to(self, now: datetime) -> None:
        self._now = now


class ToldChance:
    """A `ports.Chance` that always draws the same."""

    def __init__(self, drawn: float = 0.0) -> None:
        self._drawn = drawn

    def draw(self) -> float:
        return self._drawn


class ToldFolder:
    """A `ports.Folder` that holds what it is told."""

    def __init__(self, files: Mapping[str, str]) -> None:
        self._files = files

    def read(self, name: str, asked_at: Place | None = None) -> bytes:
        if name not in self._files:
            raise Unreadable(f"there is no file {name} in the folder", asked_at)
        return self._files[name].encode()

    def read_if_there(self, name: str) -> bytes | None:
        return self.read(name) if name in self._files else None


class ToldPaths:
    """A `ports.OpenPath` over bare files and campaign folders that it is told."""

    def __init__(self, **paths: str | Mapping[str, str]) -> None:
        self._paths = paths

    def __call__(self, path: str) -> Opened:
        there = self._paths.get(path)
        if there is None:
            raise Unreadable(f"there is no {path}: check the name and the folder")
        if isinstance(there, str):
            name = f"{path}.html"
            folder: Folder = ToldFolder({name: there})
            return Opened(folder=folder, name=name, id=None)
        others = tuple(
            other
            for other, what in self._paths.items()
            if other != path and isinstance(what, Mapping)
        )
        return Opened(
            folder=ToldFolder(there), name="campaign.yaml", id=path, beside=lambda: others
        )


class ToldFeeds:
    """A `ports.Feeds` that finds what it is told, and nothing everywhere else."""

    def __init__(self, files: Mapping[str, str]) -> None:
        self._files = files
        self.trips: list[str] = []

    async def fetch(self, url: Url) -> Fetched | NotFetched:
        self.trips.append(url.text)
        await asyncio.sleep(0)
        if url.text not in self._files:
            return NotFetched("is not there (status 404)")
        return Fetched(url=url, body=self._files[url.text].encode())


class WaitingVisitor:
    """A `ports.Visitor` that meets what it is told, and never comes back from one address."""

    def __init__(self, outcomes: Mapping[str, Outcome], *, waits_at: str) -> None:
        self._told = ToldVisitor(outcomes)
        self._waits_at = waits_at
        self.waits = asyncio.Event()

    async def visit(self, url: Url, before: Visit | None = None) -> Visit:
        if url.text != self._waits_at:
            return await self._told.visit(url, before)
        for _ in range(5):
            await asyncio.sleep(0)  # until the others are back
        self.waits.set()
        await asyncio.Event().wait()
        raise AssertionError


class ToldVisitor:
    """A `ports.Visitor` that meets what it is told, and no such host everywhere else."""

    def __init__(self, outcomes: Mapping[str, Outcome]) -> None:
        self._outcomes = outcomes
        self.trips: list[str] = []
        self.reminded: list[Visit] = []

    async def visit(self, url: Url, before: Visit | None = None) -> Visit:
        self.trips.append(url.text)
        self.reminded += [before] if before else []
        await asyncio.sleep(0)
        nowhere = Unreachable(trouble=Trouble.NO_SUCH_HOST, at=url)
        outcome = self._outcomes.get(url.text, nowhere)
        return Visit(url=url, at=NOON, took_s=0.1, outcome=outcome)


class ToldStore:
    """A `ports.Store` in memory, which knows what it is told of what went before.

    With `trouble`, that is met by whoever keeps something.
    """

    def __init__(self, history: History | None = None, *, trouble: str | None = None) -> None:
        self._history = history or History()
        self._trouble = trouble
        self.records: list[Record] = []
        self.sendings: list[Sending] = []
        self.closed = 0

    def close(self) -> None:
        self.closed += 1

    def history(self, campaign: Campaign, now: datetime) -> History:
        del campaign, now
        return self._history

    def keep(self, record: Record) -> int:
        if self._trouble:
            raise BadStore(self._trouble)
        self.records.append(record)
        return len(self.records)

    def record(self, id_: int) -> Record | None:
        return self.records[id_ - 1] if 0 < id_ <= len(self.records) else None

    def runs(self, campaign: str | None = None) -> tuple[Kept, ...]:
        raise NotImplementedError(campaign)

    def mark_sent(self, sending: Sending) -> None:
        self.sendings.append(sending)

    def prune(self, before: datetime) -> int:
        raise NotImplementedError(before)


class ToldMemory:
    """A `ports.Memory` that remembers what it is told, for as long as the test lasts."""

    def __init__(self, *visits: Visit) -> None:
        self.visits = {visit.url.page: visit for visit in visits if visit.url}

    def recall(self, pages: Iterable[Url]) -> Mapping[Url, Visit]:
        return {page: self.visits[page] for page in pages if page in self.visits}

    def keep(self, good: Iterable[Visit], others: Iterable[Url], now: datetime) -> None:
        assert now == NOON
        self.visits |= {visit.url.page: visit for visit in good if visit.url}
        for page in others:
            self.visits.pop(page, None)
