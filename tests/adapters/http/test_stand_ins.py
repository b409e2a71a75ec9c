"""Answers that are no answers, met on real servers: error pages, logins, parked domains."""

import ssl
from datetime import UTC, datetime, timedelta

import pytest
import trustme

from sendguard.adapters.clock import SystemClock
from sendguard.adapters.http import http_visitor
from sendguard.flows.visit_all import visit_all
from sendguard.values import Url
from sendguard.visit import Answered, Kind, NotVisited
from sendguard.visit.likeness import beside
from sendguard.visit.soft_404 import SAME_AS_INVENTED
from tests.adapters.http.visiting import answer, facts, settings, visit
from tests.servers import Site, moved, page, site, titled, tls_for

TEXT = "<p>" + " ".join(f"word{number}" for number in range(400))
GONE = "<title>Page not found | The Example</title><h1>Page not found</h1><p>We are sorry."


def made_up(origin: Site, path: str) -> str:
    there = beside(Url(f"{origin}{path}"))
    assert there
    return there.path


async def test_the_same_page_at_an_address_that_was_made_up_proves_a_soft_404() -> None:
    replies = {"/news/may": page(GONE)}
    async with site(replies) as origin:
        replies[made_up(origin, "/news/may")] = page(GONE)
        outcome = await answer(f"{origin}/news/may")

    assert outcome.kind is Kind.SOFT_404
    assert outcome.signs[-1] == SAME_AS_INVENTED
    assert outcome.is_no_page


async def test_a_page_that_repeats_its_address_is_the_same_page() -> None:
    replies = {"/news/may": page(f"{GONE} There is no /news/may here.{TEXT}")}
    async with site(replies) as origin:
        there = made_up(origin, "/news/may")
        replies[there] = page(f"{GONE} There is no {there} here.{TEXT}")
        outcome = await answer(f"{origin}/news/may")

    assert outcome.signs[-1] == SAME_AS_INVENTED


async def test_what_is_made_up_is_asked_for_once_for_all_pages_of_a_folder() -> None:
    replies = {f"/news/{number}": page(GONE) for number in range(5)}
    async with site(replies) as origin, http_visitor(settings(), SystemClock()) as visitor:
        there = made_up(origin, "/news/0")
        replies[there] = page(GONE)
        visits = await visit_all(
            [Url(f"{origin}/news/{n}") for n in range(5)], visitor, lambda *_: None
        )

    outcomes = [visit.outcome for visit in visits.values()]
    assert all(isinstance(outcome, Answered) and outcome.is_no_page for outcome in outcomes)
    assert origin.asked.count(there) == 1


async def test_what_is_made_up_does_not_wait_for_links_that_have_not_begun() -> None:
    replies = {f"/{number}": titled("A page") for number in range(20)} | {"/0": page(GONE)}
    limits = settings(at_once_per_host=2)
    async with site(replies) as origin, http_visitor(limits, SystemClock()) as visitor:
        links = [Url(f"{origin}{path}") for path in replies]
        await visit_all(links, visitor, lambda *_: None)

    assert origin.asked.index(made_up(origin, "/0")) < 10


async def test_a_site_that_answers_404_to_what_was_made_up_is_only_suspected() -> None:
    async with site({"/shows/lost": page("<title>Not Found</title><h1>Not Found</h1>")}) as origin:
        outcome = await answer(f"{origin}/shows/lost")

    assert outcome.signs == ("its title says “Not Found”",)
    assert not outcome.is_no_page


async def test_an_article_about_missing_pages_is_a_page_and_nothing_else_is_asked() -> None:
    article = page(f"<title>404 Not Found: what it means</title>{TEXT}")
    async with site({"/blog/404-not-found": article}) as origin:
        outcome = await answer(f"{origin}/blog/404-not-found")

    assert outcome.kind is Kind.PAGE
    assert origin.asked == ["/blog/404-not-found"]


async def test_an_ordinary_page_costs_one_request() -> None:
    async with site({"/news/may": titled("May")}) as origin:
        await answer(f"{origin}/news/may")

    assert origin.asked == ["/news/may"]


async def test_what_is_made_up_is_followed_like_any_link_but_not_to_what_acts() -> None:
    replies = {"/news/may": page(GONE)}
    async with site(replies) as origin:
        replies[made_up(origin, "/news/may")] = moved("/unsubscribe/abc123")
        outcome = await answer(f"{origin}/news/may")

    assert outcome.is_no_page
    assert "/unsubscribe/abc123" not in origin.asked


async def test_nothing_is_made_up_beside_what_acts() -> None:
    async with site({"/confirm/8d3f1c7a9e": page(GONE)}) as origin:
        outcome = await visit(f"{origin}/confirm/8d3f1c7a9e")

    assert isinstance(outcome, NotVisited)
    assert origin.asked == []


