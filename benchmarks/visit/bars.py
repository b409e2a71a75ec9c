"""What is asked of a check: figures of one measurement, each held against another of the same."""

from collections.abc import Iterator

from benchmarks.bar import Bar, at_most
from benchmarks.visit.behaviours import HUGE_BYTES
from benchmarks.visit.rows import Row, Rows
from benchmarks.visit.tools import PEER

REQUESTS_A_LINK = 1.45
PEAK_MB = 150
HELP = 1.6


def bars(rows: Rows, help_ratio: float | None) -> Iterator[Bar]:
    """Everything that is asked; `help_ratio` is that of `--help` to `import typer`."""
    yield from (_beside_linkinator(rows, size, most) for size, most in _BESIDE_LINKINATOR)
    yield _every_title(rows)
    for size, more_s in ((20, 0.8), (100, 0.9), (400, 0.9)):
        yield _slowest_chain(rows, size, more_s)
    for size in (100, 400):
        yield _below_every_peer(rows, size)
    yield _busiest_host(rows)
    yield from _verdicts(rows)
    yield _requests(rows)
    yield from _bytes(rows)
    yield _memory(rows)
    yield at_most("--help, CPU beside import typer", help_ratio, HELP, " x")


_BESIDE_LINKINATOR = ((20, 1.4), (100, 1.6), (2000, 2.5))


def _own(rows: Rows, web: str, size: int) -> Row | None:
    return rows.get((web, size, "sendguard"))


def _beside_linkinator(rows: Rows, size: int, most: float) -> Bar:
    own, peer = _own(rows, "A", size), rows.get(("A", size, "linkinator"))
    ratio = own.wall_s / peer.wall_s if own and peer else None
    return at_most(f"web A, {size} links, wall beside linkinator", ratio, most, " x")


def _every_title(rows: Rows) -> Bar:
    asked, bar = "web A, 2000 links, titles read", "all"
    own = _own(rows, "A", 2000)
    if own is None:
        return Bar(asked=asked, bar=bar)
    return _all(asked, own.score.titles, own.score.fine)


def _all(asked: str, found: int, of: int) -> Bar:
    return Bar(asked=asked, bar="all", measured=f"{found} of {of}", is_met=found == of)


def _slowest_chain(rows: Rows, size: int, more_s: float) -> Bar:
    own = _own(rows, "B", size)
    over = own.wall_s - own.limits.chain_s if own else None
    return at_most(f"web B, {size} links, wall over the slowest chain", over, more_s, " s")


def _below_every_peer(rows: Rows, size: int) -> Bar:
    asked, own = f"web B, {size} links, wall beside the quickest peer", _own(rows, "B", size)
    peers = [row for row in rows.values() if _is_peer(row, size)]
    if own is None or not peers:
        return Bar(asked=asked, bar="< 1")
    quickest = min(peers, key=lambda row: row.wall_s)
    ratio = own.wall_s / quickest.wall_s
    return Bar(asked=asked, bar="< 1", measured=f"{ratio:.2f} x {quickest.tool}", is_met=ratio < 1)


def _is_peer(row: Row, size: int) -> bool:
    return row.kind == PEER and row.web == "B" and row.size == size


def _busiest_host(rows: Rows) -> Bar:
    own = _own(rows, "B", 2000)
    least = max(own.limits.chain_s, own.limits.busiest_host_s) if own else 0
    ratio = own.wall_s / least if own else None
    return at_most("web B, 2000 links, wall beside the busiest host's", ratio, 1.25, " x")


def _verdicts(rows: Rows) -> Iterator[Bar]:
    own = _own(rows, "B", 400)
    if own is None:
        yield Bar(asked="web B, 400 links, verdicts", bar="right")
        return
    found, where = own.score, "web B, 400 links"
    yield _none(f"{where}, false alarms", found.false_alarms, found.fine)
    yield _none(f"{where}, missed", found.missed, found.broken)
    told = f"{found.soft_told} of {found.soft}"
    is_met = found.soft_told >= 0.75 * found.soft
    yield Bar(asked=f"{where}, soft 404s told", bar="≥ 6 of 8", measured=told, is_met=is_met)
    yield _all(f"{where}, swapped headlines told", found.swapped_told, found.swapped)


def _none(asked: str, found: int, of: int) -> Bar:
    return Bar(asked=asked, bar="none", measured=f"{found} of {of}", is_met=found == 0)


def _requests(rows: Rows) -> Bar:
    own = [row for row in rows.values() if row.tool == "sendguard"]
    most = max((row.requests / row.size for row in own), default=None)
    return at_most("requests a link, at their most", most, REQUESTS_A_LINK, "")


def _bytes(rows: Rows) -> Iterator[Bar]:
    own, heads = _own(rows, "B", 400), rows.get(("B", 400, "aiohttp"))
    ratio = own.sent / heads.sent if own and heads else None
    yield at_most("web B, 400 links, bytes beside reading heads", ratio, 1.2, " x")
    asked, bar = "web B, 400 links, never a body of 50 MB", f"< {HUGE_BYTES / 1e6:.0f} MB"
    if own is None:
        yield Bar(asked=asked, bar=bar)
        return
    measured = f"{own.most_sent / 1e6:.1f} MB in all"
    yield Bar(asked=asked, bar=bar, measured=measured, is_met=own.most_sent < HUGE_BYTES)


def _memory(rows: Rows) -> Bar:
    own = [row for web in "AB" if (row := _own(rows, web, 2000))]
    most = max((row.peak_mb for row in own), default=None)
    return at_most("2000 links, peak memory", most, PEAK_MB, " MB", 0)
