"""What a run recalls, what it asks anew, and what it leaves to the next."""

import asyncio
from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta

import pytest

from sendguard.config import Config
from sendguard.flows.check import check
from sendguard.flows.prepare import prepare_all
from sendguard.flows.remember import Remembering, in_doubt
from sendguard.gate import CheckedLink, Run
from sendguard.judge.finding import Finding
from sendguard.values import Decision, Url
from sendguard.visit import NotVisited, Outcome, Reason, Trouble, Unreachable, Visit
from tests.builders import NOON, a_link, a_page, a_visit, an_answer
from tests.fakes import StoppedClock, ToldMemory, ToldPaths, ToldVisitor, WaitingVisitor
from tests.report.runs import a_checked, a_checked_link, a_finding

SHIP, TREE = "https://x.org/ship", "https://x.org/tree"
A_SHIP = an_answer(SHIP, page=a_page("A ship of two hulls"))
A_TREE = an_answer(TREE, page=a_page("The tree of all trees"))
GONE = an_answer(SHIP, 404)
ISSUE = f'<p><a href="{SHIP}">A ship of two hulls</a></p>'
BOTH = f'{ISSUE}<p><a href="{TREE}">The tree of all trees</a></p>'
WRONG = f'<p><a href="{SHIP}">The tree of all trees</a></p>'
SWAPPED = BOTH.replace(SHIP, "?").replace(TREE, SHIP).replace("?", TREE)


def seen(outcome: Outcome, url: str = SHIP, *, ago_s: float = 240) -> Visit:
    return replace(a_visit(url, outcome), at=NOON - timedelta(seconds=ago_s))


async def run(html: str, visitor: ToldVisitor, memory: ToldMemory, *, fresh: bool = False) -> Run:
    ready = prepare_all(["issue"], ToldPaths(issue=html))
    remembering = Remembering(memory=memory, clock=StoppedClock(), good_for_s=600, fresh=fresh)
    return await check(ready, visitor, StoppedClock(), Config(), remembering=remembering)


def web(**outcomes: Outcome) -> ToldVisitor:
    told: Mapping[str, Outcome] = {"https://x.org/" + path: it for path, it in outcomes.items()}
    return ToldVisitor(told)


async def test_what_was_just_seen_is_not_asked_for() -> None:
    visitor = web(ship=GONE)

    done = await run(ISSUE, visitor, ToldMemory(seen(A_SHIP)))

    assert done.decision is Decision.PASS
    assert visitor.trips == []


async def test_it_says_when_it_was_seen() -> None:
    done = await run(ISSUE, web(), ToldMemory(seen(A_SHIP)))

    (link,) = done.newsletters[0].links
    assert (link.visit.age_s, link.visit.at) == (240, NOON - timedelta(seconds=240))


async def test_what_was_seen_too_long_ago_is_only_told_to_the_visitor() -> None:
    visitor = web(ship=A_SHIP)

    await run(ISSUE, visitor, ToldMemory(seen(A_SHIP, ago_s=600)))

    assert visitor.trips == [SHIP]
    assert [visit.age_s for visit in visitor.reminded] == [600]


async def test_good_pages_are_remembered() -> None:
    memory = ToldMemory()

    await run(ISSUE, web(ship=A_SHIP), memory)

    assert memory.visits == {Url(SHIP): a_visit(SHIP, A_SHIP)}


async def test_pages_that_something_was_found_about_are_not() -> None:
    memory = ToldMemory()

    await run(SWAPPED, web(ship=A_SHIP, tree=A_TREE), memory)

    assert memory.visits == {}


async def test_failures_are_not_remembered_and_drive_out_what_was() -> None:
    memory = ToldMemory(seen(A_SHIP, ago_s=900), seen(A_TREE, TREE, ago_s=900))
    timeout = Unreachable(trouble=Trouble.TIMEOUT, at=Url(SHIP))

    await run(BOTH, web(ship=timeout, tree=A_TREE), memory)

    assert list(memory.visits) == [Url(TREE)]


async def test_a_fresh_check_asks_for_all_and_remembers_what_it_sees() -> None:
    visitor, memory = web(ship=GONE, tree=A_TREE), ToldMemory(seen(A_SHIP), seen(A_TREE, TREE))

    done = await run(BOTH, visitor, memory, fresh=True)

    assert done.decision is Decision.BLOCK
    assert sorted(visitor.trips) == [SHIP, TREE]
    assert memory.visits == {Url(TREE): a_visit(TREE, A_TREE)}


async def test_nothing_is_called_wrong_from_memory() -> None:
    mended = an_answer(SHIP, page=a_page("The tree of all trees"))
    visitor = web(ship=mended)

    done = await run(WRONG, visitor, ToldMemory(seen(A_SHIP)))

    assert done.decision is Decision.PASS
    assert visitor.trips == [SHIP]


