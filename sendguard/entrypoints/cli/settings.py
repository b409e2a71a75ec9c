"""Where config.yaml is, and what it and the environment say."""

import os
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from sendguard.errors import BadConfig

if TYPE_CHECKING:
    from sendguard.config import Config, Sourced

DEFAULT = Path("config.yaml")
_MOST_BYTES = 256 * 1024


def settings(named: Path | None) -> "Config":
    """What the file named and the environment say; see `sourced_settings`."""
    return sourced_settings(named).config


def sourced_settings(named: Path | None) -> "Sourced":
    """What the file named says; without a name, config.yaml when there is one, else defaults.

    Variables that begin with SENDGUARD_ change what it says.

    Raises:
        BadConfig: It is not there, not text, or says what cannot be obeyed.
    """
    from sendguard.config import read_config

    file = named or DEFAULT
    there = named is not None or file.exists()
    text = _read(file, f"{file}") if there else ""
    return read_config(text, _environment(), f"{file}")


def _environment() -> Mapping[str, str]:
    """The variables that may be ours, with the content of the files that some of them name."""
    from sendguard.config import files_to_read

    ours = {name: text for name, text in os.environ.items() if name.startswith("SENDGUARD_")}
    read = {name: _secret(name, file) for name, file in files_to_read(ours).items()}
    return {**ours, **read}


def _secret(name: str, file: str) -> str:
    text = _read(Path(file), f"{name}_FILE: {file}")
    content = text.removesuffix("\n").removesuffix("\r")
    if not content:
        raise BadConfig(f"{name}_FILE: {file} is empty")
    return content


def _read(file: Path, called: str) -> str:
    try:
        with file.open("rb") as opened:
            text = opened.read(_MOST_BYTES + 1)
    except OSError as error:
        raise BadConfig(f"{called} cannot be read: {error.strerror}") from error
    except ValueError as error:  # a name that no file can have
        raise BadConfig(f"{called} cannot be read: it is no name of a file") from error
    if len(text) > _MOST_BYTES:
        raise BadConfig(f"{called} is longer than 256 kB, too long for settings")
    return _decoded(text, called)


def _decoded(text: bytes, called: str) -> str:
    try:
        return text.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise BadConfig(f"{called} is not text in UTF-8: save it as UTF-8") from error
