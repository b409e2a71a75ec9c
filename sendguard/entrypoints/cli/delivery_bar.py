"""How a delivery goes on, for whoever watches: sent, refused, in doubt, how fast, how long yet."""

import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from time import monotonic

from sendguard.send import State

OnProgress = Callable[[Mapping[State, int]], None]
BETWEEN_LINES_S = 30.0
"""Between two lines where there is no terminal to draw a bar on."""


@contextmanager
def delivery_bar() -> Iterator[OnProgress]:
    """What to call with how all deliveries stand, each time that changes."""
    if not sys.stderr.isatty():
        yield _Lines()
        return
    from rich.console import Console
    from rich.progress import (
        BarColumn,
        MofNCompleteColumn,
        Progress,
        TextColumn,
        TimeRemainingColumn,
    )

    columns = (
        *("Delivering", BarColumn(), MofNCompleteColumn()),
        *(TextColumn("{task.fields[more]}"), TimeRemainingColumn()),
    )
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("", total=None, more="")
        began_s, began_at = monotonic(), -1

        def show(counts: Mapping[State, int]) -> None:
            nonlocal began_at
            done, total = _done(counts), sum(counts.values())
            began_at = done if began_at < 0 else began_at
            per_s = (done - began_at) / max(monotonic() - began_s, 0.1)
            more = ", ".join([*told_apart(counts), f"{per_s:,.0f}/s"])
            bar.update(task, completed=done, total=total, more=more)

        yield show


def told_apart(counts: Mapping[State, int]) -> list[str]:
    """What there is besides what was sent, in words."""
    words = {
        State.REFUSED: "refused",
        State.IN_DOUBT: "in doubt",
        State.SUPPRESSED: "suppressed",
        State.CANCELLED: "cancelled",
    }
    return [f"{counts[state]:,} {word}" for state, word in words.items() if counts.get(state)]


def _done(counts: Mapping[State, int]) -> int:
    return sum(
        count for state, count in counts.items() if state not in {State.PENDING, State.SENDING}
    )


class _Lines:
    """A line now and then, for logs."""

    def __init__(self) -> None:
        self._said_s = monotonic()

    def __call__(self, counts: Mapping[State, int]) -> None:
        if monotonic() - self._said_s < BETWEEN_LINES_S:
            return
        from sendguard.entrypoints.cli.say import complain

        self._said_s = monotonic()
        total = sum(counts.values())
        more = "".join(f", {one}" for one in told_apart(counts))
        complain(f"{counts.get(State.SENT, 0):,} of {total:,} sent{more}")
