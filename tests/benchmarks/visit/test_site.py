"""The stand-in web plays every behaviour."""

import time
from pathlib import Path

import pytest

from benchmarks.visit.behaviours import HUGE_BYTES, MIX, Behaviour
from benchmarks.visit.replies import HangUp, Piecewise, Reply, Whole
from benchmarks.visit.site import Request, Site

BROWSER = {b"user-agent": b"Mozilla/5.0"}


def a_site(scale: float = 0) -> Site:
    return Site(port=8800, scale=scale, folder=Path("no-such-folder"))


def ask(
    site: Site, path: str, method: bytes = b"GET", headers: dict[bytes, bytes] | None = None
) -> Reply:
    _, make = site.plan(Request(method=method, path=path, headers=headers or {}))
    return make()


def status(reply: Reply) -> int:
    assert isinstance(reply, Whole)
    return int(reply.head.split()[1])


@pytest.mark.parametrize(
    ("behaviour", "statuses"),
    [
        ("ok", [200, 200]),
        ("404", [404, 404]),
        ("410", [410, 410]),
        ("500", [500, 500]),
        ("flaky500", [500, 200]),
        ("429", [429, 429]),
        ("ua403", [403, 403]),
        ("head405", [200, 200]),
        ("soft404", [200, 200]),
        ("redir3", [301, 301]),
        ("gonehome", [302, 302]),
        ("loop", [302, 302]),
    ],
)
def test_an_article_answers_as_it_is_told_to(behaviour: str, statuses: list[int]) -> None:
    site = a_site()

    assert [status(ask(site, f"/b/{behaviour}/7")) for _ in statuses] == statuses


def test_a_busy_article_answers_when_its_pause_is_over() -> None:
    site = a_site()
    site.asked[7] = time.monotonic() - 1

    assert status(ask(site, "/b/429/7")) == 200


def test_a_picky_article_answers_a_browser() -> None:
    assert status(ask(a_site(), "/b/ua403/7", headers=BROWSER)) == 200


def test_some_articles_want_no_head() -> None:
    assert status(ask(a_site(), "/b/head405/7", b"HEAD")) == 405


def test_some_articles_hang_up() -> None:
    assert ask(a_site(), "/b/reset/7") == HangUp()


def test_a_huge_article_goes_on_behind_its_head() -> None:
    reply = ask(a_site(), "/b/huge/7")

    assert isinstance(reply, Piecewise)
    assert b"</title>" in reply.head
    assert sum(map(len, reply.pieces)) > 0.99 * HUGE_BYTES


def test_a_slow_article_sends_its_head_first_and_its_text_in_six_seconds() -> None:
    reply = ask(a_site(scale=1), "/b/slow/7")

    assert isinstance(reply, Piecewise)
    assert b"</title>" in reply.head
    assert reply.pause_s * len(reply.pieces) == pytest.approx(6)


def test_redirects_lead_to_the_article_in_so_many_steps() -> None:
    site, path, seen = a_site(), "/b/redir3/7", 0
    while status(reply := ask(site, path)) != 200:
        assert isinstance(reply, Whole)
        address = reply.head.partition(b"Location: ")[2].split(b"\r\n")[0].decode()
        path, seen = f"/{address.split('/', 3)[3]}", seen + 1

    assert seen == 3


def test_what_is_not_there_is_not_found() -> None:
    for path in ("/s/x/y", "/b/nonsense/7", "/newsletter/none.html", "/elsewhere"):
        assert status(ask(a_site(), path)) == 404


def test_every_behaviour_has_its_share() -> None:
    assert set(MIX) == set(Behaviour)
    assert sum(MIX.values()) == 1000
