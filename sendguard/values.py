"""The few words that every chapter shares: addresses, places, severities, decisions."""

from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from itertools import accumulate
from urllib.parse import SplitResult, urljoin, urlsplit


class Severity(StrEnum):
    """How much one finding weighs."""

    BLOCK = "block"
    WARN = "warn"
    NOTE = "note"


class Decision(StrEnum):
    """May it go out? `unverified` is no pass: it could not be determined."""

    PASS = "pass"
    UNVERIFIED = "unverified"
    BLOCK = "block"

    @staticmethod
    def worst(decisions: Iterable["Decision"]) -> "Decision":
        """The gravest of `decisions`; `pass` when there are none."""
        order = list(Decision)
        return max(decisions, key=order.index, default=Decision.PASS)


@dataclass(frozen=True, slots=True)
class Place:
    """Where something stands in a campaign's own source, as an editor counts it.

    Attributes:
        file: Path relative to the campaign folder, with forward slashes; `-` for standard input.
        line: Counted from 1.
        column: Counted from 1, in characters; None where it cannot be told.
    """

    file: str
    line: int
    column: int | None = None

    def __str__(self) -> str:
        parts = (self.file, self.line, self.column)
        return ":".join(str(part) for part in parts if part is not None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Lines:
    """How offsets in a decoded text answer to lines of the file that it came from.

    Attributes:
        file: As in `Place.file`.
        starts: Offset in the text, in characters, at which each line of the file begins.
        first: Number of the file's line that `starts[0]` stands for, from 1.
        columns: False where the file spells its characters otherwise (base64,
            quoted-printable), so that a column would mislead.
    """

    file: str
    starts: tuple[int, ...]
    first: int = 1
    columns: bool = True

    @classmethod
    def of(cls, file: str, text: str, *, first: int = 1) -> "Lines":
        """The lines of a text that stands in its file as it is."""
        lengths = (len(line) + 1 for line in text.split("\n"))
        starts = tuple(accumulate(lengths, initial=0))[:-1]
        return cls(file=file, starts=starts, first=first)

    def place(self, offset: int) -> Place:
        """The place of the character at `offset`."""
        at = bisect_right(self.starts, offset) - 1
        column = offset - self.starts[at] + 1 if self.columns else None
        return Place(self.file, self.first + at, column)

    def offset(self, line: int, column: int) -> int:
        """The offset of a character by its line in the text (from 1) and column (from 0)."""
        return self.starts[line - 1] + column


_KEPT = 4_096  # addresses taken apart; each is asked for its host, its path… by many rules

LONGEST_ADDRESS = 8_000
"""Characters of an address; RFC 9110, section 4.1, asks nobody to take more."""


@dataclass(frozen=True, slots=True)
class Url:
    """An absolute http or https address that parsed; see `Url.parse`."""

    text: str

    @classmethod
    def parse(cls, text: str, base: "Url | None" = None) -> "Url | None":
        """Return the address, resolved against `base`, or None when it is no web address."""
        stripped = text.strip()
        if len(stripped) > LONGEST_ADDRESS:
            return None
        try:
            whole = urljoin(base.text, stripped) if base else stripped
            parts = _split(whole)
            usable = parts.scheme in {"http", "https"} and parts.hostname and parts.port != 0
        except ValueError:
            return None
        return cls(whole) if usable and not _UNFIT.intersection(whole) else None

    @property
    def scheme(self) -> str:
        """`http` or `https`."""
        return _split(self.text).scheme

    @property
    def host(self) -> str:
        """Host name in lower case, without the port."""
        return _host(self.text)

    @property
    def port(self) -> int:
        """The port, written or implied by the scheme."""
        return _split(self.text).port or (443 if self.scheme == "https" else 80)

    @property
    def path(self) -> str:
        """Path as written, `/` when empty."""
        return _split(self.text).path or "/"

    @property
    def query(self) -> str:
        """What stands behind the `?`, without it."""
        return _split(self.text).query

    @property
    def fragment(self) -> str:
        """What stands behind the `#`, without it; never sent to a server."""
        return _split(self.text).fragment

    @property
    def page(self) -> "Url":
        """The address without its fragment: what a server is asked for."""
        return Url(self.text.partition("#")[0])


@lru_cache(_KEPT)
def _split(text: str) -> SplitResult:
    return urlsplit(text)


@lru_cache(_KEPT)
def _host(text: str) -> str:
    return _split(text).hostname or ""


# Never part of an address; urlsplit would drop some of them silently.
_UNFIT = frozenset(' \t\r\n<>"{}\\\0')
