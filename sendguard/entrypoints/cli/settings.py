"""Where config.yaml is, and what it says."""

from pathlib import Path
from typing import TYPE_CHECKING

from sendguard.errors import BadConfig

if TYPE_CHECKING:
    from sendguard.config import Config

DEFAULT = Path("config.yaml")


def settings(named: Path | None) -> "Config":
    """What the file named says; without a name, config.yaml when there is one, else defaults.

    Raises:
        BadConfig: It is not there, not text, or says what cannot be obeyed.
    """
    from sendguard.config import Config

    file = named or DEFAULT
    if named is None and not file.exists():
        return Config()
    return Config.parse(_read(file), str(file))


def _read(file: Path) -> str:
    try:
        return file.read_text("utf-8-sig")
    except OSError as error:
        raise BadConfig(f"{file} cannot be read: {error.strerror}") from error
    except UnicodeDecodeError as error:
        raise BadConfig(f"{file} is not text in UTF-8: save it as UTF-8") from error
