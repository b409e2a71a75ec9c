"""The figures as tables."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence

from benchmarks.accuracy.bars import Figure, figures
from benchmarks.accuracy.rows import Alarm, Node, Row, wilson

_GROUPS = {
    ("wrongs", False): "another article, alone",
    ("wrongs", True): "another article, in company",
    ("issues", True): "whole issues",
    ("swapped", True): "whole issues",
}


def tables(rows: Sequence[Row]) -> str:
    """Mistakes by kind, right links by kind, and what is asked of both."""
    return "\n".join((*_mistakes(rows), "", *_right(rows), "", *bars(figures(rows))))


def _mistakes(rows: Sequence[Row]) -> Iterator[str]:
    yield f"{'mistakes':44}{'rows':>6}{'block':>7}{'warn':>6}{'missed':>8}{'told':>8}  95 %"
    for name, some in _by_kind(row for row in rows if row.wrong).items():
        got = Counter(row.got for row in some)
        told = len(some) - got[Alarm.SILENT]
        yield (
            f"{name:44}{len(some):6}{got[Alarm.BLOCK]:7}{got[Alarm.WARN]:6}"
            f"{got[Alarm.SILENT]:8}{told / len(some):8.1%}  {_interval(told, len(some)):13}"
            f"  {_codes(some)}"
        )
    swapped = [row for row in rows if row.group == "swapped"]
    if swapped:
        yield f"(both of two swapped links: {sum(row.both for row in swapped)} of {len(swapped)})"


def _right(rows: Sequence[Row]) -> Iterator[str]:
    yield f"{'right':44}{'links':>6}{'block':>7}  {'95 %':14}{'warn':>6}  95 %"
    for name, some in _by_kind(row for row in rows if not row.wrong).items():
        got, of = Counter(row.got for row in some), len(some)
        yield (
            f"{name:44}{of:6}{got[Alarm.BLOCK]:7}  {_interval(got[Alarm.BLOCK], of):14}"
            f"{got[Alarm.WARN]:6}  {_interval(got[Alarm.WARN], of):14}  {_codes(some)}"
        )


def _by_kind(rows: Iterable[Row]) -> dict[str, list[Row]]:
    found = defaultdict[str, list[Row]](list)
    for row in rows:
        found[_name(row)].append(row)
    return dict(sorted(found.items()))


def _name(row: Row) -> str:
    if row.group == "all":
        return f"whole issues: {row.kind}"
    if not row.wrong:
        return f"{'in company' if row.company else 'alone'}: {row.kind}"
    return f"{_GROUPS[row.group, row.company]}: {row.kind}"


def _codes(rows: Iterable[Row]) -> str:
    """What was said, the most frequent first."""
    times = Counter(code for row in rows for code in row.codes)
    return " ".join(f"{code}×{count}" for code, count in times.most_common(5))


def bars(found: Iterable[Figure]) -> Iterator[str]:
    """What is asked, what is reached."""
    yield f"{'asked':38}{'figure':>8}  {'95 %':15}{'of':>6}  bar"
    for figure in found:
        share = figure.hits / figure.of if figure.of else 0.0
        yield (
            f"{figure.name:38}{share:8.1%}  {_interval(figure.hits, figure.of):15}{figure.of:6}"
            f"  {figure.bar:9} {'✓' if figure.reached else '✗'}"
        )


def _interval(hits: int, of: int) -> str:
    low, high = wilson(hits, of)
    return f"{low:.1%}–{high:.1%}"


def unlisted(rows: Iterable[Row]) -> Iterator[str]:
    """How many links that nobody called wrong were wrong all the same."""
    some = [row for row in rows if row.unlisted]
    told = sum(row.told for row in some)
    if some:
        yield f"(not counted: {len(some)} links called right that are wrong; told: {told})"


def too_busy(reports: Iterable[Node]) -> Iterator[str]:
    """A warning where the machine was too slow for the stand-in web, which always answers."""
    links = [link for report in reports for link in report["links"] if link["visit"]]
    late = sum(link["visit"]["trouble"] in {"timeout", "refused", "reset"} for link in links)
    if late:
        yield f"(beware: {late} of {len(links)} visits failed; measure again on a calmer machine)"


def listing(rows: Iterable[Row], kind: str) -> Iterator[str]:
    """The rows of a kind that were missed, or alarmed about falsely, for reading."""
    for row in rows:
        asked = kind in {row.kind, row.group, _name(row), "all"}
        if (kind == "unlisted" and row.unlisted) or (asked and row.told != row.wrong):
            yield f"{_name(row)}  {row.letter}  {row.got}  {' '.join(row.codes)}"
            yield f"    “{row.label}”  {row.href}"
            yield f"    opens: {row.title}   meant: {row.intent}"
            yield from (f"    said: {says}" for says in row.says)
