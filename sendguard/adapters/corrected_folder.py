"""The folder of a correction, written whole or not at all, and never over anybody's own."""

import csv
import os
import shutil
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from itertools import count
from pathlib import Path
from tempfile import mkdtemp

from sendguard.adapters.manifest import is_as_written, write_manifest
from sendguard.correct.files import READERS_FILE
from sendguard.correct.folder import MADE_BY
from sendguard.errors import SendGuardError
from sendguard.read import CAMPAIGN_FILE

Rows = Iterable[Sequence[str]]


def write_folder(place: Path, files: Mapping[str, bytes], rows: Rows | None) -> Path | None:
    """Write a folder; one that an earlier correction made is replaced.

    Where somebody has put something into that one, or changed it, it is put aside.

    Args:
        place: The folder.
        files: By name.
        rows: Of the list of readers, the head first; None for no list.

    Returns:
        Where the old one is now, if it was put aside.

    Raises:
        SendGuardError: Somebody else's is there, or it cannot be written; nothing was changed.
    """
    refuse_anothers(place)
    beside: Path | None = None
    try:
        place.parent.mkdir(parents=True, exist_ok=True)
        beside = Path(mkdtemp(prefix=f".{place.name}.", dir=place.parent))
        _fill(beside, files, rows)
        write_manifest(beside)
        beside.chmod(0o755)
        return _put(beside, place)
    except OSError as error:
        raise SendGuardError(f"{place} cannot be written: {error.strerror}") from error
    finally:
        if beside is not None:
            shutil.rmtree(beside, ignore_errors=True)


def refuse_anothers(place: Path) -> None:
    """See to it that nothing of anybody else's is in the way.

    Raises:
        SendGuardError: It is.
    """
    if place.is_symlink() or (place.exists() and not is_correction(place)):
        raise SendGuardError(
            f"{place} is there and was not made by `sendguard correct`: give it another name"
        )


def is_correction(place: Path) -> bool:
    """Was the folder made by `sendguard correct`?"""
    with suppress(OSError):
        return (place / CAMPAIGN_FILE).read_bytes().startswith(MADE_BY.encode())
    return False


def _fill(folder: Path, files: Mapping[str, bytes], rows: Rows | None) -> None:
    for name, content in files.items():
        file = folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content)
    if rows is None:
        return
    with (folder / READERS_FILE).open("w", encoding="utf-8", newline="") as stream:
        csv.writer(stream).writerows(rows)


def _put(made: Path, place: Path) -> Path | None:
    """Let the new folder take the place of the old one; nobody sees half of either."""
    old = made.with_name(f"{made.name}.old")
    if place.exists():
        place.rename(old)
    try:
        os.rename(made, place)  # noqa: PTH104 - so that it fails where one came in between
    finally:
        if old.exists() and not place.exists():
            old.rename(place)
    if old.exists() and not is_as_written(old):
        return _put_aside(old, place)
    shutil.rmtree(old, ignore_errors=True)
    return None


def _put_aside(old: Path, place: Path) -> Path:
    """Keep what is somebody's under the first name that is free."""
    names = (place.with_name(f"{place.name}.{number}") for number in count(1))
    aside = next(name for name in names if not (name.exists() or name.is_symlink()))
    old.rename(aside)
    return aside
