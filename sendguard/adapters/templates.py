"""Apologies that a sender has written, in a folder of their own."""

from collections.abc import Mapping
from pathlib import Path

from sendguard.errors import BadConfig


def read_templates(folder: str) -> Mapping[str, bytes]:
    """The files of `correct.templates`, by name.

    Raises:
        BadConfig: There is no such folder, or it cannot be read.
    """
    try:
        files = sorted(one for one in Path(folder).iterdir() if one.suffix == ".yaml")
        return {one.name: one.read_bytes() for one in files}
    except OSError as error:
        raise BadConfig(f"correct.templates: {folder} cannot be read: {error.strerror}") from error
