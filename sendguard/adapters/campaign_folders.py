"""The campaign folders in one place: a glance at each, and what it holds."""

import errno
import hashlib
import os
from collections.abc import Collection, Iterator, Mapping
from contextlib import suppress
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path

from sendguard.adapters.database.storable import storable
from sendguard.adapters.files import holds_newsletter
from sendguard.ports.watching import Glance, Journal
from sendguard.read import CAMPAIGN_FILE
from sendguard.watch import content_of

MOST_FOLDERS = 10_000
MOST_FILES = 2_000
"""Of one campaign; what is beyond is not looked at."""
MOST_DEEP = 5
LARGEST_BYTES = 100_000_000
PIECE_BYTES = 1 << 18
MOST_ENTRIES = 10 * MOST_FILES
_NOT_THERE = (errno.ENOENT, errno.ENOTDIR, errno.ELOOP)
_OURS = (errno.EMFILE, errno.ENFILE, errno.ENOMEM, errno.EIO)
"""What says nothing of a folder, but of the machine."""


class CampaignFolders:
    """A `ports.watching.Folders` on disk.

    Args:
        root: The folder that campaigns stand in, as config.yaml names it.
        journal: Where it is written, once, what cannot be looked at.
    """

    def __init__(self, root: str, journal: Journal | None = None) -> None:
        self._root = Path(root)
        self._passed_over: frozenset[str] = frozenset()
        self._journal = journal
        self._warned: set[str] = set()

    def glance(self) -> Mapping[str, Glance] | None:
        """What can be seen of each campaign without opening a file; None without their folder."""
        try:
            with os.scandir(self._root) as there:
                entries = sorted(there, key=lambda entry: entry.name)[-MOST_FOLDERS:]
        except OSError as error:
            if error.errno in _NOT_THERE:
                return None
            self._warn_of_place(error)
            raise
        entries.sort(key=_is_link)  # a campaign that stands here is no other one's
        seen: dict[str, Glance] = {}
        passed_over: set[str] = set()
        for entry in entries:
            name = self._name(entry)
            glance = _glance(self._path(entry.name)) if name else None
            if name and glance:
                first = seen.setdefault(storable(name), glance)
                if not _is_same(first, glance):
                    self._warn("same-name", campaign=name, left_out=glance.path, taken=first.path)
            elif name and holds_newsletter(self._path(entry.name)):
                passed_over.add(storable(name))
        self._passed_over = frozenset(passed_over)
        return seen

    def passed_over(self) -> Collection[str]:
        """Names of the folders that the last glance saw a newsletter in, but no campaign."""
        return self._passed_over

    def content(self, path: str) -> str:
        """A digest over all files of a campaign; a file that cannot be read counts as such."""
        # A digest stands for each file: audiences can be large.
        return content_of({name: _digest(file) for name, file in _files(path)})

    def is_there(self, path: str) -> bool:
        """Is there a folder of that path, whatever it holds?"""
        return os.path.isdir(path)  # noqa: PTH112 - Path's own raises where one may not look

    def _name(self, entry: os.DirEntry[str]) -> str | None:
        """What the campaign is called, which for a link is the folder that it leads to."""
        if entry.name.startswith("."):
            return None
        with suppress(OSError, RuntimeError):
            try:
                return _own_name(entry)
            except OSError as error:
                return None if error.errno in _NOT_THERE else entry.name
        return None

    def _warn_of_place(self, error: OSError) -> None:
        says = os.strerror(error.errno or 0).lower()
        self._warn("campaigns-folder-unreadable", folder=str(self._root), says=says)

    def _warn(self, event: str, **about: str) -> None:
        words = f"{event} {sorted(about.items())}"
        if self._journal and words not in self._warned and len(self._warned) < MOST_FOLDERS:
            self._warned.add(words)
            self._journal.warn(event, **about)

    def _path(self, name: str) -> str:
        return str(self._root / name)


def _is_link(entry: os.DirEntry[str]) -> bool:
    try:
        return entry.is_symlink()
    except OSError:
        return False


def _is_same(one: Glance, other: Glance) -> bool:
    """Is it one folder that two names lead to?"""
    with suppress(OSError):
        return one.path == other.path or Path(one.path).samefile(other.path)
    return True


def _own_name(entry: os.DirEntry[str]) -> str | None:
    if entry.is_symlink():
        return Path(entry).resolve(strict=True).name
    return entry.name if entry.is_dir() else None


def _glance(path: str) -> Glance | None:
    """Names, sizes and times of all files; None where it is no campaign."""
    try:
        return _seen(path)
    except OSError:
        never = datetime.fromtimestamp(0, UTC)
        return Glance(path=path, marks=0, changed=never, is_open=False, is_known=False)


def _seen(path: str) -> Glance | None:
    if not os.access(path, os.R_OK | os.X_OK):
        return Glance(path=path, marks=0, changed=datetime.fromtimestamp(0, UTC), is_open=False)
    marks, newest_ns, is_campaign = [], 0, False
    for name, file in _files(path):
        with suppress(OSError):
            stat = file.stat()
            # The time of a change cannot be set, as that of the content can.
            marks.append((name, stat.st_ino, stat.st_size, stat.st_mtime_ns, stat.st_ctime_ns))
            newest_ns = max(newest_ns, stat.st_ctime_ns)
            is_campaign = is_campaign or name == CAMPAIGN_FILE
    if not is_campaign:
        return None
    changed = datetime.fromtimestamp(newest_ns / 1e9, UTC)
    return Glance(path=path, marks=hash(tuple(sorted(marks))), changed=changed)


def _files(folder: str) -> Iterator[tuple[str, os.DirEntry[str]]]:
    """The files of a campaign by their names in it, the nearest first."""
    waiting, count = [(folder, "")], 0
    for _ in range(MOST_FILES):
        if not waiting:
            return
        here, prefix = waiting.pop(0)
        for entry in _entries(here):
            name = f"{prefix}{entry.name}"
            if _is_passing(entry.name) or count >= MOST_FILES:
                continue
            if entry.is_dir(follow_symlinks=False):
                if name.count("/") < MOST_DEEP:
                    waiting.append((entry.path, f"{name}/"))
            elif entry.is_file():
                count += 1
                yield name, entry


def _entries(folder: str) -> list[os.DirEntry[str]]:
    """What a folder holds; one that may not be looked into holds nothing."""
    try:
        with os.scandir(folder) as entries:
            return list(islice(entries, MOST_ENTRIES))
    except OSError as error:
        if error.errno in _OURS:
            raise
        return []


def _is_passing(name: str) -> bool:
    """What systems and editors leave beside files while they are open, and forget there."""
    return name.startswith((".", "~$")) or name.endswith("~")


def _digest(file: os.DirEntry[str]) -> bytes:
    digest = hashlib.sha256()
    try:
        with Path(file.path).open("rb") as stream:
            left = LARGEST_BYTES
            while left > 0 and (piece := stream.read(min(PIECE_BYTES, left))):
                digest.update(piece)
                left -= len(piece)
        if left <= 0:
            digest.update(str(file.stat()).encode())
    except OSError as error:
        if error.errno in _OURS:
            raise
        digest.update(f"cannot be read: {error.errno}".encode())
    return digest.digest()
