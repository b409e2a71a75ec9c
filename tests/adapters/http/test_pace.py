import asyncio
from email.utils import format_datetime

import pytest

from sendguard.adapters.clock import SystemClock
from sendguard.adapters.http import http_visitor
from sendguard.adapters.http.turns import Turns
from sendguard.values import Url
from sendguard.visit import Answered, Visit
from sendguard.visit.pace import FIRST_PAUSE_S, GIVEN_UP
from sendguard.visit.second_try import MOST_TRIES
from tests.adapters.http.visiting import answer, facts, settings
from tests.fakes import ToldChance
from tests.servers import Reply, after, in_turn, moved, page, site, titled


async def visit_all(addresses: list[str], **told: object) -> list[Visit]:
    async with http_visitor(settings(**told), SystemClock()) as visitor:
        return await asyncio.gather(*(visitor.visit(Url(address)) for address in addresses))


def statuses(visit: Visit) -> list[int]:
    assert isinstance(visit.outcome, Answered)
    return [hop.status for hop in visit.outcome.hops]


def agent(request: str) -> str:
    lines = request.lower().splitlines()
    return next(line for line in lines if line.startswith("user-agent: "))


async def test_a_host_is_asked_few_times_at_once() -> None:
    pages = {f"/{number}": after(0.02, titled("x")) for number in range(12)}
    async with site(pages) as origin:
        await visit_all([f"{origin}{path}" for path in pages], at_once_per_host=3)

    assert origin.most_at_once == 3
    assert len(origin.asked) == 12


async def test_all_hosts_together_are_asked_few_times_at_once() -> None:
    pages = {f"/{number}": after(0.02, titled("x")) for number in range(4)}
    async with site(pages) as origin:
        hosts = [f"http://127.0.0.{last}:{origin.port}" for last in (1, 2, 3)]
        routes = {f"127.0.0.{last}:{origin.port}": f"127.0.0.1:{origin.port}" for last in (1, 2, 3)}
        await visit_all(
            [host + path for host in hosts for path in pages], at_once=5, connect_to=routes
        )

    assert origin.most_at_once == 5


async def test_a_slow_host_does_not_hold_up_the_others() -> None:
    enough = asyncio.Event()

    async def wait(writer: asyncio.StreamWriter) -> None:
        await enough.wait()
        writer.write(titled("slow"))

    slow: dict[str, Reply] = {f"/{number}": wait for number in range(8)}
    few = settings(at_once=4, at_once_per_host=2)
    async with (
        site(slow) as one,
        site({"/": titled("quick")}) as other,
        http_visitor(few, SystemClock()) as visitor,
    ):
        waiting = [asyncio.create_task(visitor.visit(Url(f"{one}{path}"))) for path in slow]
        while one.now < 2:  # noqa: ASYNC110 - asked by the visitor
            await asyncio.sleep(0.01)
        quick = await visitor.visit(Url(f"http://localhost:{other.port}/"))
        done = [task.done() for task in waiting]
        enough.set()
        await asyncio.gather(*waiting)

    assert statuses(quick) == [200]
    assert not any(done)


async def test_waiting_for_a_turn_is_not_counted_as_the_sites_time() -> None:
    pages = {f"/{number}": after(0.1, titled("x")) for number in range(4)}
    async with (
        site(pages) as origin,
        http_visitor(settings(at_once_per_host=1), SystemClock()) as visitor,
    ):
        began_s = asyncio.get_running_loop().time()
        visits = await asyncio.gather(*(visitor.visit(Url(f"{origin}{path}")) for path in pages))
        took_s = asyncio.get_running_loop().time() - began_s

    assert sum(visit.took_s for visit in visits) < 1.2 * took_s


async def test_one_who_asks_for_a_short_pause_gets_it() -> None:
    replies = in_turn(page("", "429 Slow down", retry_after="0"), titled("Thank you"))
    async with site({"/": replies}) as origin:
        seen = await facts(f"{origin}/")

    assert seen.title == "Thank you"


async def test_one_who_names_a_time_of_day_is_left_alone_until_then() -> None:
    soon = format_datetime(SystemClock().now(), usegmt=True)
    replies = in_turn(page("", "503 Busy", retry_after=soon), titled("Thank you"))
    async with site({"/": replies}) as origin:
        seen = await facts(f"{origin}/")

    assert seen.title == "Thank you"


@pytest.mark.parametrize("pause", ["", "soon"])
async def test_one_who_names_no_pause_gets_a_first_one(pause: str) -> None:
    replies = in_turn(page("", "429 Slow down", retry_after=pause), titled("Thank you"))
    async with site({"/": replies}) as origin:
        seen = await facts(f"{origin}/")

    assert seen.title == "Thank you"
    assert origin.gaps[0] >= FIRST_PAUSE_S


async def test_one_who_asks_for_a_long_pause_is_left_alone() -> None:
    replies = in_turn(page("", "429 Slow down", retry_after="3600"), titled("Never seen"))
    async with site({"/": replies}) as origin:
        outcome = await answer(f"{origin}/")

    assert outcome.walled == "the site allows only so many requests (429)"
    assert outcome.page is None
    assert origin.asked == ["/"]


async def test_one_who_never_has_enough_is_told_as_a_wall_soon() -> None:
    too_many = page("", "429 Slow down", retry_after="0")
    async with site({"/": too_many}) as origin:
        outcome = await answer(f"{origin}/")

    assert outcome.walled == "the site allows only so many requests (429)"
    assert len(origin.asked) == MOST_TRIES
    assert len(set(map(agent, origin.requests))) == 1


