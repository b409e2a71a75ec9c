"""The ports of the watch: its agenda, and the lock that lets one process watch at a time."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from sendguard.gate import Record, Run
from sendguard.watch import Moment, Notice, Seen, Standing, Turn


@dataclass(frozen=True, slots=True, kw_only=True)
class Glance:
    """What can be seen of a campaign's folder without opening a file.

    Attributes:
        path: How one names it to `sendguard check`.
        marks: Another number whenever a file has come, gone or changed.
        changed: When that was last, in UTC.
        is_open: One may look into it.
        is_known: It could be looked at; else nothing was learnt of it this time.
    """

    path: str
    marks: int
    changed: datetime
    is_open: bool = True
    is_known: bool = True


class Folders(Protocol):
    """The campaign folders in one place."""

    def glance(self) -> Mapping[str, Glance] | None:
        """What can be seen of each, by its name; None where the place itself is not there.

        Raises:
            OSError: That could not be found out.
        """
        ...

    def passed_over(self) -> Collection[str]:
        """Names of the folders that the last glance saw a newsletter in, but no campaign."""
        ...

    def content(self, path: str) -> str:
        """A digest over all files of a campaign; see `watch.content_of`."""
        ...

    def is_there(self, path: str) -> bool:
        """Is there a folder of that path, whatever it holds?"""
        ...


class Journal(Protocol):
    """Where it is written what happens, for whoever looks after the machine."""

    def tell(self, event: str, **about: object) -> None:
        """Something happened as it should: one word for it, and what it is about."""
        ...

    def warn(self, event: str, **about: object) -> None:
        """Something happened that somebody should look at."""
        ...


@dataclass(frozen=True, slots=True)
class Made:
    """A check as it was made.

    Attributes:
        run: Of one campaign.
        record: What is to be kept of it; None where it could not be read.
    """

    run: Run
    record: Record | None


class MakeCheck(Protocol):
    """Makes a check, without keeping it."""

    async def __call__(self, path: str, occasion: Moment, *, before_send: bool) -> Made:
        """Check one campaign.

        Args:
            path: Its folder.
            occasion: What it is made for; around the send every link is opened anew.
            before_send: Whether it is a mistake if the campaign was sent already.

        Raises:
            BadStore: It could not be found out what went before.
        """
        ...


@dataclass(frozen=True, slots=True)
class Planned:
    """What a campaign's folder held when its moments were planned.

    Attributes:
        content: As `watch.content_of` tells it.
        send_at: When it was to be sent.
    """

    content: str
    send_at: datetime | None


@dataclass(frozen=True, slots=True)
class Known:
    """What was known of a campaign before it is looked at again.

    Attributes:
        standing: What the last look showed; None for the first one.
        sent_at: When it was sent; None where nobody said so.
    """

    standing: Standing | None = None
    sent_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Settled:
    """What came of one turn, to be written down as one.

    Attributes:
        turn: The moments that it settles.
        standing: What is known now.
        record: The check; None where the campaign could not be read.
        notice: What people are to be told; None for nothing.
    """

    turn: Turn
    standing: Standing
    record: Record | None = None
    notice: Notice | None = None


class Moments(Protocol):
    """The moments of all campaigns, and what came of them; an agenda that outlives the program.

    Every method may raise `BadStore`; nothing is half written then.
    """

    def planned(self) -> Mapping[str, Planned]:
        """What every folder that is there was planned for, by its name."""
        ...

    def plan(self, seen: Seen, moments: Sequence[Moment]) -> bool:
        """Plan for what a folder holds; True where that is new or changed.

        Where it is not, only what is still ahead is planned as it is wanted now.
        """
        ...

    def forget(self, campaign: str) -> None:
        """A folder is gone: nothing is to be done about it any more."""
        ...

    def due(self, now: datetime) -> tuple[Moment, ...]:
        """What is to be done now, also what somebody died over."""
        ...

    def done_after(self, now: datetime) -> tuple[Moment, ...]:
        """Those that were done before their time."""
        ...

    def make_again(self, moments: Iterable[Moment]) -> None:
        """They are to be done once more, when their time comes."""
        ...

    def known(self, campaign: str) -> Known:
        """What was known of a campaign until now."""
        ...

    def take(self, turn: Turn) -> bool:
        """Begin a check; False where it is not to be made any more."""
        ...

    def settle(self, settled: Settled, addresses: Iterable[str]) -> bool:
        """Write down what came of a check, and whom to tell, all at once.

        Returns:
            False where it is of no account any more, so that nothing was written: another process
            has taken it, or the campaign was changed meanwhile.
        """
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Watcher:
    """The process that watches.

    Attributes:
        holder: Its computer and number.
        since: When it began.
        seen: When it was there last.
    """

    holder: str
    since: datetime
    seen: datetime


class WatchLock(Protocol):
    """Lets only one process watch at a time. Every method may raise `BadStore`."""

    def hold(self) -> bool:
        """Take the lock or keep it; False where another process has it.

        To be asked again every few seconds: whoever does not is taken for dead.
        """
        ...

    def watcher(self) -> Watcher | None:
        """Who has it, or had it last; None for nobody."""
        ...

    def let_go(self) -> None:
        """Give it back, if it is ours."""
        ...
