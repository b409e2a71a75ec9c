"""How far the sureness of a match can be believed: of those called 0.9, are nine in ten right?"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from benchmarks.accuracy.addresses import key
from benchmarks.accuracy.rows import Node, Row
from benchmarks.accuracy.shapes import Letter, Served
from benchmarks.accuracy.web import page_of
from sendguard.intent import From, Intent
from sendguard.judge.match import match_page
from sendguard.values import Url
from sendguard.visit import Answered, Hop
from sendguard.visit.page import read_page

BINS = 10
THRESHOLDS = (0.1, 0.2, 0.3, 0.4, 0.5)
_WIDTH = 40


@dataclass(frozen=True, slots=True)
class Matched:
    """One page held against one intent, and whether it was the right page."""

    kind: str
    right: bool
    sureness: float


def matches(letters: Iterable[Letter], rows: Iterable[Row]) -> list[Matched]:
    """Each link that stood alone, matched once more; those without an intent are left out."""
    webs = {letter.id: letter.pages for letter in letters}
    found = (_matched(row, webs[row.letter].get(key(row.href))) for row in rows if not row.company)
    return [one for one in found if one]


def _matched(row: Row, served: Served | None) -> Matched | None:
    url = Url.parse(row.href)
    if served is None or url is None or row.intent is None or row.kind == "moved":
        return None
    body = page_of(served, key(row.href)).encode()
    page = read_page(body, media_type="text/html", charset="utf-8", url=url)
    match = match_page(_intent(row.intent), Answered(hops=(Hop(url, 200),), page=page))
    return Matched(row.kind, not row.wrong, match.sureness) if match else None


def _intent(told: Node) -> Intent:
    return Intent(
        title=told["title"],
        url=Url.parse(told["url"] or ""),
        source=From(told["source"]),
        sureness=told["sureness"],
    )


def curve(found: Sequence[Matched]) -> Iterator[str]:
    """The calibration as a table and a plot."""
    yield f"{'called':12}{'matches':>8}{'right':>7}{'share':>8}"
    off = 0.0
    for at in range(BINS):
        some = [one for one in found if min(int(one.sureness * BINS), BINS - 1) == at]
        right = sum(one.right for one in some)
        name = f"{at / BINS:.1f} to {(at + 1) / BINS:.1f}"
        if not some:
            yield f"{name:12}{0:8}"
            continue
        share, called = right / len(some), sum(one.sureness for one in some) / len(some)
        off += abs(share - called) * len(some)
        yield f"{name:12}{len(some):8}{right:7}{share:8.1%}  {_plot(share, called)}"
    yield f"off by {off / max(len(found), 1):.3f} on average  (█ are right, | were called right)"


def _plot(share: float, called: float) -> str:
    bar = "█" * round(share * _WIDTH)
    at = min(round(called * _WIDTH), _WIDTH - 1)
    padded = bar.ljust(_WIDTH)
    return f"{padded[:at]}|{padded[at + 1 :]}".rstrip()


def thresholds(found: Iterable[Matched], kind: str) -> Iterator[str]:
    """What would be told, and falsely alarmed about, if less than a sureness were told."""
    some = [one for one in found if one.kind == kind]
    wrong = [one.sureness for one in some if not one.right]
    right = [one.sureness for one in some if one.right]
    yield f"{'told below':12}{'wrong told':>12}{'right alarmed':>16}"
    for limit in THRESHOLDS:
        told, false = (_share_below(limit, values) for values in (wrong, right))
        yield f"{limit:<12}{told:12.1%}{false:16.1%}"


def _share_below(limit: float, values: Sequence[float]) -> float:
    return sum(value < limit for value in values) / max(len(values), 1)