async def test_a_host_that_wants_a_pause_is_sent_nothing_by_anyone() -> None:
    pages: dict[str, Reply] = {f"/{number}": titled("x") for number in range(12)}
    pages["/0"] = in_turn(page("", "429 Slow down", retry_after="1"), titled("x"))
    async with site(pages) as origin:
        visits = await visit_all([f"{origin}{path}" for path in pages], at_once_per_host=2)

    assert all(statuses(visit) == [200] for visit in visits)
    assert max(origin.gaps) > 0.9
    assert origin.asked.index("/0", 1) < 5


async def test_nobody_waits_for_a_host_that_wants_to_be_left_alone_for_an_hour() -> None:
    pages = {f"/{number}": page("", "429 No", retry_after="3600") for number in range(20)}
    async with site(pages) as origin:
        visits = await visit_all([f"{origin}{path}" for path in pages], at_once_per_host=2)

    said = {visit.outcome.walled for visit in visits if isinstance(visit.outcome, Answered)}
    assert all(statuses(visit) == [429] for visit in visits)
    assert said == {
        "the site allows only so many requests (429)",
        "the site asked to be left alone for a while (429)",
    }
    assert len(origin.asked) <= 2


async def test_a_host_that_rests_takes_no_place_from_the_others() -> None:
    tired = {f"/{number}": page("", "503 Busy", retry_after="9") for number in range(20)}
    quick = {f"/{number}": after(0.02, titled("x")) for number in range(40)}
    limits = settings(at_once=4, at_once_per_host=4)
    async with site(tired) as one, site(quick) as other, http_visitor(limits, SystemClock()) as it:
        resting = [asyncio.create_task(it.visit(Url(f"{one}{path}"))) for path in tired]
        await asyncio.sleep(0.1)
        began_s = asyncio.get_running_loop().time()
        there = [Url(f"http://localhost:{other.port}{path}") for path in quick]
        await asyncio.gather(*map(it.visit, there))
        took_s = asyncio.get_running_loop().time() - began_s
        for task in resting:
            task.cancel()

    assert took_s < 8
    assert other.most_at_once == 4


async def test_who_is_called_off_while_waiting_leaves_the_turns_to_the_others() -> None:
    pages = {f"/{number}": after(0.05, titled("x")) for number in range(9)}
    async with site(pages) as origin, http_visitor(settings(at_once=1), SystemClock()) as visitor:
        trips = [asyncio.create_task(visitor.visit(Url(f"{origin}{path}"))) for path in pages]
        await asyncio.sleep(0.01)
        for trip in trips[:-1]:
            trip.cancel()
        visit = await trips[-1]

    assert statuses(visit) == [200]


async def test_the_hosts_of_one_platform_share_its_limits() -> None:
    async with site({"/": after(0.05, titled("x"))}) as origin:
        names = [f"http://{name}.substack.com/" for name in ("ada", "grace", "joan", "mary")]
        await visit_all(names, at_once_per_host=2, connect_to={"*:80": f"127.0.0.1:{origin.port}"})

    assert origin.most_at_once == 2


async def test_links_under_way_go_before_those_that_have_not_begun() -> None:
    pages: dict[str, Reply] = {f"/{number}": after(0.02, titled("x")) for number in range(20)}
    pages["/0"] = moved("/end")
    async with site({**pages, "/end": titled("x")}) as origin:
        await visit_all([f"{origin}{path}" for path in pages], at_once_per_host=2)

    assert origin.asked.index("/end") < 6


@pytest.mark.parametrize(
    ("reply", "words"),
    [
        (page("", "999 Request denied"), "turns robots away (999)"),
        (page("", "403 Forbidden"), "would not show the page to us (403)"),
        (page("", "401 Unauthorized"), "asks for a login (401)"),
        (page("", "403 Forbidden", cf_mitigated="challenge"), "Cloudflare challenge"),
        (page("<title>Just a moment...</title><script>window._cf_chl_opt={}</script>"), "Cloudf"),
        (page("<title>Just a moment...</title> _cf_chl_opt", "503 Wait"), "Cloudflare challenge"),
        (page("", "403 Forbidden", x_datadome="protected"), "DataDome"),
    ],
)
async def test_a_wall_is_told_as_a_wall(reply: bytes, words: str) -> None:
    async with site({"/": reply}) as origin:
        outcome = await answer(f"{origin}/")

    assert outcome.walled
    assert words in outcome.walled
    assert outcome.page is None


async def drip(writer: asyncio.StreamWriter) -> None:
    """A page that never comes to its title."""
    writer.write(
        b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 9999\r\n\r\n<title>a"
    )
    while True:
        await asyncio.sleep(0.02)
        writer.write(b"a")
        await writer.drain()


@pytest.mark.parametrize("slowness", [after(60, titled("Late")), drip])
async def test_of_a_host_that_never_answers_in_time_few_links_are_asked(slowness: Reply) -> None:
    pages = {f"/{number}": slowness for number in range(100)}
    async with site(pages) as origin:
        visits = await visit_all([f"{origin}{path}" for path in pages], timeout_s=0.3)

    assert len(origin.asked) < 40
    given_up = [visit for visit in visits if getattr(visit.outcome, "detail", "") == GIVEN_UP]
    assert len(given_up) > 60


async def test_after_a_time_that_no_newsletter_needs_a_host_is_asked_no_more() -> None:
    turns = Turns(at_once=9, at_once_per_host=1, chance=ToldChance(), longest_s=0.05)

    async def take_turn() -> bool:
        async with turns.turn("slow.example") as turn:
            await asyncio.sleep(0.1)
            return turn is not None

    got = await asyncio.gather(*(take_turn() for _ in range(9)))

    assert got == [True] + [False] * 8
