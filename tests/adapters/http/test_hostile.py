"""Servers that mean harm: each visit ends soon, keeps little, and says what it met."""

import asyncio
import tracemalloc
from collections.abc import Callable

import hypothesis
import pytest
from hypothesis import HealthCheck, given
from hypothesis import strategies as st

from sendguard.adapters.clock import SystemClock
from sendguard.adapters.http import http_visitor
from sendguard.values import Url
from sendguard.visit import Outcome, Unreachable
from tests import hostile
from tests.adapters.http.visiting import in_short, settings, visit
from tests.hostile import Talk, then_closed, then_reset
from tests.servers import Reply, after, moved, page, site

PATIENT_S = 30.0  # what ends by itself ends, on the slowest machine
BRIEF_S = 0.25  # for those that never would, and say nothing that is waited for
CRAWLING_S = 1.0  # for those that must have begun to answer before they are left
SOON_S = 60.0
LITTLE_MB = 16.0  # the server's own buffers are in it too

TOLD = [name for name in hostile.HARMS if not name.startswith("crumbs")]
BOUND_BY_TIME = ("crumbs", "body/crawling", "body/a-chunk-extension-without-end")
FILLING = [name for name in hostile.HARMS if name.startswith(("headers", "body", "crumbs"))]


def timeout_s(harm: str) -> float:
    if hostile.EXPECTED[harm] == "timeout":
        return BRIEF_S
    return CRAWLING_S if harm.startswith(BOUND_BY_TIME) else PATIENT_S


async def visit_to(harm: str) -> Outcome:
    async with site({"/": hostile.HARMS[harm]}) as origin, asyncio.timeout(SOON_S):
        return await visit(f"{origin}/", timeout_s=timeout_s(harm))


@pytest.mark.parametrize("harm", TOLD)
async def test_each_harm_is_called_what_it_is(harm: str) -> None:
    outcome = await visit_to(harm)

    assert in_short(outcome) == hostile.EXPECTED[harm]


@pytest.mark.parametrize("crumbs", hostile.CRUMBS)
async def test_a_page_in_crumbs_ends_in_time(crumbs: str) -> None:
    outcome = await visit_to(f"crumbs/{crumbs}")

    assert in_short(outcome).startswith(("200 untitled", "200 untold"))


@pytest.mark.parametrize("harm", FILLING)
async def test_no_harm_fills_the_memory(harm: str) -> None:
    tracemalloc.start()
    try:
        await visit_to(harm)
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()

    assert peak / 1e6 < LITTLE_MB


async def test_other_visits_go_on_while_servers_flood() -> None:
    replies = {f"/{harm}": reply for harm, reply in hostile.HARMS.items()}
    async with (
        site(replies) as harm,
        site({"/": after(0.5, page("<title>Fine</title>"))}) as fine,
        http_visitor(settings(timeout_s=SOON_S), SystemClock()) as visitor,
    ):
        trips = [asyncio.create_task(visitor.visit(Url(f"{harm}{path}"))) for path in replies]
        last = await visitor.visit(Url(f"{fine}/"))
        for trip in trips:
            trip.cancel()
        await asyncio.gather(*trips, return_exceptions=True)

    assert in_short(last.outcome) == "200 Fine"


async def test_a_thousand_redirects_are_left_after_ten() -> None:
    steps = {f"/{step}": moved(f"/{step + 1}") for step in range(1_000)}
    async with site(steps) as origin:
        outcome = await visit(f"{origin}/0")

    assert in_short(outcome) == "too-many-hops"
    assert len(origin.asked) == 11


async def test_a_redirect_to_itself_with_another_query_each_time_is_left_after_ten() -> None:
    turns = {f"/?turn={turn}": moved(f"?turn={turn + 1}") for turn in range(1_000)}
    async with site(turns) as origin:
        outcome = await visit(f"{origin}/?turn=0")

    assert in_short(outcome) == "too-many-hops"
    assert len(origin.asked) == 11


async def test_redirects_that_are_each_just_not_too_slow_are_left_when_they_add_up() -> None:
    steps = {f"/{step}": after(1.5, moved(f"/{step + 1}")) for step in range(10)}
    async with site(steps) as origin:
        outcome = await visit(f"{origin}/0", timeout_s=2)

    assert in_short(outcome) == "timeout"
    assert isinstance(outcome, Unreachable)
    assert outcome.detail == "its redirects together took too long"
    assert origin.asked == ["/0", "/1", "/2"]


