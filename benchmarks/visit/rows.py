"""Runs gathered into one row for each tool and newsletter."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from statistics import median
from typing import TypeAlias

from benchmarks.visit.runs import Limits, Run
from benchmarks.visit.score import Score, worst

Rows: TypeAlias = Mapping[tuple[str, int, str], "Row"]
"""By the web's name, the number of links and the tool."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """Medians of the runs; counts of links and the most at once at their worst.

    Attributes:
        before_s: Until the first request.
        after_s: From the last answer on.
        quickest_s: Wall time of the quickest run.
        slowest_s: Wall time of the slowest run.
        sent: Bytes that the web sent.
        most_sent: The same, of the run that read most.
        late: Runs that were ended because they took too long.
    """

    tool: str
    kind: str
    web: str
    size: int
    runs: int
    wall_s: float
    before_s: float
    after_s: float
    quickest_s: float
    slowest_s: float
    cpu_s: float
    peak_mb: float
    requests: float
    sent: float
    most_sent: int
    most_at_once: int
    most_per_host: int
    late: int
    score: Score
    limits: Limits


def gather(runs: Iterable[Run]) -> Rows:
    """The rows."""
    found = defaultdict[tuple[str, int, str], list[Run]](list)
    for run in runs:
        found[run.web, run.size, run.tool].append(run)
    return {key: _row(some) for key, some in found.items()}


def _row(runs: list[Run]) -> Row:
    first = runs[0]

    def middle(figure: Callable[[Run], float]) -> float:
        return median(map(figure, runs))

    walls = [run.spent.wall_s for run in runs]
    return Row(
        tool=first.tool,
        kind=first.kind,
        web=first.web,
        size=first.size,
        runs=len(runs),
        wall_s=median(walls),
        before_s=middle(lambda run: run.before_s),
        after_s=middle(lambda run: run.after_s),
        quickest_s=min(walls),
        slowest_s=max(walls),
        cpu_s=middle(lambda run: run.spent.cpu_s),
        peak_mb=middle(lambda run: run.spent.peak_mb),
        requests=middle(lambda run: run.asked.requests),
        sent=middle(lambda run: run.asked.sent),
        most_sent=max(run.asked.sent for run in runs),
        most_at_once=max(run.asked.most_at_once for run in runs),
        most_per_host=max(run.asked.most_per_host for run in runs),
        late=sum(run.spent.late for run in runs),
        score=worst([run.score for run in runs]),
        limits=first.limits,
    )
