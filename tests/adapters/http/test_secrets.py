"""What is never sent: cookies, passwords, where a link came from. Seen in the raw requests."""

import pytest

from sendguard.adapters.clock import SystemClock
from sendguard.adapters.http import http_visitor
from sendguard.adapters.http.proxy import proxy_at
from sendguard.errors import BadConfig
from sendguard.values import Url
from tests.adapters.http.visiting import answer, facts, settings
from tests.servers import Site, moved, page, site, titled

SECRETS = {"authorization", "proxy-authorization", "cookie", "cookie2", "referer", "origin"}


def names_sent(site: Site) -> set[str]:
    lines = [line for request in site.requests for line in request.split("\r\n")[1:] if line]
    return {line.partition(":")[0].lower() for line in lines}


async def test_a_name_and_a_password_in_an_address_are_sent_to_nobody() -> None:
    async with site({"/": titled("Open")}) as origin:
        seen = await facts(f"http://ada:secret@127.0.0.1:{origin.port}/")

    assert seen.title == "Open"
    assert not names_sent(origin) & SECRETS
    assert "ada" not in origin.requests[0]
    assert f"host: 127.0.0.1:{origin.port}\r\n" in origin.requests[0].lower()


async def test_a_name_and_a_password_in_a_redirect_are_sent_to_nobody() -> None:
    async with site({"/b": titled("There")}) as there:
        leads = moved(f"http://ada:secret@127.0.0.1:{there.port}/b")
        async with site({"/a": leads}) as here:
            await answer(f"http://bob:other@127.0.0.1:{here.port}/a")

    assert there.asked == ["/b"]
    assert not (names_sent(here) | names_sent(there)) & SECRETS
    assert "secret" not in there.requests[0]


async def test_who_asks_for_a_password_is_given_none() -> None:
    asks = page("", "401 Unauthorized", www_authenticate='Basic realm="x"')
    async with site({"/": asks}) as origin:
        outcome = await answer(f"http://ada:secret@127.0.0.1:{origin.port}/")

    assert outcome.landed.status == 401
    assert not names_sent(origin) & SECRETS


async def test_a_proxy_that_asks_for_a_password_on_a_sites_behalf_is_given_none() -> None:
    asks = page("", "407 Proxy Authentication Required", proxy_authenticate="Basic")
    async with site({"/": asks}) as origin:
        await answer(f"{origin}/")

    assert not names_sent(origin) & SECRETS


@pytest.mark.parametrize("cookie", ["a=b; Domain=127.0.0.1; Path=/", "a=b; SameSite=None; Secure"])
async def test_no_cookie_comes_back_whether_here_or_elsewhere(cookie: str) -> None:
    replies = {
        "/a": moved("/b", set_cookie=cookie),
        "/b": page("<title>B</title>", set_cookie="c=d"),
    }
    async with (
        site(replies) as here,
        site({"/": titled("Elsewhere")}) as there,
        http_visitor(settings(), SystemClock()) as visitor,
    ):
        for address in (f"{here}/a", f"{here}/b?again", f"{there}/"):
            await visitor.visit(Url(address))

    assert len(here.requests) > 2
    assert not (names_sent(here) | names_sent(there)) & SECRETS


async def test_no_page_learns_where_its_reader_came_from() -> None:
    async with (
        site({"/": titled("There")}) as there,
        site({"/?issue=forty-two": moved(f"{there}/")}) as here,
    ):
        await answer(f"{here}/?issue=forty-two")

    assert "forty-two" not in there.requests[0]
    assert not names_sent(there) & SECRETS


def test_a_complaint_about_the_proxy_does_not_tell_its_password() -> None:
    with pytest.raises(BadConfig) as complaint:
        proxy_at("socks5://ada:secret@proxy.example:1080")

    assert "…@proxy.example:1080 is not of the form" in str(complaint.value)
    assert "secret" not in str(complaint.value)
