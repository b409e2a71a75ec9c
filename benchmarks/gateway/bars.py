"""What is asked of the gateway."""

from collections.abc import Iterator
from dataclasses import dataclass

from benchmarks.bar import Bar, at_least, at_most
from benchmarks.gateway.rows import First, Latencies, Memory, Rates


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """All that was measured; None for what was not."""

    rates: Rates | None = None
    latencies: Latencies | None = None
    first: First | None = None
    memory: Memory | None = None


def bars(figures: Figures) -> Iterator[Bar]:
    """Everything that is asked."""
    rates, took, first, memory = figures.rates, figures.latencies, figures.first, figures.memory
    ratio = rates.gateway.rate / rates.bare.rate if rates else None
    yield at_least("messages/s beside a bare aiosmtpd", ratio, 0.35, " x")
    median = 1e3 * (took.gateway.median_s - took.straight.median_s) if took else None
    yield at_most("latency added, median", median, 5, " ms", 1)
    p99 = 1e3 * (took.gateway.p99_s - took.straight.p99_s) if took else None
    yield at_most("latency added, p99", p99, 50, " ms", 1)
    beyond_s = first.verdict_s - first.check_s if first else None
    yield at_most("first copy to verdict, beyond the check", beyond_s, 0.5, " s")
    holding = memory.holding_mb if memory else None
    yield at_most("memory with 10,000 held messages of 60 KB", holding, 150, " MB", 0)
