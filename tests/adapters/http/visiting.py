"""One visit, as the tests of this folder make it."""

from sendguard.adapters.clock import SystemClock
from sendguard.adapters.http import http_visitor
from sendguard.config import Visits
from sendguard.values import Url
from sendguard.visit import Answered, Kind, Outcome, Page, Unreachable

LOOPBACK = ("127.0.0.0/8",)


def settings(**told: object) -> Visits:
    return Visits.model_validate({"allow_private": LOOPBACK, "timeout_s": 30, **told})


async def visit(address: str, **told: object) -> Outcome:
    async with http_visitor(settings(**told), SystemClock()) as visitor:
        return (await visitor.visit(Url(address))).outcome


async def answer(address: str, **told: object) -> Answered:
    outcome = await visit(address, **told)
    assert isinstance(outcome, Answered), outcome
    return outcome


async def facts(address: str, **told: object) -> Page:
    page = (await answer(address, **told)).page
    assert page is not None
    return page


async def trouble(address: str, **told: object) -> Unreachable:
    outcome = await visit(address, **told)
    assert isinstance(outcome, Unreachable), outcome
    return outcome


def in_short(outcome: Outcome) -> str:
    """What a visit came to: `timeout`, `404`, `200 A title`, `200 untold`."""
    if not isinstance(outcome, Answered):
        return str(outcome.trouble) if isinstance(outcome, Unreachable) else str(outcome.reason)
    if outcome.page is None:
        return str(outcome.landed.status)
    if outcome.kind is Kind.UNTOLD:
        return f"{outcome.landed.status} untold"
    cut_short = ", cut short" if outcome.page.cut_short else ""
    return f"{outcome.landed.status} {outcome.page.best_title or 'untitled'}{cut_short}"
