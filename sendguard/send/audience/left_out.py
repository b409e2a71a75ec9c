"""The rows of an audience that cannot be used: counted, and the first of them told."""

from collections.abc import Iterable, Iterator

from sendguard.send.audience.records import BadRow
from sendguard.send.delivery import Reader

MOST_TOLD = 10


class LeftOut:
    """Counts the rows that are left out while an audience is gone through.

    Attributes:
        count: How many there were.
        first: The first of them.
    """

    def __init__(self) -> None:
        self.count = 0
        self.first: list[BadRow] = []

    def sift(self, rows: Iterable[Reader | BadRow]) -> Iterator[Reader]:
        """The readers, as they come."""
        for row in rows:
            if isinstance(row, BadRow):
                self._note(row)
            else:
                yield row

    def told(self, name: str, means: str = "left out, so nobody there gets it") -> tuple[str, ...]:
        """What to say of them, line by line; nothing where there were none.

        Args:
            name: Of the file.
            means: What became of them.
        """
        if not self.count:
            return ()
        rows = "1 row was" if self.count == 1 else f"{self.count:,} rows were"
        others = self.count - len(self.first)
        return (
            f"{rows} {means}:",
            *(f"  {name}:{row.line}: {row.says}" for row in self.first),
            *([f"  and {others:,} more"] if others else []),
        )

    def _note(self, row: BadRow) -> None:
        self.count += 1
        if len(self.first) < MOST_TOLD:
            self.first.append(row)
