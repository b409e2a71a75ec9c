"""The rows as tables."""

from collections.abc import Callable, Iterator, Sequence

from benchmarks.visit.rows import Row, Rows
from benchmarks.visit.tools import LIMIT

# Heading, width, and what stands there.
_COLUMNS: tuple[tuple[str, int, Callable[[Row], str]], ...] = (
    ("wall s", 8, lambda row: f"{row.wall_s:.2f}"),
    ("from – to", 16, lambda row: f"{row.quickest_s:.2f} – {row.slowest_s:.2f}"),
    ("before", 8, lambda row: f"{row.before_s:.2f}"),
    ("after", 7, lambda row: f"{row.after_s:.2f}"),
    ("CPU s", 7, lambda row: f"{row.cpu_s:.2f}"),
    ("MB", 5, lambda row: f"{row.peak_mb:.0f}"),
    ("asked", 7, lambda row: f"{row.requests / row.size:.2f}"),
    ("read MB", 9, lambda row: f"{row.sent / 1e6:.1f}"),
    ("a host", 8, lambda row: f"{row.most_per_host}"),
    ("false", 9, lambda row: _of(row.score.false_alarms, row.score.fine)),
    ("missed", 8, lambda row: _of(row.score.missed, row.score.broken)),
    ("soft", 7, lambda row: _of(row.score.soft_told, row.score.soft)),
    ("swapped", 9, lambda row: _of(row.score.swapped_told, row.score.swapped)),
    ("titles", 11, lambda row: _of(row.score.titles, row.score.fine) if row.score.titles else ""),
)


def tables(rows: Rows) -> Iterator[str]:
    """One for each newsletter, the quickest tool first."""
    for web, size in dict.fromkeys((row.web, row.size) for row in rows.values()):
        some = [row for row in rows.values() if (row.web, row.size) == (web, size)]
        yield from _table(sorted(some, key=lambda row: row.wall_s))
        yield ""


def _table(rows: Sequence[Row]) -> Iterator[str]:
    yield from _title(rows[0])
    yield " " * 16 + "".join(f"{heading:>{width}}" for heading, width, _ in _COLUMNS)
    for row in rows:
        name = f"{row.tool} (limit)" if row.kind == LIMIT else row.tool
        cells = "".join(f"{cell(row):>{width}}" for _, width, cell in _COLUMNS)
        yield f"{name:16}{cells}  {'; '.join(_notes(row))}".rstrip()


def _title(row: Row) -> Iterator[str]:
    limits = row.limits
    if limits.chain_s == 0:
        yield f"web {row.web}, {row.size} links, no latency"
        return
    yield f"web {row.web}, {row.size} links; the least that it takes:"
    yield (
        f"  slowest chain {limits.bench_chain_s:.2f} s; "
        f"with SendGuard's own pauses and second looks {limits.chain_s:.2f} s"
    )
    yield (
        f"  busiest host, 8 at a time {limits.busiest_host_s:.2f} s; "
        f"all in the order of the newsletter {limits.in_line_s:.2f} s"
    )


def _notes(row: Row) -> Iterator[str]:
    if row.score.absent:
        yield f"said nothing of {row.score.absent}"
    if row.score.warned:
        yield f"warned of {row.score.warned} fine ones"
    if row.late:
        yield f"{row.late} of {row.runs} runs took too long"


def _of(found: int, of: int) -> str:
    return f"{found}/{of}" if of else ""
