"""One answer proves too little: what is asked for again, as whom, and which answer counts."""

import socket

import pytest

from sendguard.adapters.clock import SystemClock
from sendguard.adapters.http import http_visitor
from sendguard.values import Url
from sendguard.visit import Answered, Trouble, Unreachable, Visit
from tests.adapters.http.visiting import settings
from tests.fakes import ToldChance
from tests.servers import Reply, Site, in_turn, moved, page, site, titled

CHALLENGE = page("", "403 Forbidden", cf_mitigated="challenge")


async def look(origin: Site, **told: object) -> Visit:
    async with http_visitor(settings(**told), SystemClock(), chance=ToldChance()) as visitor:
        return await visitor.visit(Url(f"{origin}/"))


def said(request: str, header: str) -> str | None:
    lines = (line.partition(": ") for line in request.splitlines())
    return next((value for name, _, value in lines if name.lower() == header), None)


@pytest.mark.parametrize("status", [403, 404, 405, 406, 410, 999])
async def test_what_sites_tell_programs_is_asked_for_again_as_a_browser_asks(status: int) -> None:
    replies = in_turn(page("", f"{status} No"), titled("For people"))
    async with site({"/": replies}) as origin:
        visit = await look(origin)

    first, second = origin.requests
    assert isinstance(visit.outcome, Answered)
    assert visit.outcome.landed.status == 200
    assert "Firefox" not in (said(first, "user-agent") or "")
    assert "Firefox" in (said(second, "user-agent") or "")
    assert said(second, "sec-fetch-mode") == "navigate"


async def test_a_challenge_is_asked_for_again_as_a_browser_asks() -> None:
    async with site({"/": in_turn(CHALLENGE, titled("For people"))}) as origin:
        visit = await look(origin)

    assert isinstance(visit.outcome, Answered)
    assert visit.outcome.walled is None


async def test_both_looks_name_sendguard() -> None:
    async with site({}) as origin:
        await look(origin)

    assert all("SendGuard/" in (said(asked, "user-agent") or "") for asked in origin.requests)


async def test_the_operators_own_name_stands_in_the_first_look() -> None:
    async with site({}) as origin:
        await look(origin, user_agent="Navigator/1")

    assert said(origin.requests[0], "user-agent") == "Navigator/1"


@pytest.mark.parametrize("status", [200, 401, 451, 501])
async def test_an_answer_that_would_not_change_is_asked_for_once(status: int) -> None:
    async with site({"/": page("<title>A page</title>", f"{status} Hm")}) as origin:
        await look(origin)

    assert origin.asked == ["/"]


@pytest.mark.parametrize("status", [500, 502, 504, 520])
async def test_a_servers_own_errors_are_asked_for_again_under_our_own_name(status: int) -> None:
    async with site({"/": page("", f"{status} Oops")}) as origin:
        await look(origin)

    first, second = (said(request, "user-agent") for request in origin.requests)
    assert first == second


@pytest.mark.parametrize(
    ("first", "second", "counts"),
    [
        (404, 404, 404),
        (404, 403, 403),
        (403, 404, 403),
        (404, 500, 500),
        (500, 404, 500),
        (404, 410, 410),
        (404, 204, 204),
    ],
)
async def test_of_two_answers_the_one_that_speaks_less_against_the_link_counts(
    first: int, second: int, counts: int
) -> None:
    replies = in_turn(page("", f"{first} No"), page("", f"{second} No"))
    async with site({"/": replies}) as origin:
        visit = await look(origin)

    assert isinstance(visit.outcome, Answered)
    assert visit.outcome.landed.status == counts


async def test_each_time_that_the_deciding_address_was_asked_is_kept() -> None:
    replies: dict[str, Reply] = {"/": moved("/gone")}
    async with site(replies) as origin:
        visit = await look(origin)

    asked = len(visit.tries)
    assert origin.asked == ["/", "/gone", "/gone"]
    assert asked == 2
    assert visit.at <= visit.tries[0] < visit.tries[1]


@pytest.mark.parametrize(
    ("fault", "trouble"),
    [(socket.EAI_NONAME, Trouble.NO_SUCH_HOST), (socket.EAI_AGAIN, Trouble.NO_NETWORK)],
)
async def test_a_name_is_looked_up_twice_before_anything_is_said_of_it(
    fault: int, trouble: Trouble
) -> None:
    asked: list[str] = []

    def look_up(host: str, _: socket.AddressFamily) -> list[str]:
        asked.append(host)
        raise socket.gaierror(fault, "")

    clock, chance = SystemClock(), ToldChance()
    async with http_visitor(settings(), clock, look_up=look_up, chance=chance) as visitor:
        visit = await visitor.visit(Url("http://navigator.example/"))

    assert isinstance(visit.outcome, Unreachable)
    assert visit.outcome.trouble is trouble
    assert asked == ["navigator.example"] * 2
    assert len(visit.tries) == 2


async def test_a_closed_door_is_knocked_at_twice() -> None:
    async with site({}) as closed:
        pass
    visit = await look(closed)

    assert isinstance(visit.outcome, Unreachable)
    assert visit.outcome.trouble is Trouble.REFUSED
    assert len(visit.tries) == 2
