"""Newsletters on disk and on standard input."""

import os
from contextlib import suppress
from functools import partial
from io import BufferedIOBase, BufferedReader, FileIO
from itertools import islice
from pathlib import Path
from shlex import quote

from sendguard.errors import Unreadable, WrongUsage
from sendguard.ports import Opened
from sendguard.read import CAMPAIGN_FILE, LARGEST_BYTES, STANDARD_INPUT, inside, refuse_large
from sendguard.read.kind import SUFFIXES
from sendguard.values import Place

PIECE_BYTES = 64 * 1024
MOST_BESIDE = 500
"""Campaign folders in one place that are asked for their series."""
USUAL_FOLDER = "campaigns"


def open_path(path: str) -> Opened:
    """Find what to read, without reading it yet.

    A symbolic link that the user names is followed: its file's own folder counts.

    Args:
        path: A campaign folder, its `campaign.yaml`, a newsletter, or `-`.

    Raises:
        Unreadable: There is nothing of that name, or a folder is no campaign.
    """
    if path == STANDARD_INPUT:
        return Opened(folder=StdinFolder(), name=STANDARD_INPUT, id=None)
    whole = _resolved(path)
    if whole.is_dir():
        return _campaign(whole, path)
    if whole.name == CAMPAIGN_FILE:
        return _campaign(whole.parent, path)
    return Opened(folder=DiskFolder(whole.parent), name=whole.name, id=None)


def campaigns_in(folder: str) -> tuple[str, ...]:
    """Paths of the campaign folders in a folder, by name; the last names where many are.

    Raises:
        Unreadable: There is no such folder, or it cannot be opened.
    """
    try:
        names = sorted(one.name for one in Path(folder).iterdir())
    except NotADirectoryError:
        raise Unreadable(f"{folder} is no folder: see `campaigns:` in the settings") from None
    except FileNotFoundError:
        raise Unreadable(f"there is no folder {folder}: `sendguard init` makes one") from None
    except (OSError, ValueError) as error:
        raise Unreadable(f"{folder} cannot be opened: {why_not(error)}") from error
    places = (Path(folder) / name for name in names)
    return tuple(str(place) for place in places if _is_campaign(place))[-MOST_BESIDE:]


def passed_over_in(folder: str) -> tuple[str, ...]:
    """Names of folders in a folder that hold a newsletter, but no campaign; of the last names."""
    with suppress(OSError), os.scandir(folder) as there:
        dirs = [one for one in there if not one.name.startswith(".") and one.is_dir()]
        places = sorted(dirs, key=lambda one: one.name)[-MOST_BESIDE:]
        bare = (one for one in places if not _is_campaign(Path(one.path)))
        return tuple(one.name for one in bare if holds_newsletter(one.path))
    return ()


def holds_newsletter(folder: str) -> bool:
    """Is there a file beside others in it that a newsletter could be?"""
    with suppress(OSError), os.scandir(folder) as there:
        names = (one.name.lower() for one in islice(there, MOST_BESIDE))
        return any(name.endswith(SUFFIXES) and not name.startswith(".") for name in names)
    return False


def campaign_folder(path: str) -> Path:
    """The folder of the campaign that a path names.

    Raises:
        WrongUsage: It names a newsletter without its folder.
        Unreadable: There is nothing of that name, or a folder is no campaign.
    """
    if path != STANDARD_INPUT:
        whole = _resolved(path)
        if whole.is_dir() or whole.name == CAMPAIGN_FILE:
            folder = whole if whole.is_dir() else whole.parent
            _campaign(folder, path)
            return folder
    raise WrongUsage(
        f"{path} is a newsletter without a campaign, and only a campaign folder keeps approvals: "
        f"put the newsletter into a folder of its own with a {CAMPAIGN_FILE} that says "
        "`newsletter:` and its name (`sendguard init` makes one), and name that folder"
    )


def file_inside(root: Path, name: str) -> Path:
    """The file of a folder that a name stands for.

    Raises:
        Unreadable: It stands outside the folder, or is no file.
        OSError: There is none of that name, or nobody may look.
    """
    plain = inside(name)
    file = (root / plain).resolve(strict=True) if plain else None
    if not file or not file.is_relative_to(root):
        raise Unreadable(f"{name} stands outside the newsletter's folder: put it inside")
    if not file.is_file():
        raise Unreadable(f"{name} is not a file: name the newsletter itself")
    return file


