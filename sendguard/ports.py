"""Every way in which SendGuard touches the world, on one page."""

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from sendguard.values import Url
from sendguard.visit import Visit


class Clock(Protocol):
    """Tells the time."""

    def now(self) -> datetime:
        """The present instant, in UTC."""
        ...

    def elapsed_s(self) -> float:
        """Seconds since some fixed moment; only differences mean anything."""
        ...


class Folder(Protocol):
    """The files beside a newsletter, and nothing above them."""

    def read(self, name: str) -> bytes:
        """The content of a file inside the folder.

        Raises:
            Unreadable: There is none of that name, it is too large, it stands outside the
                folder (a `..`, an absolute path, a symbolic link that leads out), or it
                cannot be opened.
        """
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Opened:
    """A path that the user named, opened.

    Attributes:
        folder: The files beside the newsletter, or those of the campaign folder.
        newsletter: Its name in the folder; None when `campaign.yaml` has to say.
        id: Name of the campaign folder; None for a bare file.
    """

    folder: Folder
    newsletter: str | None
    id: str | None


class Shelf(Protocol):
    """Where newsletters and campaign folders are found."""

    def open(self, path: str) -> Opened:
        """Open a newsletter, a campaign folder, or standard input (`-`).

        Raises:
            Unreadable: There is nothing, or no newsletter in it.
        """
        ...


class Visitor(Protocol):
    """Goes to look at an address."""

    async def visit(self, url: Url) -> Visit:
        """Visit once, following redirects; a bad page is a Visit, not an exception."""
        ...
