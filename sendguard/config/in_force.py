"""What is in force: every key with its value, secrets hidden, and where the value came from."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import reduce
from typing import Any

from pydantic.fields import FieldInfo

from sendguard.config.config import Config, Sourced
from sendguard.config.hiding import Shown
from sendguard.config.section import keys_of

DEFAULT = "default"


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """One key that is in force.

    Attributes:
        key: As `visit.at_once`.
        value: Fit to be shown and to be written as JSON.
        origin: `default`, file and line, or the variable.
    """

    key: str
    value: object
    origin: str


def in_force(sourced: Sourced) -> Iterator[Setting]:
    """Every key, in the order of config.yaml."""
    for path, field in keys_of(Config):
        value: Any = reduce(getattr, path, sourced.config)
        yield Setting(
            key=".".join(path),
            value=_shown(value, _by(field)),
            origin=sourced.origins.get(path, DEFAULT),
        )


def in_words(value: object) -> str:
    """A value on one line, as it might stand in YAML; what is invisible is spelled out."""
    match value:
        case None:
            return "null"
        case float():
            return f"{value:g}"
        case list():
            return f"[{', '.join(map(in_words, value))}]"
        case dict():
            pairs = (f"{in_words(name)}: {in_words(entry)}" for name, entry in value.items())
            return f"{{{', '.join(pairs)}}}"
        case "":
            return "''"
        case _:
            return "".join(map(_visible, str(value)))


def _visible(sign: str) -> str:
    return sign if sign.isprintable() else ascii(sign)[1:-1]


def _by(field: FieldInfo) -> Callable[[object], object]:
    marks = (mark.by for mark in field.metadata if isinstance(mark, Shown))
    return next(marks, _plain)


def _plain(value: object) -> object:
    return value if isinstance(value, int | float) else str(value)


def _shown(value: object, by: Callable[[object], object]) -> object:
    if value is None:
        return None
    if isinstance(value, tuple):
        return [by(entry) for entry in value]
    if isinstance(value, Mapping):
        return {str(name): by(entry) for name, entry in value.items()}
    return by(value)
