"""Checks of campaigns are kept, and what the store knows of earlier ones is judged by."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta

from sendguard.config import Config
from sendguard.errors import BadStore
from sendguard.flows.check import check
from sendguard.flows.look_back import Keeping
from sendguard.flows.prepare import prepare_all
from sendguard.flows.terms import Terms
from sendguard.gate import Run, Sending
from sendguard.ports import History, PastIssue, Store
from sendguard.read import Brief, Campaign
from sendguard.values import Decision
from tests.builders import NOON, a_campaign
from tests.fakes import StoppedClock, ToldPaths, ToldStore, ToldVisitor

DAY = timedelta(days=1)
TERMS = Terms(config=Config(), release="1.0")
BARE = "<p>Hello</p>"


def report(number: int) -> str:
    return f'<p><a href="https://x.org/reports/{number}">Full report</a></p>'


def a_folder(html: str = BARE, *, subject: str = "Spring", series: str = "n") -> Mapping[str, str]:
    brief = f"newsletter: n.html\nsubject: {subject}\nseries: {series}\n"
    return {"campaign.yaml": brief, "n.html": html}


def an_earlier_one(number: int, *, name: str | None = None, sent: bool = True) -> PastIssue:
    brief = Brief(newsletter="n.html", series="n")
    name = name or f"gone-{number}"
    bare = replace(a_campaign(report(number)), id=name, path=name, brief=brief)
    campaign = replace(bare, subject=f"Issue {number}", digest=f"sha256:{number}")
    return PastIssue(campaign=campaign, at=NOON - (9 - number) * DAY, sent=sent)


async def run(
    paths: ToldPaths, store: Store, *checked: str, terms: Terms = TERMS, **previous: str
) -> Run:
    ready = prepare_all(checked, paths, (), tuple(previous.values()))
    keeping = Keeping(open_store=lambda: store, terms=terms)
    return await check(ready, ToldVisitor({}), StoppedClock(), Config(), keeping=keeping)


def codes(done: Run) -> list[str]:
    return [found.code for one in done.newsletters for found in one.all_findings]


async def test_a_check_of_a_campaign_is_kept_whole() -> None:
    store = ToldStore()

    done = await run(ToldPaths(spring=a_folder()), store, "spring")

    (record,) = store.records
    assert (record.checked,) == done.newsletters
    assert (record.at, record.occasion) == (NOON, "check")
    assert record.says == ("PASS  spring: there are no links in it, no earlier issue known. 0.0 s")
    assert store.closed == 1


async def test_of_several_each_campaign_is_kept_and_no_bare_file() -> None:
    store = ToldStore()
    paths = ToldPaths(spring=a_folder(), bare=BARE, summer=a_folder("<p>Bye</p>"))

    await run(paths, store, "spring", "bare", "summer", "missing")

    assert [record.checked.campaign.id for record in store.records] == ["spring", "summer"]
    assert "spring" in store.records[0].says
    assert "summer" not in store.records[0].says


async def test_the_store_is_not_opened_for_a_bare_file() -> None:
    def refuse() -> Store:
        raise AssertionError

    keeping = Keeping(open_store=refuse, terms=TERMS)
    ready = prepare_all(["bare"], ToldPaths(bare=BARE))

    done = await check(ready, None, StoppedClock(), Config(), keeping=keeping)

    assert done.unkept is None


async def test_a_store_that_cannot_be_opened_hides_no_finding() -> None:
    def refuse() -> Store:
        raise BadStore("the store is locked")

    keeping = Keeping(open_store=refuse, terms=TERMS)
    ready = prepare_all(["spring"], ToldPaths(spring=a_folder('<a href="#">Read</a>')))

    done = await check(ready, None, StoppedClock(), Config(), keeping=keeping)

    assert done.decision is Decision.BLOCK
    assert done.unkept == "the store is locked"


async def test_a_store_that_does_not_take_it_is_told() -> None:
    store = ToldStore(trouble="the store is full")

    done = await run(ToldPaths(spring=a_folder()), store, "spring")

    assert done.decision is Decision.PASS
    assert done.unkept == "the store is full"
    assert store.closed == 1


async def test_a_campaign_that_went_out_already_is_blocked() -> None:
    sent = Sending(campaign="spring", digest="0", letter="other", at=NOON, subject="Spring")

    done = await run(ToldPaths(spring=a_folder()), ToldStore(History(sent=sent)), "spring")

    assert "SG406" in codes(done)
    assert done.decision is Decision.BLOCK


async def test_after_the_send_that_counts_no_more() -> None:
    sent = Sending(campaign="spring", digest="0", letter="other", at=NOON, subject="Spring")
    store = ToldStore(History(sent=sent))

    done = await run(
        ToldPaths(spring=a_folder()), store, "spring", terms=replace(TERMS, before_send=False)
    )

    assert "SG406" not in codes(done)


async def test_issues_whose_folders_are_gone_still_serve() -> None:
    store = ToldStore(History(issues=tuple(map(an_earlier_one, (3, 2, 1)))))

    done = await run(ToldPaths(now=a_folder(report(3), subject="Issue 4")), store, "now")

    assert "SG303" in codes(done)


async def test_issues_that_stand_beside_are_judged_by_what_stands_there() -> None:
    store = ToldStore(History(issues=tuple(map(an_earlier_one, (3, 2, 1)))))
    there = {f"gone-{number}": a_folder() for number in (1, 2, 3)}

    done = await run(ToldPaths(now=a_folder(report(3)), **there), store, "now")

    assert "SG303" not in codes(done)


async def test_issues_that_are_named_are_the_only_ones() -> None:
    store = ToldStore(History(issues=tuple(map(an_earlier_one, (3, 2, 1)))))
    paths = ToldPaths(now=a_folder(report(3)), other=report(7))

    done = await run(paths, store, "now", first="other")

    assert "SG303" not in codes(done)


def terms_of(campaign: Campaign, terms: Terms = TERMS, **known: str) -> str:
    sent = Sending.of(campaign, NOON) if "sent" in known else None
    previous = [("march", known["march"])] if "march" in known else []
    beside = [("march", known["beside"])] if "beside" in known else []
    return terms.of(previous, beside, sent)


def test_terms_are_those_of_another_check_only_where_all_is_the_same() -> None:
    campaign = a_campaign()
    others = [
        terms_of(campaign, replace(TERMS, release="1.1")),
        terms_of(campaign, replace(TERMS, offline=True)),
        terms_of(campaign, replace(TERMS, before_send=False)),
        terms_of(campaign, replace(TERMS, config=Config.parse("gate: {walled: unverified}", {}))),
        terms_of(campaign, replace(TERMS, config=Config.parse("visit: {proxy: 'http://p:1'}", {}))),
        terms_of(campaign, march="sha256:1"),
        terms_of(campaign, march="sha256:2"),
        terms_of(campaign, beside="sha256:1"),
        terms_of(campaign, beside="sha256:2"),
        terms_of(campaign, sent="yes"),
    ]

    assert len({terms_of(campaign), *others}) == 1 + len(others)


def test_how_fast_links_are_opened_changes_no_terms() -> None:
    fast = replace(TERMS, config=Config.parse("visit: {at_once: 7, remember_s: 0}", {}))

    assert terms_of(a_campaign(), fast) == terms_of(a_campaign())
