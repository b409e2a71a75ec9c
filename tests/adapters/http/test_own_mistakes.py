"""What nobody thought of goes wrong over one answer: the other links are still checked."""

import httpx

from sendguard.adapters.clock import SystemClock
from sendguard.adapters.http import HttpFeeds, HttpVisitor
from sendguard.adapters.http.asker import Asker
from sendguard.flows.visit_all import visit_all
from sendguard.ports import NotFetched
from sendguard.values import Url
from sendguard.visit import Answered, Trouble, Unreachable
from tests.adapters.http.visiting import settings
from tests.fakes import ToldChance

GOOD, BAD = Url("https://example.org/good"), Url("https://example.org/bad")


class MistakenTransport(httpx.AsyncBaseTransport):
    """Does what no transport may: an error that nobody expects, over one address."""

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        if request.url.path == "/bad":
            raise ZeroDivisionError
        body = httpx.ByteStream(b"<title>Good</title>")
        return httpx.Response(200, stream=body, request=request)


def an_asker() -> Asker:
    return Asker(MistakenTransport(), settings(), SystemClock(), ToldChance())


async def test_a_mistake_over_one_answer_leaves_the_others_alone() -> None:
    visitor = HttpVisitor(an_asker(), SystemClock(), frozenset())

    visits = await visit_all([BAD, GOOD], visitor, lambda _done, _of: None)

    good, bad = visits[GOOD].outcome, visits[BAD].outcome
    assert isinstance(good, Answered)
    assert isinstance(bad, Unreachable)
    assert bad.trouble is Trouble.NO_PROPER_ANSWER
    assert bad.detail == "SendGuard made a mistake over its answer, ZeroDivisionError"


async def test_a_mistake_over_a_feed_is_trouble_with_the_feed() -> None:
    fetched = await HttpFeeds(an_asker()).fetch(BAD)

    assert fetched == NotFetched("led SendGuard into a mistake, ZeroDivisionError")
