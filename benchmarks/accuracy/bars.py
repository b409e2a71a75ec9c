"""What is asked of the program, each with the rows that it is counted on."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from benchmarks.accuracy.rows import Alarm, Row, wilson

WRITING = frozenset(
    "placeholder malformed missing-scheme staging-preview trailing-junk relative-path".split()
)
MISSING_PAGES = frozenset("typo-404 truncated-url wrong-path".split())
NUMBERS = frozenset("wrong-number number-mismatch".split())


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """One figure and what is asked of it.

    Attributes:
        rows: Which rows count.
        hit: Which of them are hits.
        least: The smallest share of hits that will do; None where there is a largest.
        most: The largest share of hits that will do; None where there is a smallest.
    """

    name: str
    rows: Callable[[Row], bool]
    hit: Callable[[Row], bool]
    least: float | None = None
    most: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """A share, counted."""

    name: str
    hits: int
    of: int
    bar: str
    reached: bool

    @property
    def interval(self) -> tuple[float, float]:
        """The 95 % interval of the share."""
        return wilson(self.hits, self.of)


def _alone(group: str, kind: str) -> Callable[[Row], bool]:
    return lambda row: row.group == group and row.kind == kind and not row.company


def _issues(*kinds: str) -> Callable[[Row], bool]:
    return lambda row: row.group in {"issues", "swapped"} and row.kind in kinds


def _told(row: Row) -> bool:
    return row.told


def _is(alarm: Alarm) -> Callable[[Row], bool]:
    return lambda row: row.got is alarm


def _pairs(row: Row) -> bool:
    return row.group == "pairs" and not row.company


def _numbers(row: Row) -> bool:
    return _alone("wrongs", "number")(row) or _issues(*NUMBERS)(row)


def _by_page_missing(row: Row) -> bool:
    return row.told and not any(code in row.codes for code in ("SG301", "SG305"))


BARS = (
    Bar(name="right links blocked", rows=_pairs, hit=_is(Alarm.BLOCK), most=0.003),
    Bar(name="right links warned about", rows=_pairs, hit=_is(Alarm.WARN), most=0.015),
    Bar(name="headline: wrong article told", rows=_alone("wrongs", "same"), hit=_told, least=0.97),
    Bar(
        name="headline: wrong article blocked",
        rows=_alone("wrongs", "same"),
        hit=_is(Alarm.BLOCK),
        least=0.90,
    ),
    Bar(name="wrong number, version, part told", rows=_numbers, hit=_told, least=0.85),
    Bar(
        name="phrase: wrong article told",
        rows=_alone("wrongs", "reworded"),
        hit=_told,
        least=0.20,
    ),
    Bar(name="in the writing told", rows=_issues(*WRITING), hit=_told, least=0.95),
    Bar(name="missing link told", rows=_issues("missing-link"), hit=_told, least=0.50),
    Bar(name="previous issue's link told", rows=_issues("previous-issue"), hit=_told, least=0.90),
    Bar(
        name="neighbour's link told",
        rows=_issues("duplicate-of-neighbour"),
        hit=_told,
        least=0.85,
    ),
    Bar(
        name="404 told, as nothing else",
        rows=_issues(*MISSING_PAGES),
        hit=_by_page_missing,
        least=1.0,
    ),
    Bar(name="swapped links told", rows=_issues("swapped"), hit=_told, least=0.97),
)


def figures(rows: Sequence[Row]) -> list[Figure]:
    """Every bar's figure; those of whole issues come last."""
    return [_figure(bar, rows) for bar in BARS] + _whole_issues(rows)


def _figure(bar: Bar, rows: Sequence[Row]) -> Figure:
    counted = [bar.hit(row) for row in rows if bar.rows(row)]
    return _held(bar.name, sum(counted), len(counted), bar.least, bar.most)


def _held(name: str, hits: int, of: int, least: float | None, most: float | None) -> Figure:
    share = hits / of if of else 0.0
    if least is not None:
        return Figure(name=name, hits=hits, of=of, bar=f"≥ {least:.0%}", reached=share >= least)
    limit = most or 0.0
    return Figure(name=name, hits=hits, of=of, bar=f"≤ {limit:.1%}", reached=share <= limit)


def _whole_issues(rows: Sequence[Row]) -> list[Figure]:
    others = [row for row in rows if row.group == "all"]
    issues = {row.letter for row in others}
    blocked = {row.letter for row in others if row.got is Alarm.BLOCK}
    alarmed = {row.letter for row in others if row.told}
    return [
        _held("issues without a false block", len(issues - blocked), len(issues), 0.97, None),
        _held("… nor a false warning", len(issues - alarmed), len(issues), 0.60, None),
    ]
