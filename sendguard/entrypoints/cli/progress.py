"""A bar that grows while links are opened; silent where nobody watches."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

OnVisited = Callable[[int, int], None]


@contextmanager
def progress(*, shown: bool) -> Iterator[OnVisited]:
    """What to call with how many links are done and of how many, each time one is."""
    if not (shown and sys.stderr.isatty()):
        yield _stay_silent
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress

    columns = ("Opening links", BarColumn(), MofNCompleteColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("", total=None)

        def show(done: int, total: int) -> None:
            bar.update(task, completed=done, total=total)

        yield show


def _stay_silent(_done: int, _total: int) -> None:
    """Nobody watches."""
