"""The check, joined to the real world: files, clock, network."""

import asyncio
from collections.abc import Sequence

from sendguard.adapters.clock import SystemClock
from sendguard.adapters.files import open_path
from sendguard.config import Config
from sendguard.entrypoints.interrupts import hearing_interrupts
from sendguard.flows.check import check
from sendguard.flows.prepare import Prepared, prepare_all
from sendguard.flows.visit_all import OnVisited
from sendguard.gate import CouldNotRead, Run
from sendguard.read import Article

Ready = Sequence[Prepared | CouldNotRead]


def run_check(  # noqa: PLR0913 - one for each thing that the user says
    paths: Sequence[str],
    config: Config,
    expected: Sequence[Article] = (),
    previous: Sequence[str] = (),
    *,
    offline: bool,
    on_visited: OnVisited,
) -> Run:
    """Check newsletters and wait for the answer; an interrupt ends the wait for what is known.

    Raises:
        WrongUsage: One of `expected` names no link, or links with different addresses.
        BadConfig: `visit.ca_file` or `visit.proxy` cannot be used.
    """
    # Before the loop runs: reading standard input would keep it from hearing an interrupt.
    ready = prepare_all(paths, open_path, expected, previous)
    online = _offline(ready, config) if offline else _online(ready, config, on_visited)
    return asyncio.run(online)


async def _offline(ready: Ready, config: Config) -> Run:
    return await check(ready, None, SystemClock(), config)


async def _online(ready: Ready, config: Config, on_visited: OnVisited) -> Run:
    from sendguard.adapters.http import HttpFeeds, HttpVisitor, http_asker

    clock = SystemClock()
    headers = (one.header_addresses for one in ready if isinstance(one, Prepared))
    never_open = frozenset[str]().union(*headers)
    with hearing_interrupts() as stop:
        async with http_asker(config.visit, clock) as asker:
            visitor, feeds = HttpVisitor(asker, clock, never_open), HttpFeeds(asker, never_open)
            return await check(ready, visitor, clock, config, on_visited, feeds=feeds, stop=stop)
