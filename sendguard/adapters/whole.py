"""Files that are replaced whole, so that nobody ever reads half of one."""

import os
from collections.abc import Iterable
from pathlib import Path


def replace_whole(path: Path, text: str | Iterable[str], *, alone: bool = False) -> None:
    """Put `text` in the place of a file that is there or not; killed on the way, it changes none.

    Args:
        path: The file.
        text: Its new content, whole or piece by piece.
        alone: The caller sees to it that nobody else does the same now, so that what a killed
            program left beside the file is used up.

    Raises:
        OSError: It cannot be written; what was there before is untouched.
    """
    whose = "" if alone else f".{os.getpid()}"
    beside = path.with_name(f".{path.name}{whose}.part")
    try:
        with beside.open("w", encoding="utf-8", errors="backslashreplace") as stream:
            stream.writelines([text] if isinstance(text, str) else text)
            stream.flush()
            os.fsync(stream.fileno())
        beside.replace(path)
    finally:
        beside.unlink(missing_ok=True)
