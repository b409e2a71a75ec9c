"""The blast radius: how large is the audience, and is it as large as the author has in mind?"""

from collections.abc import Iterable
from dataclasses import dataclass

TIMES_USUAL = 2
"""Lists grow by a few in a hundred from issue to issue. A whole list in the place of one group, or
a test's single reader become everyone, is a multiple."""
MORE_THAN_USUAL = 100
"""Small lists do grow by leaps, and the harm is small."""
MOST_TOLD_APART = 200_000
"""So many are told apart, in 15 MB; of more, whoever is there twice may count twice."""


@dataclass(frozen=True, slots=True, kw_only=True)
class HeadCount:
    """How many people an audience is.

    Attributes:
        rows: Rows that are readers; somebody who is there twice has two.
        people: Those who get one message each; at most so many where not `is_exact`.
        is_exact: There were few enough to be told apart.
    """

    rows: int
    people: int
    is_exact: bool = True

    @classmethod
    def of(cls, keys: Iterable[str]) -> "HeadCount":
        """Count keys, without keeping them."""
        known, rows, people = set[int](), 0, 0
        for key in keys:
            rows += 1
            mark = hash(key)  # of 64 bits, drawn anew for each run: two people never share one
            if mark not in known:
                people += 1
                if len(known) < MOST_TOLD_APART:
                    known.add(mark)
        return cls(rows=rows, people=people, is_exact=people == len(known))

    @property
    def told(self) -> str:
        """`1,200`, or `up to 1,000,000`."""
        return f"{self.people:,}" if self.is_exact else f"up to {self.people:,}"


def doubt_size(
    counted: HeadCount, expected: int | None, usual: int | None, confirmed: int | None
) -> str | None:
    """Why nothing goes out yet; None where nothing speaks against the size.

    Nobody minds an audience that is smaller than expected.

    Args:
        counted: Readers that it would go to.
        expected: `expected_recipients`; where that is kept to, what is usual does not matter.
        usual: Median size of the series' issues; None where too few are known.
        confirmed: The number that a person said; None for none.
    """
    count = counted.people
    if confirmed == count:
        return None
    if confirmed is not None:
        said = _readers(HeadCount(rows=confirmed, people=confirmed))
        return f"you said {said}, but the audience has {counted.told}. {_advice(count)}"
    if expected is not None:
        if count <= expected:
            return None
        return (
            f"the audience has {_readers(counted)}, but campaign.yaml expects {expected:,} "
            f"(expected_recipients). {_advice(count)}"
        )
    if usual is not None and count > TIMES_USUAL * usual and count >= usual + MORE_THAN_USUAL:
        return (
            f"the audience has {_readers(counted)}, but an issue of this series usually goes to "
            f"about {usual:,}. {_advice(count)}"
        )
    return None


def _readers(counted: HeadCount) -> str:
    return "1 reader" if counted.people == 1 else f"{counted.told} readers"


def _advice(count: int) -> str:
    whom = "that one" if count == 1 else f"all {count:,}"
    return f"If it is to go to {whom}, say so with --recipients {count}; else mend the audience."