async def test_what_is_wrong_all_the_same_is_told_and_forgotten() -> None:
    visitor, memory = web(ship=A_SHIP, tree=A_TREE), ToldMemory(seen(A_SHIP), seen(A_TREE, TREE))

    done = await run(SWAPPED, visitor, memory)

    assert done.decision is Decision.BLOCK
    assert sorted(visitor.trips) == [SHIP, TREE]
    assert memory.visits == {}


def a_remembered(url: str, *findings: Finding) -> CheckedLink:
    link = a_checked_link(a_link(url), an_answer(url, page=a_page("A page")), *findings)
    return replace(link, visit=replace(link.visit, age_s=240.0))


@pytest.mark.parametrize(("everything", "doubted"), [(False, [SHIP]), (True, [SHIP, TREE])])
def test_what_remains_in_doubt_casts_doubt_on_all_that_is_remembered(
    doubted: list[str], *, everything: bool
) -> None:
    checked = a_checked(a_remembered(SHIP, a_finding()), a_remembered(TREE))

    assert list(in_doubt([checked], everything=everything)) == [Url(url) for url in doubted]


def test_without_a_finding_nothing_is_in_doubt() -> None:
    assert not in_doubt([a_checked(a_remembered(SHIP))], everything=True)


async def test_all_links_to_a_page_in_doubt_are_told_by_the_new_visit() -> None:
    page = replace(a_page("A ship of two hulls"), anchors=frozenset({"hull"}))
    html = f'{ISSUE}<p><a href="{SHIP}#mast">A ship of two hulls</a></p>'

    done = await run(html, web(**{"ship#mast": GONE}), ToldMemory(seen(an_answer(SHIP, page=page))))

    assert [link.visit.age_s for link in done.newsletters[0].links] == [None, None]


async def test_a_dead_network_is_told_although_some_pages_are_remembered() -> None:
    done = await run(BOTH, web(), ToldMemory(seen(A_SHIP)))

    assert done.decision is Decision.UNVERIFIED
    outcome = done.newsletters[0].links[1].visit.outcome
    assert isinstance(outcome, Unreachable)
    assert outcome.trouble is Trouble.NO_NETWORK


async def test_what_is_remembered_is_kept_as_old_as_it_is() -> None:
    memory = ToldMemory(seen(A_SHIP))

    await run(ISSUE, web(), memory)

    assert memory.visits == {Url(SHIP): seen(A_SHIP)}


async def test_a_page_that_a_redirector_carries_is_remembered_as_itself() -> None:
    carrier = "https://www.google.com/url?q=https%3A%2F%2Fx.org%2Fship"
    memory, visitor = ToldMemory(), web(ship=A_SHIP)
    await run(ISSUE.replace(SHIP, carrier), visitor, memory)

    done = await run(ISSUE, visitor, memory)

    assert visitor.trips == [SHIP]
    assert done.newsletters[0].links[0].visit == replace(a_visit(SHIP, A_SHIP), took_s=0, age_s=0)


async def test_what_is_remembered_is_told_for_a_redirector_that_carries_it() -> None:
    carrier = "https://www.google.com/url?q=https%3A%2F%2Fx.org%2Fship"

    done = await run(ISSUE.replace(SHIP, carrier), web(), ToldMemory(seen(A_SHIP)))

    visit = done.newsletters[0].links[0].visit
    assert (visit.url, visit.instead, visit.age_s) == (Url(carrier), Url(SHIP), 240)


async def stopped(html: str, visitor: WaitingVisitor, memory: ToldMemory) -> Run:
    ready = prepare_all(["issue"], ToldPaths(issue=html))
    remembering = Remembering(memory=memory, clock=StoppedClock(), good_for_s=600)
    stop = asyncio.Event()
    async with asyncio.TaskGroup() as group:
        checking = group.create_task(
            check(ready, visitor, StoppedClock(), Config(), remembering=remembering, stop=stop)
        )
        await visitor.waits.wait()
        stop.set()
    return checking.result()


async def test_a_check_that_is_interrupted_remembers_nothing_new() -> None:
    memory = ToldMemory(seen(A_TREE, TREE, ago_s=900))

    await stopped(BOTH, WaitingVisitor({SHIP: A_SHIP}, waits_at=TREE), memory)

    assert list(memory.visits) == [Url(TREE)]


async def test_what_is_in_doubt_when_it_is_interrupted_is_told_as_not_opened() -> None:
    memory = ToldMemory(seen(A_SHIP))

    done = await stopped(WRONG, WaitingVisitor({}, waits_at=SHIP), memory)

    assert done.decision is Decision.UNVERIFIED
    assert done.newsletters[0].links[0].visit.outcome == NotVisited(Reason.INTERRUPTED)