@pytest.mark.parametrize("end", [then_closed, then_reset])
@pytest.mark.parametrize(
    "whole",
    [
        page("<html><head><title>Broken off</title></head><body><p>Hello</p></body></html>"),
        moved("/there"),
        hostile.CHUNKED
        + hostile.chunk(b"<html><head><title>Broken")
        + hostile.chunk(b" off</title></head>")
        + b"0\r\n\r\n",
    ],
    ids=["page", "redirect", "chunks"],
)
async def test_an_answer_that_breaks_off_anywhere_is_never_taken_for_another(
    whole: bytes, end: Callable[[bytes], Reply]
) -> None:
    replies = {f"/{at}": end(whole[:at]) for at in range(len(whole) + 1)}
    told = settings(at_once_per_host=64, timeout_s=30)
    async with (
        site({**replies, "/there": page("<title>Broken off</title>")}) as origin,
        http_visitor(told, SystemClock()) as visitor,
    ):
        visits = await asyncio.gather(*(visitor.visit(Url(f"{origin}{at}")) for at in replies))

    assert {in_short(one.outcome) for one in visits} <= {
        *("reset", "no-proper-answer", "302", "200 Broken off"),
        *("200 untitled, cut short", "200 Broken off, cut short"),
    }
    assert in_short(visits[0].outcome) == "reset"
    assert in_short(visits[-1].outcome) == "200 Broken off"


@pytest.mark.parametrize(
    ("talk", "expected"),
    [
        (hostile.says_nothing, "timeout"),
        (hostile.says_half_a_hello, "timeout"),
        (hostile.talks_garbage, "no-proper-answer"),
        (hostile.hangs_up, "reset"),
    ],
)
async def test_a_handshake_that_comes_to_nothing_is_told(talk: Talk, expected: str) -> None:
    limit_s = BRIEF_S if expected == "timeout" else PATIENT_S
    async with hostile.door(talk) as port, asyncio.timeout(SOON_S):
        outcome = await visit(f"https://127.0.0.1:{port}/", timeout_s=limit_s)

    assert in_short(outcome) == expected


@pytest.mark.parametrize(
    ("harm", "words"),
    [
        ("headers/a-hundred-thousand", "it sends more headers than any page needs"),
        ("headers/one-of-a-megabyte", "it sends a longer header than any page needs"),
        ("headers/no-colon", "one of its headers makes no sense"),
        ("length/letters", "what it says of the length of the page makes no sense"),
        ("body/chunks-of-letters", "the parts in which it sends the page make no sense"),
        ("talk/noise", "it does not answer as web servers do"),
    ],
)
async def test_harm_is_told_in_words(harm: str, words: str) -> None:
    outcome = await visit_to(harm)

    assert isinstance(outcome, Unreachable)
    assert outcome.detail == words


async def test_long_headers_of_honest_sites_are_no_harm() -> None:
    policy = "default-src 'self' " + " ".join(f"https://cdn{n}.example" for n in range(1_000))
    cookies = [b"set-cookie: a%d=%b" % (n, b"x" * 200) for n in range(60)]
    reply = hostile.headers(
        hostile.LENGTH, b"content-security-policy: " + policy.encode(), *cookies
    )

    async with site({"/": reply}) as origin:
        outcome = await visit(f"{origin}/", timeout_s=PATIENT_S)

    assert in_short(outcome) == "200 Harmless"


PIECES = st.sampled_from(
    b"""HTTP/1.1 200 OK|HTTP/1.0 200|HTTP/1.1 302 Found|HTTP/1.1 404 Not Found|HTTP/1.1 103 Hints
    |location: /0|location: //[|location: http://127.0.0.1:1/|content-type: text/html
    |content-type: ,|content-type: application/pdf|content-type: text/html; charset=utf-16
    |content-length: 20|content-length: -1|transfer-encoding: chunked|content-encoding: gzip
    |content-encoding: deflate|set-cookie: a|retry-after: 0|link: <|5|zz|0|<title>One</title>|<h1>
    |%PDF-1.5|\x1f\x8b\x08\x00|\xff""".replace(b"\n    ", b"").split(b"|")
) | st.binary(max_size=12)
ANSWERS = st.lists(st.lists(PIECES | st.just(b""), max_size=12).map(b"\r\n".join), max_size=30)


def are_visited(answers: list[bytes]) -> None:
    """Each comes to something, and nothing to an exception."""

    async def go() -> list[str]:
        replies = {f"/{at}": then_closed(one + b"\r\n\r\n") for at, one in enumerate(answers)}
        told = settings(at_once_per_host=64, timeout_s=PATIENT_S)
        async with site(replies) as origin, http_visitor(told, SystemClock()) as visitor:
            visits = (visitor.visit(Url(f"{origin}{path}")) for path in replies)
            return [in_short(visit.outcome) for visit in await asyncio.gather(*visits)]

    assert all(asyncio.run(go())) or not answers


@given(ANSWERS)
@hypothesis.settings(max_examples=10)
def test_no_answer_is_too_odd_to_be_told(answers: list[bytes]) -> None:
    are_visited(answers)


@pytest.mark.soak
@given(ANSWERS)
@hypothesis.settings(max_examples=200, suppress_health_check=list(HealthCheck))
def test_thousands_of_odd_answers_are_told(answers: list[bytes]) -> None:
    are_visited(answers)
