"""The check, joined to the real world: files, clock, network."""

import asyncio
from collections.abc import Callable, Coroutine, Mapping, Sequence
from importlib import import_module
from typing import TypeVar

from sendguard.adapters.clock import SystemClock
from sendguard.adapters.files import open_path
from sendguard.adapters.lean_import import importing_lean
from sendguard.adapters.release import release
from sendguard.config import Config, Visits
from sendguard.entrypoints.interrupts import hearing_interrupts
from sendguard.flows.check import check
from sendguard.flows.look_back import Keeping
from sendguard.flows.prepare import Prepared, Ready, prepare_all
from sendguard.flows.remember import Remembering
from sendguard.flows.terms import Terms
from sendguard.flows.visit_all import OnVisited
from sendguard.gate import Checked, Run
from sendguard.judge.quote import plain
from sendguard.ports import Clock, OpenStore, Store
from sendguard.read import Article

Told = TypeVar("Told")


def run_check(  # noqa: PLR0913 - one for each thing that the user says
    paths: Sequence[str],
    config: Config,
    expected: Sequence[Article] = (),
    previous: Sequence[str] = (),
    *,
    offline: bool,
    fresh: bool = False,
    on_visited: OnVisited,
    passed: Mapping[str, Checked] | None = None,
    on_made: Callable[[str], None] | None = None,
) -> Run:
    """Check newsletters and wait for the answer; an interrupt ends the wait for what is known.

    Args:
        paths: Newsletters and campaign folders.
        config: What is in force.
        expected: What links are meant to open.
        previous: Earlier issues, newest first.
        offline: Open no link.
        fresh: Open every link anew, whatever is remembered.
        on_visited: Told after each visit.
        passed: Earlier checks that are told in the place of new ones, by path.
        on_made: Told the name of the store's file, where a new one is made.

    Raises:
        WrongUsage: One of `expected` names no link, or links with different addresses.
        BadConfig: `visit.ca_file` or `visit.proxy` cannot be used.
    """
    # Before the loop runs: reading standard input would keep it from hearing an interrupt.
    ready = prepare_all(paths, open_path, expected, previous, passed)
    keeping = keeping_of(config, expected, offline=offline, on_made=on_made)
    if offline:
        return awaited(check(ready, None, SystemClock(), config, keeping=keeping))
    return awaited(check_online(ready, config, on_visited, keeping, fresh=fresh))


def keeping_of(
    config: Config,
    expected: Sequence[Article] = (),
    *,
    offline: bool = False,
    on_made: Callable[[str], None] | None = None,
) -> Keeping | None:
    """How checks that somebody asks for are kept; None where nothing is to be."""
    if config.database is None:
        return None
    terms = Terms(config=config, release=release(), expected=tuple(expected), offline=offline)
    return Keeping(open_store=store_opener(config.database, on_made), terms=terms)


def told_made(file: str) -> str:
    """That there was no store where one was looked for; a folder may be the wrong one."""
    return f"made a new store here: {plain(file)} (see `database:`)"


def store_opener(database: str, on_made: Callable[[str], None] | None = None) -> OpenStore:
    """What opens the store, and loads only then what that takes."""

    def open_it() -> Store:
        from sendguard.adapters.database.store import open_store

        return open_store(database, on_made)

    return open_it


def awaited(coming: Coroutine[None, None, Told]) -> Told:
    """What comes of it, run to its end."""
    done: list[Told] = []

    # The task itself returns nothing: when asyncio lets go of Ctrl-C, Python looks the handler up
    # and spells its task and the task's result out for an error that nobody sees. With the run of
    # 2,000 links for a result, that was a text of 55 MB.
    async def wait() -> None:
        done.append(await coming)

    asyncio.run(wait())
    return done[0]


async def check_online(
    ready: Sequence[Ready],
    config: Config,
    on_visited: OnVisited,
    keeping: Keeping | None,
    *,
    fresh: bool,
) -> Run:
    """Check what was made ready, over the network."""
    with importing_lean():
        from sendguard.adapters.http import HttpFeeds, HttpVisitor, http_asker

    clock = SystemClock()
    remembering = _remembering(config.visit, clock, fresh=fresh)
    headers = (one.header_addresses for one in ready if isinstance(one, Prepared))
    never_open = frozenset[str]().union(*headers)
    with hearing_interrupts() as stop:
        async with http_asker(config.visit, clock) as asker:
            visitor, feeds = HttpVisitor(asker, clock, never_open), HttpFeeds(asker, never_open)
            checking = check(
                ready,
                visitor,
                clock,
                config,
                on_visited,
                feeds=feeds,
                remembering=remembering,
                keeping=keeping,
                stop=stop,
            )
            run, _ = await asyncio.gather(checking, asyncio.to_thread(load_judging))
            return run


def load_judging() -> None:
    """Load what judges, and what tells of it, while the first pages are on their way."""
    for chapter in ("flows.judging", "report"):
        import_module(f"sendguard.{chapter}")


def _remembering(visits: Visits, clock: Clock, *, fresh: bool) -> Remembering | None:
    if not visits.remember_s:
        return None
    from sendguard.adapters.memory import SqliteMemory, cache_file, what_changes_answers

    memory = SqliteMemory(cache_file(), what_changes_answers(visits, release()))
    return Remembering(memory=memory, clock=clock, good_for_s=visits.remember_s, fresh=fresh)
