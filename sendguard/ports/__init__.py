"""Every way in which SendGuard touches the world, on one page."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol, TypeAlias

from sendguard.gate import Approval, Kept, Record, Sending
from sendguard.read import Campaign
from sendguard.values import Place, Url
from sendguard.visit import Visit


class Clock(Protocol):
    """Tells the time."""

    def now(self) -> datetime:
        """The present instant, in UTC."""
        ...

    def elapsed_s(self) -> float:
        """Seconds since some fixed moment; only differences mean anything."""
        ...


class Chance(Protocol):
    """Draws numbers."""

    def draw(self) -> float:
        """A number from 0 up to, and not including, 1."""
        ...


class Folder(Protocol):
    """The files beside a newsletter, and nothing above them."""

    def read(self, name: str, asked_at: Place | None = None) -> bytes:
        """The content of a file inside the folder.

        Args:
            name: Relative to the folder, with forward slashes.
            asked_at: Where the file is asked for, for the complaint; None for nowhere.

        Raises:
            Unreadable: There is none of that name, it is too large, it stands outside the
                folder (a `..`, an absolute path, a symbolic link that leads out), or it
                cannot be opened.
        """
        ...

    def read_if_there(self, name: str) -> bytes | None:
        """The content of a file inside the folder; None where there is none of that name.

        Raises:
            Unreadable: As for `read`; a symbolic link that leads nowhere is there.
        """
        ...


class OpenAudience(Protocol):
    """Opens audience files, which may be far too large to be held."""

    def __call__(self, folder: str, name: str) -> AbstractContextManager[Iterator[bytes]]:
        """The lines of a file inside a campaign folder, as `send.audience` takes them.

        Raises:
            Unreadable: As for `Folder.read`, whatever its size; also while it is read.
        """
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Opened:
    """What a path that the user named stands for.

    Attributes:
        folder: The files beside the newsletter.
        name: Which of them to read first: `campaign.yaml`, or the newsletter itself; `-` for
            standard input.
        id: Name of the campaign folder; None for a bare file.
        beside: Finds the paths of the other campaign folders in the same place, which `OpenPath`
            opens; where there are hundreds, that takes its time.
    """

    folder: Folder
    name: str
    id: str | None
    beside: Callable[[], tuple[str, ...]] = tuple


class OpenPath(Protocol):
    """Finds newsletters."""

    def __call__(self, path: str) -> Opened:
        """Find what to read, without reading it yet.

        Args:
            path: A campaign folder, its `campaign.yaml`, a newsletter, or `-`.

        Raises:
            Unreadable: There is nothing of that name, or a folder is no campaign.
        """
        ...


class Approvals(Protocol):
    """The approvals of one campaign, kept with it."""

    def keep(self, given: Approval) -> tuple[Approval, ...]:
        """Write an approval down, in the place of an earlier one for the same finding.

        Two that are given at once both stay; a program that dies on the way leaves the file as
        it was.

        Returns:
            All that the campaign has now.

        Raises:
            Unreadable: What is there cannot be read or holds no more; it is left as it is.
            SendGuardError: It cannot be written.
        """
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Fetched:
    """A file of the web, whole.

    Attributes:
        url: Where it was found, behind all redirects.
        body: As it was sent, without its Content-Encoding.
        charset: From Content-Type; None when it names none.
    """

    url: Url
    body: bytes
    charset: str | None = None


@dataclass(frozen=True, slots=True)
class NotFetched:
    """Why nothing came, fit to follow “it”."""

    says: str


class Feeds(Protocol):
    """Fetches what the author's site says of its own articles."""

    async def fetch(self, url: Url) -> Fetched | NotFetched:
        """Fetch once, following redirects; trouble is a value, not an exception."""
        ...


class Visitor(Protocol):
    """Goes to look at an address."""

    async def visit(self, url: Url, before: Visit | None = None) -> Visit:
        """Visit once, following redirects; a bad page is a Visit, not an exception.

        Args:
            url: Where to go.
            before: What was seen there in an earlier run: its page stands for now, too, where
                the server says that nothing has changed since.
        """
        ...


class Memory(Protocol):
    """What was seen in earlier runs. It never fails and never keeps anybody waiting: it forgets."""

    def recall(self, pages: Iterable[Url]) -> Mapping[Url, Visit]:
        """The visits to these pages that are remembered, by page (`Url.page`)."""
        ...

    def keep(self, good: Iterable[Visit], others: Iterable[Url], now: datetime) -> None:
        """Remember visits in the place of earlier ones to their pages.

        Args:
            good: What to remember.
            others: Pages of which nothing shall be remembered any more.
            now: To tell what is too old to be of use to anybody.
        """
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class PastIssue:
    """An issue of a series that the store knows.

    Attributes:
        campaign: As it was checked last.
        at: When it went out, or was to; where nobody said so, when it was first checked.
        sent: It is known to have gone out.
    """

    campaign: Campaign
    at: datetime
    sent: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class History:
    """What is known of what went before a campaign.

    Attributes:
        issues: The issues of its series before it, newest first.
        sent: When it, or another campaign with the very same letter, went out; None for never.
    """

    issues: tuple[PastIssue, ...] = ()
    sent: Sending | None = None


@dataclass(frozen=True, slots=True)
class LastCheck:
    """The last check of one content, and what went out of it, or of its campaign, if anything."""

    record: Record
    sent: Sending | None


class FindLastCheck(Protocol):
    """Finds the last check of one content, sooner than a `Store` is opened."""

    def __call__(self, campaign: str, digest: str) -> LastCheck | None:
        """The last check; None where there is none, or another release wrote it.

        Args:
            campaign: Name of the campaign folder.
            digest: Of its files.

        Raises:
            BadStore: The store cannot be used.
        """
        ...


class Store(Protocol):
    """What was checked, found and sent, kept for good.

    Every method may raise `BadStore`; nothing is half written then.
    """

    def close(self) -> None:
        """Let go of it."""
        ...

    def history(self, campaign: Campaign, now: datetime) -> History:
        """What is known of what went before a campaign."""
        ...

    def keep(self, record: Record) -> int:
        """Keep a check for good, whole or not at all; its number."""
        ...

    def record(self, id_: int) -> Record | None:
        """A check with its evidence; None where it is gone, or another release wrote it."""
        ...

    def runs(self, campaign: str | None = None) -> tuple[Kept, ...]:
        """The checks of a campaign, the last one first; without one, the last of each."""
        ...

    def mark_sent(self, sending: Sending) -> None:
        """Keep that a newsletter went out."""
        ...

    def prune(self, before: datetime) -> int:
        """Delete checks that are older, never the last one of a campaign; how many that were."""
        ...


OpenStore: TypeAlias = Callable[[], Store]
"""Opens the store, which may take longer than reading a newsletter; may raise `BadStore`."""
