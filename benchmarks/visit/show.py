"""The rows and the bars as tables."""

from collections.abc import Iterable, Iterator, Sequence

from benchmarks.visit.bars import Bar
from benchmarks.visit.rows import Row, Rows
from benchmarks.visit.tools import LIMIT

_MARKS = {True: "holds", False: "DOES NOT HOLD", None: ""}


def tables(rows: Rows) -> Iterator[str]:
    """One for each newsletter, the quickest tool first."""
    for web, size in dict.fromkeys((row.web, row.size) for row in rows.values()):
        some = [row for row in rows.values() if (row.web, row.size) == (web, size)]
        yield from _table(sorted(some, key=lambda row: row.wall_s))
        yield ""


def _table(rows: Sequence[Row]) -> Iterator[str]:
    yield _title(rows[0])
    yield (
        f"{'':16}{'wall s':>8}{'from – to':>16}{'CPU s':>7}{'MB':>5}{'asked':>7}{'read MB':>9}"
        f"{'a host':>8}{'false':>9}{'missed':>8}{'soft':>7}{'swapped':>9}{'titles':>11}"
    )
    yield from map(_line, rows)


def _title(row: Row) -> str:
    limits = row.limits
    if limits.chain_s == 0:
        return f"web {row.web}, {row.size} links, no latency"
    return (
        f"web {row.web}, {row.size} links; slowest chain {limits.bench_chain_s:.2f} s, "
        f"with SendGuard's pauses and second looks {limits.chain_s:.2f} s; "
        f"busiest host, 8 at a time {limits.busiest_host_s:.2f} s, "
        f"all in reading order {limits.in_line_s:.2f} s"
    )


def _line(row: Row) -> str:
    found, kind = row.score, " (limit)" if row.kind == LIMIT else ""
    spread = f"{row.quickest_s:.2f} – {row.slowest_s:.2f}"
    titles = f"{found.titles}/{found.fine}" if found.titles else ""
    notes = (
        *(f"said nothing of {it}" for it in (found.absent,) if it),
        *(f"warned of {it} fine ones" for it in (found.warned,) if it),
        *(f"{it} runs took too long" for it in (row.late,) if it),
    )
    return (
        f"{row.tool + kind:16}{row.wall_s:8.2f}{spread:>16}{row.cpu_s:7.2f}{row.peak_mb:5.0f}"
        f"{row.requests / row.size:7.2f}{row.sent / 1e6:9.1f}{row.most_per_host:8}"
        f"{_of(found.false_alarms, found.fine):>9}{_of(found.missed, found.broken):>8}"
        f"{_of(found.soft_told, found.soft):>7}{_of(found.swapped_told, found.swapped):>9}"
        f"{titles:>11}  {'; '.join(notes)}"
    ).rstrip()


def _of(found: int, of: int) -> str:
    return f"{found}/{of}" if of else ""


def bar_table(bars: Iterable[Bar]) -> Iterator[str]:
    """What is asked, what is reached."""
    yield f"{'asked':50}{'measured':>24}  {'bar':12}"
    for bar in bars:
        yield f"{bar.asked:50}{bar.measured:>24}  {bar.bar:12}{_MARKS[bar.is_met]}".rstrip()
