import pytest

from sendguard.adapters.clock import SystemClock
from sendguard.adapters.http import http_visitor
from sendguard.values import Url
from sendguard.visit import Answered, Hop, Kind, NotVisited, Reason, Trouble
from sendguard.visit.redirect import MOST_HOPS
from tests.adapters.http.visiting import answer, facts, settings, trouble, visit
from tests.servers import moved, page, site, titled


def trail(outcome: Answered) -> list[tuple[str, int]]:
    return [(hop.url.path, hop.status) for hop in outcome.hops]


async def test_every_hop_of_the_trail_is_kept() -> None:
    replies = {
        "/may": moved("/june", "301 Moved"),
        "/june": moved("/", "308 Permanent"),
        "/": titled("June"),
    }
    async with site(replies) as origin:
        outcome = await answer(f"{origin}/may")

    assert trail(outcome) == [("/may", 301), ("/june", 308), ("/", 200)]
    assert outcome.page
    assert outcome.page.title == "June"


async def test_a_relative_location_is_understood() -> None:
    async with site({"/a/b": moved("../c d"), "/c%20d": titled("Here")}) as origin:
        page = await facts(f"{origin}/a/b")

    assert page.title == "Here"


async def test_a_redirect_may_lead_to_another_host() -> None:
    async with site({"/": titled("There")}) as there, site({"/": moved(f"{there}/")}) as here:
        outcome = await answer(f"{here}/")

    assert outcome.landed.url.port == there.port


async def test_a_loop_is_noticed_when_an_address_comes_back() -> None:
    async with site({"/a": moved("/b"), "/b": moved("/a#top")}) as origin:
        outcome = await trouble(f"{origin}/a")

    assert outcome.trouble is Trouble.REDIRECT_LOOP
    assert [hop.url.path for hop in outcome.hops] == ["/a", "/b"]
    assert origin.asked == ["/a", "/b"]


async def test_a_loop_for_those_without_cookies_proves_nothing() -> None:
    async with site({"/a": moved("/a", set_cookie="seen=1")}) as origin:
        outcome = await answer(f"{origin}/a")

    assert outcome.walled == "the site sends visitors without cookies round in circles"


async def test_as_many_redirects_as_allowed_are_followed() -> None:
    steps = {f"/{step}": moved(f"/{step + 1}") for step in range(MOST_HOPS)}
    async with site({**steps, f"/{MOST_HOPS}": titled("End")}) as origin:
        outcome = await answer(f"{origin}/0")

    assert len(outcome.hops) == MOST_HOPS + 1


async def test_one_redirect_more_is_too_many() -> None:
    steps = {f"/{step}": moved(f"/{step + 1}") for step in range(MOST_HOPS + 1)}
    async with site(steps) as origin:
        outcome = await trouble(f"{origin}/0")

    assert outcome.trouble is Trouble.TOO_MANY_HOPS
    assert len(origin.asked) == MOST_HOPS + 1


@pytest.mark.parametrize("location", ["http://[", "", "mailto:a@example.org", "javascript:x()"])
async def test_a_redirect_to_nowhere_is_no_proper_answer(location: str) -> None:
    async with site({"/": moved(location)}) as origin:
        outcome = await trouble(f"{origin}/")

    assert outcome.trouble is Trouble.NO_PROPER_ANSWER
    assert outcome.detail == "it redirects to what is no web address"
    assert outcome.hops == (Hop(outcome.at, 302),)


@pytest.mark.parametrize(
    "acting", ["/unsubscribe/abc123", "/r?unsubscribe%3Fid%3D1", "/un%2573ubscribe"]
)
async def test_a_redirect_to_an_address_that_acts_is_not_followed(acting: str) -> None:
    async with site({"/c/77": moved(acting)}) as origin:
        outcome = await answer(f"{origin}/c/77")

    assert trail(outcome) == [("/c/77", 302)]
    assert outcome.kind is Kind.ACT
    assert origin.asked == ["/c/77"]


async def test_an_address_that_acts_is_not_opened_whoever_asks() -> None:
    async with site({}) as origin:
        outcome = await visit(f"{origin}/unsubscribe/abc123")

    assert outcome == NotVisited(Reason.ACTS)
    assert origin.connections == 0


async def test_no_redirect_leads_to_an_address_of_the_unsubscribe_header() -> None:
    async with site({"/a": moved("/x/1")}) as origin:
        header = frozenset({f"{origin}/x/1"})
        async with http_visitor(settings(), SystemClock(), header) as visitor:
            await visitor.visit(Url(f"{origin}/a"))

    assert origin.asked == ["/a"]


async def test_cookies_are_not_sent_back_and_no_referrer_is_named() -> None:
    async with site({"/a": moved("/b", set_cookie="who=me"), "/b": titled("B")}) as origin:
        await answer(f"{origin}/a")

    told = "".join(origin.requests).lower()
    assert "cookie" not in told
    assert "referer" not in told


async def test_a_fragment_goes_along_with_a_redirect_but_not_to_the_server() -> None:
    body = "<head><title>Long</title></head>" + "x" * 50_000 + "<h2 id=end>End</h2>"
    async with site({"/a": moved("/b"), "/b": page(body)}) as origin:
        outcome = await answer(f"{origin}/a#end")

    assert outcome.landed.url.fragment == "end"
    assert origin.asked == ["/a", "/b"]


async def test_a_name_is_asked_for_as_it_is_meant() -> None:
    async with site({"/caf%C3%A9": titled("Café")}) as origin:
        outcome = await visit(f"{origin}/café")

    assert isinstance(outcome, Answered)
    assert outcome.landed.status == 200


async def test_a_redirector_on_the_way_that_says_where_it_leads_is_not_asked() -> None:
    async with site({"/may": titled("May")}) as origin:
        through = f"https://www.google.com/url?q={origin}/may"
        async with site({"/short": moved(through)}) as here:
            outcome = await answer(f"{here}/short")

    assert trail(outcome) == [("/short", 302), ("/may", 200)]


async def test_a_redirector_on_the_way_to_what_acts_leads_nowhere() -> None:
    async with site({}) as origin:
        through = f"https://www.google.com/url?q={origin}/unsubscribe/77"
        async with site({"/short": moved(through)}) as here:
            outcome = await answer(f"{here}/short")

    assert trail(outcome) == [("/short", 302)]
    assert origin.connections == 0


async def test_a_redirector_that_leads_back_by_its_own_address_is_a_loop() -> None:
    replies: dict[str, bytes] = {}
    async with site(replies) as origin:
        replies["/a"] = moved(f"https://www.google.com/url?q={origin}/a")
        outcome = await trouble(f"{origin}/a")

    assert outcome.trouble is Trouble.REDIRECT_LOOP
