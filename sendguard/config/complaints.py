"""What is said of keys and values that are wrong; never the value itself."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import islice

from pydantic_core import ErrorDetails

from sendguard.config.environment import IN_A_FILE, PREFIX, variable
from sendguard.config.nearest import nearest
from sendguard.config.section import Path

MOST = 20
_LONGEST_NAME = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class Origins:
    """Where the keys came from.

    Attributes:
        file: The file's name.
        lines: The line of each key in it.
        variables: The variable of each key that the environment sets.
        keys: Every key that there is, sections too.
    """

    file: str
    lines: Mapping[Path, int]
    variables: Mapping[Path, str]
    keys: tuple[Path, ...]


def complaint(said: Iterable[str]) -> str:
    """Every complaint on a line of its own, as far as anyone would read."""
    lines = iter(said)
    first = list(islice(lines, MOST))
    more = sum(1 for _ in lines)
    return "\n".join([*first, *([f"and {more} more like these"] if more else [])])


def of_variables(unknown: Iterable[str], keys: Iterable[Path]) -> Iterator[str]:
    """A complaint for each variable that sets nothing."""
    known = tuple(keys)
    for name in unknown:
        in_a_file = IN_A_FILE if name.endswith(IN_A_FILE) else ""
        wrong = name.removeprefix(PREFIX).removesuffix(in_a_file)
        near = nearest(tuple(wrong.casefold().split("__")), known)
        meant = (variable(path) + in_a_file for path in near)
        yield f"{_printable(name)}: no setting is called so{_did_you_mean(meant)}"


def of_values(details: Iterable[ErrorDetails], origins: Origins) -> Iterator[str]:
    """A complaint for each key or value that is wrong, with where it stands."""
    every = tuple(details)
    for detail in every:
        if _follows_from_another(detail, every):
            continue
        path = tuple(str(step) for step in detail["loc"])
        unknown = detail["type"] == "extra_forbidden"
        yield _unknown(path, origins) if unknown else _wrong(path, _says(detail), origins)


def _follows_from_another(detail: ErrorDetails, every: Iterable[ErrorDetails]) -> bool:
    """A list is not too short where it only lacks what is wrong itself."""
    place = detail["loc"]
    below = (one["loc"] for one in every if len(one["loc"]) > len(place))
    return detail["type"] == "too_short" and any(one[: len(place)] == place for one in below)


def _unknown(path: Path, origins: Origins) -> str:
    where, name = _where(path, origins)
    if re.search(r"[:=]", path[-1]):  # “password:secret”: what follows is nobody's business
        return f"{where}: after the name of a key come a colon and a space: “{name}”"
    near = nearest(path, origins.keys)
    meant = (known[-1] if known[:-1] == path[:-1] else ".".join(known) for known in near)
    return f"{where}: there is no key “{name}”{_did_you_mean(meant)}"


def _wrong(path: Path, says: str, origins: Origins) -> str:
    where, name = _where(path, origins)
    return f"{where}: {name}: {says}" if name else f"{where}: {says}"


def _where(path: Path, origins: Origins) -> tuple[str, str]:
    """File and line or the variable, and what is left to be named there."""
    for length in range(len(path), 0, -1):
        known, below = path[:length], path[length:]
        if known in origins.variables:
            return origins.variables[known], ".".join(f"entry {_counted(step)}" for step in below)
        if known in origins.lines:
            return f"{origins.file}:{origins.lines[known]}", _named(known)
    return f"{origins.file}:1", _named(path)


def _counted(step: str) -> str:
    return f"{int(step) + 1}" if step.isdecimal() else f"“{_printable(step)}”"


def _named(path: Path) -> str:
    return ".".join(_printable(re.split(r"[:=\s]", step, maxsplit=1)[0]) for step in path)


def _printable(name: str) -> str:
    shown = "".join(sign if sign.isprintable() else "?" for sign in name[:_LONGEST_NAME])
    return shown if len(name) <= _LONGEST_NAME else f"{shown}…"


def _did_you_mean(names: Iterable[str]) -> str:
    *others, last = [f"“{name}”" for name in names] or [""]
    if not last:
        return ""
    return f"; did you mean {', '.join(others)}{' or ' if others else ''}{last}?"


def _says(detail: ErrorDetails) -> str:
    plain = detail["msg"].removeprefix("Value error, ").replace("Input should be", "must be")
    return _IN_OUR_WORDS.get(detail["type"], plain)


# Where pydantic names what only a programmer knows.
_IN_OUR_WORDS = {
    **dict.fromkeys(("model_type", "dict_type", "mapping_type"), "expected keys and their values"),
    **dict.fromkeys(("int_type", "int_parsing", "int_from_float"), "expected a whole number"),
    **dict.fromkeys(("float_type", "float_parsing", "finite_number"), "expected a number"),
    "int_parsing_size": "expected a smaller number",
    "string_type": "expected one text",
    "string_unicode": "expected text in UTF-8",
    "tuple_type": "expected a list, such as [a, b]",
    "too_short": "expected one entry at least",
}
