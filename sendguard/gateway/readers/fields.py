"""What differs from copy to copy as merge fields, and what each of them says to a reader."""

from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass, field
from typing import TypeAlias

from sendguard.gateway.readers.survey import Survey, is_spelt

Read: TypeAlias = Callable[[str], str]
"""What a field says, from what stands in a reader's copy."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """What one field says to each reader.

    Attributes:
        name: Of the field.
        places: That it is made of.
        read: Makes its value of what stands there.
    """

    name: str
    places: range
    read: Read


@dataclass(slots=True)
class Fields:
    """The fields of a campaign, one for all places that say the same to each reader.

    Attributes:
        survey: Where copies differ.
        columns: One for each field, in order.
    """

    survey: Survey
    columns: list[Column] = field(default_factory=list)
    _names: dict[Hashable, str] = field(default_factory=dict)

    def field(self, places: range, read: Read, kind: Hashable) -> str:
        """A field for what stands at these places, as it is written.

        Args:
            places: Next to each other.
            read: See `Column`.
            kind: What tells this way to read from others.
        """
        words, marks = self.survey.baseline.words, self.survey.marks
        told = tuple((words[place - 1], marks.get(place)) for place in places)
        spelt = self.survey.spelt
        if isinstance(kind, str) and not any(
            place in spelt or is_spelt(words[place - 1]) for place in places
        ):
            read, kind = str, "words"  # all ways to read come to the same
        name = self._names.setdefault((kind, told), f"part_{len(self.columns) + 1}")
        if len(self._names) > len(self.columns):
            self.columns.append(Column(name=name, places=places, read=read))
        # Without blanks: an address in plain text ends at one.
        return f"{{{{{name}}}}}"

    def whole(self, piece: int, read: Read, kind: Hashable) -> str:
        """A field for what a reader's own piece of that number says."""
        starts = self.survey.baseline.starts
        return self.field(range(starts[piece], starts[piece + 1]), read, kind)

    def values(self, parts: Mapping[int, str]) -> tuple[str, ...]:
        """What every field says to a reader of whom this is known."""
        baseline = self.survey.baseline
        own, words = baseline.whole(parts), baseline.words
        return tuple(
            one.read("".join(own.get(place, words[place - 1]) for place in one.places))
            for one in self.columns
        )
