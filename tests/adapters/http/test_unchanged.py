"""A page that was seen before is asked for only if it has changed."""

from collections.abc import Mapping
from dataclasses import replace

import pytest

from sendguard.adapters.clock import SystemClock
from sendguard.adapters.http import http_visitor
from sendguard.values import Url
from sendguard.visit import Answered, Validators, Visit
from tests.adapters.http.visiting import settings
from tests.servers import Reply, Site, in_turn, moved, page, site

TITLE = "<title>A ship of two hulls</title>"
SEEN = page(TITLE, etag='"1"')


def unchanged(**headers: str) -> bytes:
    return page("", "304 Not Modified", **headers)


async def visit_twice(replies: Mapping[str, Reply]) -> tuple[Site, Answered]:
    async with site(replies) as origin, http_visitor(settings(), SystemClock()) as visitor:
        url = Url(f"{origin}/")
        before = await visitor.visit(url)
        again = (await visitor.visit(url, before)).outcome
    assert isinstance(again, Answered), again
    return origin, again


def has_condition(request: str) -> bool:
    return "if-none-match:" in request.lower()


def title_of(answer: Answered) -> str | None:
    return answer.page.title if answer.page else None


async def test_a_page_that_has_not_changed_is_what_it_was() -> None:
    there = {"/": in_turn(SEEN, unchanged(etag='"1"'))}

    origin, again = await visit_twice(there)

    assert (again.landed.status, title_of(again)) == (200, "A ship of two hulls")
    assert [has_condition(request) for request in origin.requests] == [False, True]


async def test_a_page_that_has_changed_is_what_it_is_now() -> None:
    there = {"/": in_turn(SEEN, page("<title>Another</title>", etag='"2"'))}

    _, again = await visit_twice(there)

    assert title_of(again) == "Another"
    assert again.validators == Validators(etag='"2"')


async def test_a_page_that_is_gone_since_is_gone() -> None:
    there = {"/": in_turn(SEEN, page("", "410 Gone"))}

    _, again = await visit_twice(there)

    assert (again.landed.status, again.page) == (410, None)


async def test_only_the_end_of_the_way_is_asked_with_a_condition() -> None:
    there = {"/": moved("/ship"), "/ship": in_turn(SEEN, unchanged(etag='"1"'))}

    origin, again = await visit_twice(there)

    assert origin.asked == ["/", "/ship", "/", "/ship"]
    assert [has_condition(request) for request in origin.requests] == [False, False, False, True]
    assert [hop.status for hop in again.hops] == [302, 200]


async def test_a_way_that_leads_elsewhere_now_is_gone_without_a_condition() -> None:
    there = {
        "/": in_turn(moved("/ship"), moved("/tree")),
        "/ship": SEEN,
        "/tree": page("<title>A tree</title>"),
    }

    origin, again = await visit_twice(there)

    assert title_of(again) == "A tree"
    assert not any(map(has_condition, origin.requests))


@pytest.mark.parametrize("wrong", [unchanged(), unchanged(etag='"2"')])
async def test_a_304_that_speaks_of_another_state_is_not_believed(wrong: bytes) -> None:
    there = {"/": in_turn(SEEN, wrong, page("<title>Another</title>"))}

    origin, again = await visit_twice(there)

    assert title_of(again) == "Another"
    assert [has_condition(request) for request in origin.requests] == [False, True, False]


async def test_a_304_that_nobody_asked_for_shows_no_page() -> None:
    _, again = await visit_twice({"/": unchanged(etag='"1"')})

    assert (again.landed.status, again.page) == (304, None)


async def test_a_304_again_and_again_shows_no_page_either() -> None:
    _, again = await visit_twice({"/": in_turn(SEEN, unchanged(etag='"2"'))})

    assert (again.landed.status, again.page) == (304, None)


async def test_what_an_earlier_run_remembers_is_no_age_of_the_new_visit() -> None:
    there = {"/": in_turn(SEEN, unchanged(etag='"1"'))}
    async with site(there) as origin, http_visitor(settings(), SystemClock()) as visitor:
        before: Visit = await visitor.visit(Url(f"{origin}/"))
        again = await visitor.visit(Url(f"{origin}/"), replace(before, age_s=900.0))

    assert again.age_s is None
    assert again.at > before.at