class DiskFolder:
    """A `ports.Folder` on disk.

    Args:
        root: The folder.
        largest: Bytes that one file may have at most.
    """

    def __init__(self, root: Path, largest: int = LARGEST_BYTES) -> None:
        self._root = root.resolve()
        self._largest = largest

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
        try:
            return self._read(name)
        except Unreadable as error:
            raise Unreadable(error.says, asked_at) from error
        except FileNotFoundError:
            says = f"there is no file {name} in the folder: check its name"
            raise Unreadable(says, asked_at) from None
        except (OSError, ValueError, RuntimeError) as error:
            raise Unreadable(f"{name} cannot be opened: {why_not(error)}", asked_at) from error

    def read_if_there(self, name: str) -> bytes | None:
        """The content of a file inside the folder; None where there is none of that name.

        Raises:
            Unreadable: As for `read`; a symbolic link that leads nowhere is there.
        """
        plain = inside(name)
        if plain and not os.path.lexists(self._root / plain):
            return None
        return self.read(name)

    def _read(self, name: str) -> bytes:
        file = file_inside(self._root, name)
        refuse_large(file.stat().st_size, name, self._largest)
        with file.open("rb") as stream:
            raw = stream.read(self._largest + 1)
        refuse_large(len(raw), name, self._largest)
        return raw


class StdinFolder:
    """A `ports.Folder` with a single file, `-`: what comes in on standard input.

    Args:
        stream: What to read; None for standard input itself.
        largest: Bytes that may come in at most.
    """

    def __init__(self, stream: BufferedIOBase | None = None, largest: int = LARGEST_BYTES) -> None:
        self._stream = stream
        self._largest = largest

    def read(self, name: str, asked_at: Place | None = None) -> bytes:
        """All of standard input; it can be read once.

        Raises:
            Unreadable: Another file is asked for, or the input is too large.
        """
        if name != STANDARD_INPUT:
            says = f"{name} cannot be read beside standard input: check the newsletter by its name"
            raise Unreadable(says, asked_at)
        try:
            return self._all()
        except OSError as error:
            says = f"standard input cannot be read: {why_not(error)}"
            raise Unreadable(says, asked_at) from error

    def read_if_there(self, name: str) -> bytes | None:
        """All of standard input, which has no file beside it.

        Raises:
            Unreadable: As for `read`.
        """
        return self.read(name) if name == STANDARD_INPUT else None

    def _all(self) -> bytes:
        stream = self._stream or BufferedReader(FileIO(0, closefd=False))
        raw = bytearray()
        # In pieces: one long read can miss an interrupt and then wait for ever.
        while piece := stream.read1(PIECE_BYTES):
            raw += piece
            if len(raw) > self._largest:
                most = f"{self._largest / 1e6:g} MB"
                raise Unreadable(f"standard input is over {most}, the most that SendGuard reads")
        return bytes(raw)


def _resolved(path: str) -> Path:
    try:
        return Path(path).resolve(strict=True)
    except FileNotFoundError:
        raise Unreadable(f"there is no {path}: {_meant(path)}") from None
    except (OSError, ValueError, RuntimeError) as error:
        raise Unreadable(f"{path} cannot be opened: {why_not(error)}") from error


def _campaign(folder: Path, path: str) -> Opened:
    try:
        is_campaign = (folder / CAMPAIGN_FILE).is_file()
    except OSError as error:
        raise Unreadable(f"{path} cannot be opened: {why_not(error)}") from error
    if not is_campaign and _holds_campaigns(folder):
        raise Unreadable(
            f"{path} is a folder of campaigns: name those in it, as in "
            f"`sendguard check {quote(path.rstrip('/'))}/*`"
        )
    if not is_campaign:
        raise Unreadable(
            f"{path} is a folder without {CAMPAIGN_FILE}: "
            f"name the newsletter in it, or add a {CAMPAIGN_FILE}"
        )
    return Opened(
        folder=DiskFolder(folder),
        name=CAMPAIGN_FILE,
        id=folder.name,
        beside=partial(_beside, folder),
    )


def _holds_campaigns(folder: Path) -> bool:
    with suppress(OSError):
        return any(map(_is_campaign, islice(folder.iterdir(), MOST_BESIDE)))
    return False


def _meant(path: str) -> str:
    there = f"{USUAL_FOLDER}/{path}"
    if inside(path) and _is_campaign(Path(there)):
        return f"did you mean {there}?"
    return "check the name and the folder"


def _beside(folder: Path) -> tuple[str, ...]:
    """The other campaign folders in the same place; those of the last names, where many are."""
    try:
        others = sorted(other for other in folder.parent.iterdir() if other != folder)
    except OSError:
        return ()
    campaigns = [other for other in others[-MOST_BESIDE:] if _is_campaign(other)]
    return tuple(str(other) for other in campaigns)


def _is_campaign(folder: Path) -> bool:
    try:
        return (folder / CAMPAIGN_FILE).is_file()
    except OSError:
        return False


def why_not(error: Exception) -> str:
    """Why a file could not be opened, in a few words."""
    if isinstance(error, PermissionError):
        return "you may not read it"
    if isinstance(error, OSError) and error.strerror:
        return error.strerror.lower()
    return "its name cannot be used"
