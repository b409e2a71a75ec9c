"""What the tests of the watch work with: folders, checks and a journal that do as they are told."""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from sendguard.adapters.database.store import SqlStore
from sendguard.config import Config, Watch
from sendguard.flows.noticing import Noticing
from sendguard.flows.turns import Equipment
from sendguard.flows.watch import Watching
from sendguard.gate import CouldNotRead, Run
from sendguard.ports.watching import Glance, Made
from sendguard.values import Decision
from sendguard.watch import Moment, content_of
from tests.adapters.database.kept import a_campaign, a_record
from tests.builders import NOON
from tests.fakes import SetClock, ToldPaths

HOUR = 3_600.0


class ToldFolders:
    """`ports.watching.Folders` that hold what they are told, as a `ports.OpenPath` too."""

    def __init__(self) -> None:
        self.held: dict[str, dict[str, str]] = {}
        self.changed: dict[str, datetime] = {}
        self.are_there = True
        self.locked: set[str] = set()
        self.bare: set[str] = set()
        self.reads = 0

    def put(self, name: str, *, send_at: datetime | None = None, body: str = "<p>1</p>") -> None:
        """Write a campaign that nobody has touched for long."""
        brief = ["newsletter: newsletter.html", *([f"send_at: {send_at}"] if send_at else [])]
        self.held[name] = {"campaign.yaml": "\n".join(brief), "newsletter.html": body}
        self.changed[name] = NOON.replace(year=2020)

    def glance(self) -> Mapping[str, Glance] | None:
        if not self.are_there:
            return None
        return {
            name: Glance(
                path=name,
                marks=hash(str(files)),
                changed=self.changed[name],
                is_open=name not in self.locked,
            )
            for name, files in self.held.items()
        }

    def passed_over(self) -> set[str]:
        return self.bare

    def content(self, path: str) -> str:
        self.reads += 1
        return content_of({name: text.encode() for name, text in self.held[path].items()})

    def is_there(self, path: str) -> bool:
        return path in self.held

    def open(self, path: str) -> object:
        return ToldPaths(**self.held)(path)


class ToldJournal:
    """A `ports.watching.Journal` that can be read."""

    def __init__(self) -> None:
        self.lines: list[tuple[str, dict[str, object]]] = []

    def tell(self, event: str, **about: object) -> None:
        self.lines.append((event, about))

    def warn(self, event: str, **about: object) -> None:
        self.tell(event, **about)

    def of(self, event: str) -> list[dict[str, object]]:
        return [about for name, about in self.lines if name == event]


@dataclass
class ToldChecks:
    """A `ports.watching.MakeCheck` that comes to what it is told, once it may."""

    decision: Decision = Decision.PASS
    unreadable: bool = False
    fails: Exception | None = None
    path: str | None = None
    may_end: asyncio.Event = field(default_factory=asyncio.Event)
    made: list[tuple[str, str]] = field(default_factory=list)
    before_send: list[bool] = field(default_factory=list)

    async def __call__(self, path: str, occasion: Moment, *, before_send: bool) -> Made:
        await self.may_end.wait()
        if self.fails:
            raise self.fails
        self.made.append((path, occasion.name))
        self.before_send.append(before_send)
        return self._made(self.path or path)

    def _made(self, path: str) -> Made:
        if self.unreadable:
            missing = CouldNotRead(path=path, says="there is no newsletter.html")
            return Made(Run(at=NOON, took_s=0.1, newsletters=(), unreadable=(missing,)), None)
        record = a_record(a_campaign(path), decision=self.decision)
        return Made(record.run, record)


class Stage:
    """A watch over a real store, with all else as it is told."""

    def __init__(self, store: SqlStore, name: str = "ada 1 x", **settings: object) -> None:
        self.store = store
        self.clock = SetClock()
        self.folders = ToldFolders()
        self.journal = ToldJournal()
        self.checks = ToldChecks()
        self.checks.may_end.set()
        self.config = Config(campaigns="campaigns", watch=Watch(**settings))  # type: ignore[arg-type]
        self.watching = self._watching(name)

    def _watching(self, name: str) -> Watching:
        moments = self.store.moments(name)
        equipment = Equipment(
            noticing=Noticing(self.folders, self.folders.open, moments, self.config.watch),  # type: ignore[arg-type]
            moments=moments,
            make_check=self.checks,
            clock=self.clock,
            journal=self.journal,
            config=self.config,
        )
        return Watching(equipment, self.store.lock(name, self.clock))

    def begin_again(self, name: str = "ada 2 y") -> None:
        """Another process takes the place of this one, which let go."""
        self.store.lock("ada 1 x", self.clock).let_go()
        self.watching = self._watching(name)

    async def look(self) -> None:
        """Look, and wait for what it begins."""
        await self.watching.look()
        await self.watching.until_done()

    async def look_after(self, seconds: float) -> None:
        self.clock.pass_by(seconds)
        await self.watching.keep_up()
        await self.look()

    @property
    def made(self) -> list[str]:
        """The moments that were checked, and forgets them."""
        made, self.checks.made = self.checks.made, []
        return [name for _, name in made]

    def decide(self, decision: Decision) -> None:
        self.checks.decision = decision


def kept(stage: Stage, campaign: str) -> int:
    return len(stage.store.runs(campaign))
