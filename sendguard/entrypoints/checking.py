"""The check, joined to the real world: files, clock, network."""

import asyncio
from collections.abc import Sequence

from sendguard.adapters.clock import SystemClock
from sendguard.adapters.files import open_path
from sendguard.adapters.http import http_visitor
from sendguard.config import Config
from sendguard.flows.check import Tools, check
from sendguard.flows.visit_all import OnVisited
from sendguard.gate import Run
from sendguard.read import Article


def run_check(
    paths: Sequence[str],
    config: Config,
    expected: Sequence[Article] = (),
    *,
    offline: bool,
    on_visited: OnVisited,
) -> Run:
    """Check newsletters and wait for the answer; see `flows.check.check`."""
    return asyncio.run(_check(paths, config, expected, offline=offline, on_visited=on_visited))


async def _check(
    paths: Sequence[str],
    config: Config,
    expected: Sequence[Article],
    *,
    offline: bool,
    on_visited: OnVisited,
) -> Run:
    clock = SystemClock()
    if offline:
        tools = Tools(open_path=open_path, clock=clock, visitor=None)
        return await check(paths, tools, config, expected=expected, on_visited=on_visited)
    async with http_visitor(config.visit, clock) as visitor:
        tools = Tools(open_path=open_path, clock=clock, visitor=visitor)
        return await check(paths, tools, config, expected=expected, on_visited=on_visited)
