"""A text as bytes, made once and cut at its merge fields: to fill it in is to join the pieces."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import TypeAlias

from sendguard.send.merge import Value, Values, valued
from sendguard.send.standing import Standing

Filling: TypeAlias = Callable[[Values], bytes]
"""What one reader's values make of a piece."""

Piece: TypeAlias = bytes | Filling
"""The same for all readers, or made for each."""

Encode: TypeAlias = Callable[[str], bytes]


@dataclass(frozen=True, slots=True)
class Cut:
    """Pieces in order; those in `slots` are filled in for each reader."""

    pieces: tuple[bytes, ...]
    slots: tuple[tuple[int, Filling], ...]

    @classmethod
    def of(cls, pieces: Iterable[Piece]) -> "Cut":
        """These pieces, neighbours that never change put together."""
        every = tuple(_together(pieces))
        slots = tuple((at, piece) for at, piece in enumerate(every) if not isinstance(piece, bytes))
        return cls(tuple(p if isinstance(p, bytes) else b"" for p in every), slots)

    def fill(self, values: Values) -> bytes:
        """The whole for one reader."""
        pieces = list(self.pieces)
        for at, filling in self.slots:
            pieces[at] = filling(values)
        return b"".join(pieces)


def cut_at_fields(
    text: str,
    fields: Iterable[Standing],
    columns: Sequence[str],
    *,
    fixed: Encode,
    filled: Encode,
) -> Iterator[Piece]:
    """The pieces of a text.

    Args:
        text: All of it.
        fields: Where fields stand in it, in order.
        columns: Of the readers' rows.
        fixed: Encodes what is the same for all.
        filled: Encodes an escaped value.
    """
    end = 0
    for found in fields:
        yield fixed(text[end : found.start])
        yield _filling(valued(found.field, columns), found.escape, filled)
        end = found.end
    yield fixed(text[end:])


def _filling(value: Value, escape: Callable[[str], str], encode: Encode) -> Filling:
    return lambda values: encode(escape(value(values)))


def _together(pieces: Iterable[Piece]) -> Iterator[Piece]:
    for is_fixed, group in groupby(pieces, key=lambda piece: isinstance(piece, bytes)):
        if is_fixed:
            yield b"".join(piece for piece in group if isinstance(piece, bytes))
        else:
            yield from group
