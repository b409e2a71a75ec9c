"""Where the issues before one come from: named, or of its series beside it."""

from collections.abc import Mapping, Sequence

from sendguard.config import Config
from sendguard.flows.check import check
from sendguard.flows.prepare import Prepared, Ready, prepare_all
from sendguard.gate import Run
from sendguard.values import Decision
from tests.fakes import StoppedClock, ToldPaths, ToldVisitor


def report(number: int) -> str:
    return f'<p><a href="https://x.org/reports/{number}">Full report</a></p>'


def campaign(number: int, month: int, *, series: str = "navigator") -> Mapping[str, str]:
    brief = f"newsletter: n.html\nseries: {series}\nsend_at: 2026-{month:02}-01T09:00:00Z\n"
    return {"campaign.yaml": brief, "n.html": report(number)}


def names(ready: Sequence[Ready]) -> list[str]:
    (one,) = (one for one in ready if isinstance(one, Prepared))
    return [issue.name for issue in one.earlier.issues]


async def run(
    paths: ToldPaths, *, checked: Sequence[str] = ("now",), previous: Sequence[str] = ()
) -> Run:
    ready = prepare_all(checked, paths, (), previous)
    return await check(ready, ToldVisitor({}), StoppedClock(), Config())


def codes(done: Run) -> list[str]:
    return [found.code for one in done.newsletters for found in one.all_findings]


def test_issues_that_are_named_come_in_their_order() -> None:
    paths = ToldPaths(now=report(4), march=report(3), february=report(2))

    ready = prepare_all(["now"], paths, (), ["march", "february"])

    assert names(ready) == ["march", "february"]


def test_more_issues_than_are_looked_back_at_are_left_out() -> None:
    paths = ToldPaths(now=report(9), **{f"n{number}": report(number) for number in range(8)})

    ready = prepare_all(["now"], paths, (), [f"n{number}" for number in range(8)])

    assert names(ready) == [f"n{number}" for number in range(6)]


async def test_a_link_that_did_not_move_on_blocks() -> None:
    paths = ToldPaths(now=report(3), a=report(3), b=report(2), c=report(1))

    done = await run(paths, previous=["a", "b", "c"])

    assert "SG303" in codes(done)
    assert done.decision is Decision.BLOCK


async def test_each_newsletter_is_compared_with_the_named_issues() -> None:
    paths = ToldPaths(now=report(3), too=report(3), a=report(3), b=report(2), c=report(1))

    done = await run(paths, checked=["now", "too"], previous=["a", "b", "c"])

    assert codes(done).count("SG303") == 2


async def test_a_named_issue_that_cannot_be_read_is_told() -> None:
    done = await run(ToldPaths(now=report(1)), previous=["missing"])

    assert [one.path for one in done.unreadable] == ["missing"]


async def test_nothing_of_an_earlier_issue_is_visited() -> None:
    visitor = ToldVisitor({})
    ready = prepare_all(["now"], ToldPaths(now=report(2), before=report(1)), (), ["before"])

    await check(ready, visitor, StoppedClock(), Config())

    assert visitor.trips == ["https://x.org/reports/2"]


def test_a_series_is_found_beside_the_campaign_newest_first() -> None:
    paths = ToldPaths(
        now=campaign(4, 4),
        january=campaign(1, 1),
        march=campaign(3, 3),
        february=campaign(2, 2),
        may=campaign(5, 5),
        other=campaign(9, 1, series="steersman"),
    )

    ready = prepare_all(["now"], paths)

    assert names(ready) == ["march", "february", "january"]


def test_issues_that_are_named_go_before_the_series() -> None:
    paths = ToldPaths(now=campaign(4, 4), march=campaign(3, 3), old=report(1))

    ready = prepare_all(["now"], paths, (), ["old"])

    assert names(ready) == ["old"]


def test_a_campaign_without_series_or_time_has_none_before_it() -> None:
    paths = ToldPaths(
        now={"campaign.yaml": "newsletter: n.html", "n.html": report(2)}, march=campaign(3, 3)
    )

    ready = prepare_all(["now"], paths)

    assert names(ready) == []


async def test_a_broken_folder_beside_it_is_noted_and_left_out() -> None:
    paths = ToldPaths(
        now=campaign(4, 4),
        march={**campaign(3, 3), "campaign.yaml": "newsletter: ["},
        february={"campaign.yaml": campaign(2, 2)["campaign.yaml"]},
        january=campaign(1, 1),
    )

    done = await run(paths)

    notes = [found.says for found in done.newsletters[0].findings if found.code == "SG404"]
    assert notes == ["Not compared with what stands beside it and cannot be read: march, february"]
    assert done.unreadable == ()


async def test_the_issue_itself_is_no_earlier_one() -> None:
    done = await run(ToldPaths(now=report(3)), previous=["now", "now", "now"])

    assert "SG303" not in codes(done)
