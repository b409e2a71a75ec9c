"""The lines of an audience file, decoded one at a time."""

from collections import deque
from collections.abc import Iterable, Iterator

from sendguard.errors import Unreadable
from sendguard.values import Place

LONGEST_LINE = 1024 * 1024
"""Bytes of one line, and characters of one row, at most."""

_WIDE = (b"\xff\xfe", b"\xfe\xff", b"\0\0\xfe\xff")
_MARK = b"\xef\xbb\xbf"


class TooLong(Exception):
    """A row goes on and on."""


class Lines:
    """The lines of a file; those of the row that is being read can be gone back over.

    Attributes:
        first: Number of the line on which the row began, from 1.
        has_nul: The row holds the character NUL.
        has_more: The row is more than one line long.

    Args:
        pieces: The file, cut behind each line end; of a line beyond `LONGEST_LINE` bytes, pieces of
            that length.
        name: Of the file, for complaints.
    """

    def __init__(self, pieces: Iterable[bytes], name: str) -> None:
        self._pieces = iter(pieces)
        self._name = name
        self._again: deque[str] = deque()
        self._row: list[str] = []
        self._size = 0
        self._line = 0
        self._is_begun = False
        self.first = 1
        self.has_nul = False

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        """The next line of the row, with its line end.

        Raises:
            TooLong: The row, or the line, is too long.
            Unreadable: It is not UTF-8.
        """
        text = self._again.popleft() if self._again else self._decoded(next(self._pieces))
        self._line += 1
        self._row.append(text)
        self._size += len(text)
        if "\0" in text:
            self.has_nul = True
        if self._size > LONGEST_LINE:
            raise TooLong
        return text

    @property
    def has_more(self) -> bool:
        """Is the row more than one line long?"""
        return len(self._row) > 1

    @property
    def old_line_ends(self) -> int:
        """How many line ends of old Macs stand inside the row's first line."""
        return self._row[0].rstrip("\r\n").count("\r") if self._row else 0

    def begin_row(self) -> None:
        """From now on it is another row."""
        self._row.clear()
        self._size = 0
        self.first = self._line + 1
        self.has_nul = False

    def go_back(self) -> None:
        """Let all lines of the row but its first be read again."""
        self._again.extendleft(reversed(self._row[1:]))
        self._line -= max(0, len(self._row) - 1)
        self.begin_row()

    def peek(self) -> str | None:
        """The next line, which stays the next one; None at the end.

        Raises:
            Unreadable: It is too long, or not UTF-8.
        """
        self.begin_row()
        try:
            text = next(self, None)
        except TooLong:
            says = "this line is too long to be one of a list of readers"
            raise Unreadable(says, Place(self._name, self._line)) from None
        if text is None:
            return None
        self._again.appendleft(text)
        self._line -= 1
        self.begin_row()
        return text

    def _decoded(self, piece: bytes) -> str:
        if not self._is_begun:
            self._is_begun = True
            self._refuse_wide(piece)
            piece = piece.removeprefix(_MARK)
        if len(piece) >= LONGEST_LINE:
            self._pass_over(piece)
            return " " * (LONGEST_LINE + 1)
        try:
            return piece.decode("utf-8")
        except UnicodeDecodeError:
            raise self._not_utf8(piece) from None

    def _pass_over(self, piece: bytes) -> None:
        """Nobody writes such a line by hand: what it holds is not looked at."""
        while len(piece) >= LONGEST_LINE and not piece.endswith(b"\n"):
            piece = next(self._pieces, b"")

    def _refuse_wide(self, piece: bytes) -> None:
        if piece.startswith(_WIDE) or piece[1:2] == b"\0" or piece[:1] == b"\0":
            raise Unreadable(
                "this is not UTF-8 but UTF-16: save it again as “CSV UTF-8”", Place(self._name, 1)
            )

    def _not_utf8(self, piece: bytes) -> Unreadable:
        seems = "UTF-16" if b"\0" in piece else "windows-1252 (Latin-1)"
        return Unreadable(
            f"this is not UTF-8, it looks like {seems}: save the file again as “CSV UTF-8”",
            Place(self._name, self._line + 1),
        )