async def test_a_redirect_to_an_error_page_is_compared_with_what_was_wanted() -> None:
    replies = {"/news/may": moved("/404"), "/404": page("<title>Hmm</title><p>Gone.")}
    async with site(replies) as origin:
        there = made_up(origin, "/news/may")
        replies[there] = moved("/404")
        outcome = await answer(f"{origin}/news/may")

    assert outcome.signs[0] == "it was sent on to an error page (/404)"
    assert outcome.signs[-1] == SAME_AS_INVENTED


async def test_a_login_in_the_pages_place_is_a_wall() -> None:
    login = "<title>Log in | The Example</title><form><input type=password></form>"
    async with site({"/members/may": page(login)}) as origin:
        outcome = await answer(f"{origin}/members/may")

    assert (outcome.kind, outcome.page) == (Kind.LOGIN, None)
    assert outcome.walled == "the site asks visitors to log in"


@pytest.mark.parametrize(
    ("location", "kind"), [("/login?next=/may", Kind.LOGIN), ("/consent/", Kind.CONSENT)]
)
async def test_a_detour_is_of_its_own_kind(location: str, kind: Kind) -> None:
    async with site({"/may": moved(location), location: titled("Hello")}) as origin:
        outcome = await answer(f"{origin}/may")

    assert outcome.walled
    assert outcome.kind is kind


async def test_a_parked_domain_is_seen() -> None:
    parked = "<title>127.0.0.1 is for sale</title><script src=https://parklogic.com/x></script>"
    async with site({"/may": page(parked)}) as origin:
        outcome = await answer(f"{origin}/may")

    assert outcome.kind is Kind.PARKED
    assert len(outcome.signs) == 3


async def test_a_place_deep_in_a_long_page_is_found() -> None:
    deep = f"<head><title>Deep</title></head>{TEXT * 200}<h2 id=end>End</h2>"
    async with site({"/": page(deep)}) as origin:
        seen = await facts(f"{origin}/#end")

    assert len(deep) > 500_000
    assert seen.anchors == frozenset({"end"})


async def test_no_place_is_said_to_be_missing_on_a_page_that_broke_off() -> None:
    short = page(f"<title>May</title><body>{TEXT}<h2 id=a>", content_length="90000")

    async def break_off(writer: object) -> None:
        writer.write(short)  # type: ignore[attr-defined]
        writer.close()  # type: ignore[attr-defined]

    async with site({"/": break_off}) as origin:
        seen = await facts(f"{origin}/#end")

    assert seen.anchors is None
    assert not seen.cut_short


async def test_a_page_that_several_links_jump_into_is_asked_for_once() -> None:
    async with site({"/a": page(f"<title>A</title>{TEXT}<h2 id=one>")}) as origin:
        urls = [Url(f"{origin}/a{end}") for end in ("", "#one", "#two")]
        async with http_visitor(settings(), SystemClock()) as visitor:
            visits = await visit_all(urls, visitor, lambda _done, _of: None)

    assert origin.asked == ["/a"]
    ends = [visits[url].outcome for url in urls]
    assert [end.landed.url for end in ends if isinstance(end, Answered)] == urls


def ending(authority: trustme.CA, day: datetime) -> ssl.SSLContext:
    return tls_for(authority.issue_cert("127.0.0.1", not_after=day))


async def test_the_certificate_that_ends_first_is_kept(authority: tuple[trustme.CA, str]) -> None:
    ca, file = authority
    near, far = (datetime.now(UTC).replace(microsecond=0) + timedelta(days=d) for d in (9, 99))
    async with (
        site({"/": titled("There")}, ending(ca, far)) as there,
        site({"/": moved(f"{there}/")}, ending(ca, near)) as here,
    ):
        outcome = await answer(f"{here}/", ca_file=file)

    assert outcome.certificate
    assert (outcome.certificate.host, outcome.certificate.until) == ("127.0.0.1", near)


async def test_without_tls_there_is_no_certificate() -> None:
    async with site({"/": titled("Here")}) as origin:
        assert (await answer(f"{origin}/")).certificate is None


SHELL = '<div id="root"></div><script src="/main.js"></script>'


@pytest.mark.parametrize("title", ["", "Loading…", "React App"])
async def test_an_empty_page_that_a_program_fills_has_no_title(title: str) -> None:
    async with site({"/may": page(f"<head><title>{title}</title></head><body>{SHELL}")}) as origin:
        outcome = await answer(f"{origin}/may")

    assert outcome.kind is Kind.SHELL
    assert outcome.page
    assert outcome.page.best_title is None


async def test_an_empty_page_that_broke_off_is_no_such_page() -> None:
    begun = page(f"<body>{SHELL}").replace(b"content-length: ", b"content-length: 9")
    async with site({"/may": begun}) as origin:
        outcome = await answer(f"{origin}/may", timeout_s=0.5)

    assert outcome.kind is Kind.PAGE


async def test_an_empty_page_of_a_social_network_is_a_wall() -> None:
    async with site({"/navigator": page(f"<body>{SHELL}")}) as origin:
        near = {"x.com:80": f"127.0.0.1:{origin.port}"}
        outcome = await answer("http://x.com/navigator", connect_to=near)

    assert outcome.walled == "the site shows its pages to browsers alone"
