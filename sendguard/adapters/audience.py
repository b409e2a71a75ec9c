"""Files of one line a reader, opened as streams: they may be larger than memory."""

from collections.abc import Iterator
from contextlib import contextmanager
from io import BufferedIOBase, BufferedReader, FileIO
from pathlib import Path

from sendguard.adapters.files import file_inside, why_not
from sendguard.errors import Unreadable
from sendguard.read import CAMPAIGN_FILE, STANDARD_INPUT
from sendguard.send.audience import LONGEST_LINE


@contextmanager
def open_audience(folder: str, name: str) -> Iterator[Iterator[bytes]]:
    """The lines of a file inside a campaign folder, as `read_audience` takes them.

    Args:
        folder: The folder, or its `campaign.yaml`.
        name: Relative to the folder, with forward slashes.

    Raises:
        Unreadable: There is none of that name, it stands outside the folder, or it cannot be read;
            also while it is read.
    """
    with _opened(name, _find(Path(folder), name)) as lines:
        yield lines


@contextmanager
def open_lines(path: str) -> Iterator[Iterator[bytes]]:
    """The like for a file that the user names, or `-` for standard input.

    Raises:
        Unreadable: There is none of that name, or it cannot be read; also while it is read.
    """
    with _opened(path, None if path == STANDARD_INPUT else Path(path)) as lines:
        yield lines


@contextmanager
def _opened(called: str, file: Path | None) -> Iterator[Iterator[bytes]]:
    """The lines of a file; of standard input where there is None."""
    with _stream(called, file) as stream:
        yield _lines(stream, called)


def _stream(called: str, file: Path | None) -> BufferedIOBase:
    try:
        if file is None:
            return BufferedReader(FileIO(0, closefd=False))
        if file.is_dir():
            raise Unreadable(f"{called} is a folder: name the file in it")
        return file.open("rb")
    except FileNotFoundError:
        raise Unreadable(f"there is no file {called}: check its name") from None
    except (OSError, ValueError) as error:
        raise Unreadable(f"{called} cannot be opened: {why_not(error)}") from error


def _find(folder: Path, name: str) -> Path:
    try:
        root = folder.parent if folder.name == CAMPAIGN_FILE else folder
        return file_inside(root.resolve(), name)
    except FileNotFoundError:
        raise Unreadable(f"there is no file {name} in the folder: check its name") from None
    except (OSError, ValueError, RuntimeError) as error:
        raise Unreadable(f"{name} cannot be opened: {why_not(error)}") from error


def _lines(stream: BufferedIOBase, called: str) -> Iterator[bytes]:
    try:
        while line := stream.readline(LONGEST_LINE):
            yield line
    except OSError as error:
        raise Unreadable(f"{called} cannot be read: {why_not(error)}") from error
