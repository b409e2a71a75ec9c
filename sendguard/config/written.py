"""What stands in YAML: all text as it was written, and the line of each key.

Whether “007” is a number is for the key to say that it is written at, so nothing is guessed here.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TypeAlias

from sendguard.config.section import Path
from sendguard.errors import BadConfig

if TYPE_CHECKING:
    import yaml

Value: TypeAlias = str | list["Value"] | dict[str, "Value"] | None

DEEPEST = 20
_NULL = "tag:yaml.org,2002:null"
# All that YAML's complaints ever repeat of the text is a name after an exclamation mark.
_NAMED = r"'[^']*!.*'"


@dataclass(frozen=True, slots=True)
class Written:
    """A text that was read.

    Attributes:
        value: Texts, None, lists, and mappings with names for keys.
        lines: The line of each key and of each entry of a list, counted from 1.
    """

    value: Value = None
    lines: Mapping[Path, int] = field(default_factory=dict)


def read_yaml(text: str, name: str) -> Written:
    """What `text` says; `name` is what complaints call it.

    Raises:
        BadConfig: It is no YAML, or uses what settings never need.
    """
    if not text.strip():
        return Written()
    import yaml

    try:
        _refuse_tricks(text, name)
        node = yaml.compose(text, Loader=yaml.SafeLoader)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        where = f"{name}:{mark.line + 1}:{mark.column + 1}" if mark else name
        says = re.sub(_NAMED, "…", str(getattr(error, "problem", None) or "odd characters"))
        # With its cause, whoever prints the exception would print the line, password and all.
        raise BadConfig(f"{where}: not YAML: {says}") from None
    lines: dict[Path, int] = {}
    return Written(_value(node, (), lines, name), lines)


def _refuse_tricks(text: str, name: str) -> None:
    """Refuse what settings never need and what would cost without end."""
    import yaml

    depth = 0
    for event in yaml.parse(text, Loader=yaml.SafeLoader):
        depth += isinstance(event, yaml.CollectionStartEvent)
        depth -= isinstance(event, yaml.CollectionEndEvent)
        if depth > DEEPEST or getattr(event, "anchor", None) is not None:
            raise _bad(event, name, "references (*name) and deep nesting are not used here")
        if getattr(event, "tag", None) is not None:
            raise _bad(event, name, "a value that begins with “!” has to stand between quotes")


def _bad(at: "yaml.Event | yaml.Node", name: str, says: str) -> BadConfig:
    line = at.start_mark.line + 1 if at.start_mark else 1
    return BadConfig(f"{name}:{line}: {says}")


def _value(node: "yaml.Node | None", path: Path, lines: dict[Path, int], name: str) -> Value:
    import yaml

    if isinstance(node, yaml.MappingNode):
        return _mapping(node, path, lines, name)
    if isinstance(node, yaml.SequenceNode):
        return _sequence(node, path, lines, name)
    return None if node is None or node.tag == _NULL else node.value


def _mapping(
    node: "yaml.MappingNode", path: Path, lines: dict[Path, int], name: str
) -> dict[str, Value]:
    import yaml

    found: dict[str, Value] = {}
    for key, value in node.value:
        if not isinstance(key, yaml.ScalarNode):
            raise _bad(key, name, "a key has to be a name")
        here = (*path, key.value)
        if key.value in found:
            raise _bad(key, name, f"this key stands already in line {lines[here]}")
        lines[here] = key.start_mark.line + 1
        found[key.value] = _value(value, here, lines, name)
    return found


def _sequence(
    node: "yaml.SequenceNode", path: Path, lines: dict[Path, int], name: str
) -> list[Value]:
    entries = []
    for at, value in enumerate(node.value):
        lines[*path, f"{at}"] = value.start_mark.line + 1
        entries.append(_value(value, (*path, f"{at}"), lines, name))
    return entries
