"""What a section of config.yaml is, and which keys there are."""

from collections.abc import Iterator
from typing import Any, TypeAlias

from pydantic import BaseModel, ConfigDict
from pydantic.fields import FieldInfo

Path: TypeAlias = tuple[str, ...]
"""The names of a key from the top: `visit`, `at_once`."""


class Section(BaseModel):
    """A part of config.yaml: frozen, and no key passes unread."""

    model_config = ConfigDict(
        frozen=True, extra="forbid", allow_inf_nan=False, hide_input_in_errors=True
    )


def section_at(field: FieldInfo) -> type[Section] | None:
    """The section that a field holds; None for a value."""
    kind: Any = field.annotation
    return kind if isinstance(kind, type) and issubclass(kind, Section) else None


def keys_of(section: type[Section], above: Path = ()) -> Iterator[tuple[Path, FieldInfo]]:
    """Every value's key, with its field, in the order in which they are told."""
    for name, field in section.model_fields.items():
        within = section_at(field)
        if within:
            yield from keys_of(within, (*above, name))
        else:
            yield (*above, name), field
