"""Waiting for many things at once, and only until somebody says that it is enough."""

import asyncio
from collections.abc import Coroutine, Iterable
from typing import TypeVar

T = TypeVar("T")


async def all_until(
    stop: asyncio.Event, doing: Iterable[Coroutine[None, None, T]]
) -> list[T | None]:
    """What came of each, in order; None for those that were not done when `stop` was set.

    What is not begun by then never is.
    """
    async with asyncio.TaskGroup() as group:
        tasks: list[asyncio.Task[T]] = []
        # The first of the group, so that it comes before them when `stop` is set already.
        ending = group.create_task(_end(stop, tasks))
        tasks.extend(group.create_task(one) for one in doing)
        if tasks:
            await asyncio.wait(tasks)
        ending.cancel()
    return [None if task.cancelled() else task.result() for task in tasks]


async def _end(stop: asyncio.Event, tasks: Iterable[asyncio.Task[T]]) -> None:
    await stop.wait()
    for task in tasks:
        task.cancel()
