"""What was written into a folder, so that nothing that somebody put there since is thrown away."""

import hashlib
import json
from collections.abc import Iterator
from pathlib import Path

_NAME = ".written-by-sendguard.json"


def write_manifest(folder: Path) -> None:
    """Note every file of a folder."""
    digests = {name: _digest(file) for name, file in _files(folder)}
    (folder / _NAME).write_text(json.dumps(digests, indent=1), "utf-8")


def is_as_written(folder: Path) -> bool:
    """Has it the very files that were noted, and no other?"""
    try:
        noted = json.loads((folder / _NAME).read_bytes())
        found = 0
        for name, file in _files(folder):
            if file.is_symlink() or not file.is_file() or noted.get(name) != _digest(file):
                return False
            found += 1
    except (OSError, ValueError, TypeError, AttributeError):
        return False
    return found == len(noted)


def _files(folder: Path) -> Iterator[tuple[str, Path]]:
    for file in folder.rglob("*"):
        if (file.is_symlink() or not file.is_dir()) and file != folder / _NAME:
            yield file.relative_to(folder).as_posix(), file


def _digest(file: Path) -> str:
    with file.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()
