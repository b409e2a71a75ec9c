"""The lines of a message, each with its number in the file."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from sendguard.read.message.transfer import decode_rows

_LINE = re.compile(rb"[^\n]*+\n|[^\n]++")
_OLD_LINE = re.compile(rb"[^\r]*+\r|[^\r]++")


@dataclass(frozen=True, slots=True, kw_only=True)
class Rows:
    """Lines that follow each other.

    Attributes:
        texts: Their bytes, with their ends.
        numbers: Of the lines in the file, from 1; never falling, one for each text.
        exact: Whether they stand in the file as they are, rather than encoded.
    """

    texts: Sequence[bytes]
    numbers: Sequence[int]
    exact: bool = True

    @classmethod
    def of(cls, raw: bytes) -> "Rows":
        """The lines of a whole file."""
        texts = (_LINE if b"\n" in raw else _OLD_LINE).findall(raw)
        return cls(texts=texts, numbers=range(1, len(texts) + 1))

    @property
    def first(self) -> int:
        """Number of the first line; 1 where there is none."""
        return self.numbers[0] if self.numbers else 1

    def cut(self, start: int, end: int | None = None) -> "Rows":
        """The rows from index `start` to before `end`."""
        return Rows(texts=self.texts[start:end], numbers=self.numbers[start:end], exact=self.exact)

    def unpacked(self, encoding: str) -> "Rows":
        """The lines that these encode, each numbered by the line that it begins in."""
        texts: list[bytes] = []
        numbers: list[int] = []
        decoded = decode_rows(self.texts, encoding)
        for number, chunk in zip(self.numbers, decoded, strict=False):
            for line in _LINE.findall(chunk):
                if texts and not texts[-1].endswith(b"\n"):
                    texts[-1] += line
                else:
                    texts.append(line)
                    numbers.append(number)
        return Rows(texts=texts, numbers=numbers, exact=False)
