"""Campaigns that stand in no folder yet, read and checked like those that do."""

from collections.abc import Mapping
from dataclasses import dataclass

from sendguard.errors import Unreadable
from sendguard.ports import Opened
from sendguard.read import CAMPAIGN_FILE
from sendguard.values import Place


@dataclass(frozen=True, slots=True)
class MemoryFolder:
    """A `ports.Folder` that holds what it is given."""

    files: Mapping[str, bytes]

    def read(self, name: str, asked_at: Place | None = None) -> bytes:
        """The content of a file."""
        content = self.files.get(name)
        if content is None:
            raise Unreadable(f"there is no file {name}", asked_at)
        return content

    def read_if_there(self, name: str) -> bytes | None:
        """The content of a file; None where there is none of that name."""
        return self.files.get(name)


@dataclass(frozen=True, slots=True)
class Shelf:
    """A `ports.OpenPath` over campaigns in memory, by path; the last name of a path is the id."""

    folders: Mapping[str, Mapping[str, bytes]]

    def __call__(self, path: str) -> Opened:
        """Find one of them."""
        files = self.folders.get(path)
        if files is None:
            raise Unreadable(f"there is no {path}")
        return Opened(folder=MemoryFolder(files), name=CAMPAIGN_FILE, id=path.rpartition("/")[2])
