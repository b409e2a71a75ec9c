"""Files that are replaced whole, so that nobody ever reads half of one."""

import os
from pathlib import Path


def replace_whole(path: Path, text: str) -> None:
    """Put `text` in the place of a file that is there or not; killed on the way, it changes none.

    Raises:
        OSError: It cannot be written; what was there before is untouched.
    """
    beside = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        with beside.open("w", encoding="utf-8", errors="backslashreplace") as stream:
            stream.write(text)
            stream.flush()
            os.fsync(stream.fileno())
        beside.replace(path)
    finally:
        beside.unlink(missing_ok=True)
