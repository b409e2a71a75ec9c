"""What a tool said, held against the truth."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields

from benchmarks.visit.behaviours import Truth
from benchmarks.visit.newsletters import Entry
from benchmarks.visit.told import Says, Told, Verdicts


@dataclass(frozen=True, slots=True, kw_only=True)
class Score:
    """Counts of links.

    Attributes:
        false_alarms: Of `fine`: called broken, or another article while it is the right one.
        warned: Of `fine`: only warned about, without a reason.
        missed: Of `broken`: called fine.
        soft_told: Of `soft`: called anything but fine.
        swapped_told: Of `swapped` (under another article's headline): said to be.
        titles: Of `fine`: the title was read.
        absent: Nothing was said of it.
    """

    fine: int = 0
    broken: int = 0
    soft: int = 0
    swapped: int = 0
    false_alarms: int = 0
    warned: int = 0
    missed: int = 0
    soft_told: int = 0
    swapped_told: int = 0
    titles: int = 0
    absent: int = 0


def score(entries: Iterable[Entry], verdicts: Verdicts) -> Score:
    """The count."""
    each = [_score(entry, verdicts.get(entry.url)) for entry in entries]
    return Score(**{it.name: sum(getattr(one, it.name) for one in each) for it in fields(Score)})


def _score(entry: Entry, told: Told | None) -> Score:
    if told is None:
        return _of_truth(entry, Told(link=Says.OK), absent=1)
    return _of_truth(entry, told, absent=0)


def _of_truth(entry: Entry, told: Told, *, absent: int) -> Score:
    said = max(told.link, told.article)
    match entry.truth:
        case Truth.BROKEN:
            return Score(broken=1, missed=said is Says.OK, absent=absent)
        case Truth.SOFT:
            return Score(soft=1, soft_told=said is not Says.OK, absent=absent)
        case Truth.FINE:
            return _of_fine(entry, told, absent)


def _of_fine(entry: Entry, told: Told, absent: int) -> Score:
    wrongly = told.link if entry.is_swapped else max(told.link, told.article)
    return Score(
        fine=1,
        swapped=entry.is_swapped,
        false_alarms=wrongly is Says.BROKEN,
        warned=wrongly is Says.WARN,
        swapped_told=entry.is_swapped and told.article is not Says.OK,
        titles=entry.article.title in told.title,
        absent=absent,
    )


_THE_LESS_THE_BETTER = {"false_alarms", "warned", "missed", "absent"}


def worst(scores: Sequence[Score]) -> Score:
    """Each count at its worst."""
    return Score(
        **{
            it.name: (max if it.name in _THE_LESS_THE_BETTER else min)(
                getattr(one, it.name) for one in scores
            )
            for it in fields(Score)
        }
    )
