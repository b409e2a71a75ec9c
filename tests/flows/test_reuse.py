"""An earlier check answers only where nothing has changed since that made it a pass."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta

import pytest

from sendguard.config import Config
from sendguard.errors import BadStore
from sendguard.flows.check import check
from sendguard.flows.look_back import Keeping
from sendguard.flows.prepare import prepare_all
from sendguard.flows.reuse import Reusing, reuse
from sendguard.flows.terms import Terms
from sendguard.gate import Checked, Passed, Record, Sending, approvals_text
from sendguard.ports import LastCheck
from sendguard.read import Article
from sendguard.values import Decision
from tests.builders import NOON, an_approval
from tests.fakes import StoppedClock, ToldPaths, ToldStore, ToldVisitor

HOUR_S = 3600.0
TERMS = Terms(config=Config(), release="1.0")
SPRING = {
    "campaign.yaml": "newsletter: n.mjml",
    "n.mjml": '<mjml><mj-body><mj-include path="part.mjml" /></mj-body></mjml>',
    "part.mjml": "<mj-section><mj-column><mj-text>Hello</mj-text></mj-column></mj-section>",
}
BLOCKED = {"campaign.yaml": "newsletter: n.html", "n.html": '<a href="#">Read</a>'}
ONE_HOUR = Reusing(
    find=lambda campaign, digest: None,  # noqa: ARG005 - a port names what it takes
    oldest_s=HOUR_S,
    at=NOON,
    terms=TERMS,
)


class Found:
    """A `ports.FindLastCheck` over the checks of a store."""

    def __init__(self, records: list[Record], sent: Sending | None = None) -> None:
        self._records = records
        self._sent = sent

    def __call__(self, campaign: str, digest: str) -> LastCheck | None:
        of_it = [
            record
            for record in self._records
            if (record.checked.campaign.id, record.checked.campaign.digest) == (campaign, digest)
        ]
        return LastCheck(of_it[-1], self._sent) if of_it else None


async def checked(
    paths: ToldPaths, *names: str, terms: Terms = TERMS, previous: tuple[str, ...] = ()
) -> list[Record]:
    store = ToldStore()
    keeping = Keeping(open_store=lambda: store, terms=terms)
    ready = prepare_all(names, paths, (), previous)
    await check(ready, ToldVisitor({}), StoppedClock(), Config(), keeping=keeping)
    return store.records


async def reused(
    files: Mapping[str, str] = SPRING,
    then: Mapping[str, str] = SPRING,
    how: Reusing = ONE_HOUR,
    **told: object,
) -> Checked | None:
    """What answers for a campaign that was `then` when it was checked, and is `files` now."""
    records = await checked(ToldPaths(spring=then), "spring")
    records = [replace(record, **told) for record in records]  # type: ignore[arg-type]
    how = replace(how, find=Found(records))
    return reuse(["spring"], ToldPaths(spring=files), how).get("spring")


async def test_a_pass_answers_while_nothing_has_changed() -> None:
    answer = await reused(at=NOON - timedelta(minutes=12))

    assert answer
    assert answer.decision is Decision.PASS
    assert answer.passed == Passed(NOON - timedelta(minutes=12), 720.0)


@pytest.mark.parametrize("changed", SPRING)
async def test_no_file_may_have_changed(changed: str) -> None:
    assert await reused({**SPRING, changed: f"{SPRING[changed]}\n"}) is None


async def test_a_block_answers_for_nothing() -> None:
    assert await reused(BLOCKED, BLOCKED) is None


async def test_a_pass_that_is_older_answers_no_more() -> None:
    assert await reused(at=NOON - timedelta(minutes=60))
    assert await reused(at=NOON - timedelta(minutes=61)) is None


async def test_a_pass_from_the_future_shows_that_the_clock_was_set() -> None:
    assert await reused(at=NOON + timedelta(seconds=1)) is None


@pytest.mark.parametrize(
    "terms",
    [
        replace(TERMS, release="2.0"),
        replace(TERMS, config=Config.parse("gate: {walled: unverified}", {})),
        replace(TERMS, expected=(Article(link="Read", title="A title"),)),
    ],
)
async def test_a_pass_on_other_terms_does_not_answer(terms: Terms) -> None:
    assert await reused(how=replace(ONE_HOUR, terms=terms)) is None


async def approved(until: date, now: Mapping[str, str]) -> Checked | None:
    """The answer for a campaign that passed by a word, with the approvals of now."""
    found = (await checked(ToldPaths(spring=BLOCKED), "spring"))[0].checked.all_findings
    words = [an_approval(one.fingerprint, until=until) for one in found]
    then = {**BLOCKED, "approvals.yaml": approvals_text(words)}
    return await reused({**then, **now}, then)


async def test_a_pass_by_a_word_answers_while_the_word_counts() -> None:
    assert await approved(NOON.date(), {})


async def test_a_word_that_was_taken_back_counts_no_more() -> None:
    assert await approved(NOON.date(), {"approvals.yaml": ""}) is None


async def test_approvals_that_cannot_be_read_are_for_a_new_check_to_tell() -> None:
    assert await approved(NOON.date(), {"approvals.yaml": "approvals: yes"}) is None


async def test_a_word_that_has_ended_since_counts_no_more() -> None:
    found = (await checked(ToldPaths(spring=BLOCKED), "spring"))[0].checked.all_findings
    words = [an_approval(one.fingerprint, until=NOON.date()) for one in found]
    files = {**BLOCKED, "approvals.yaml": approvals_text(words)}
    tomorrow = replace(ONE_HOUR, at=NOON + timedelta(days=1), oldest_s=48 * HOUR_S)

    assert await reused(files, files, tomorrow) is None


async def test_what_went_out_since_is_not_sent_again() -> None:
    paths = ToldPaths(spring=SPRING)
    (record,) = await checked(paths, "spring")
    sent = Sending.of(record.checked.campaign, NOON)
    again = replace(ONE_HOUR, find=Found([record], sent))

    assert reuse(["spring"], paths, again) == {}


async def test_an_earlier_issue_that_was_named_has_to_be_the_same() -> None:
    records = await checked(
        ToldPaths(spring=SPRING, march="<p>March</p>"), "spring", previous=("march",)
    )
    how = replace(ONE_HOUR, find=Found(records), previous=["march"])

    same = reuse(["spring"], ToldPaths(spring=SPRING, march="<p>March</p>"), how)
    changed = reuse(["spring"], ToldPaths(spring=SPRING, march="<p>April</p>"), how)
    gone = reuse(["spring"], ToldPaths(spring=SPRING), how)

    assert (list(same), changed, gone) == (["spring"], {}, {})


def of_series(month: int, series: str = "weekly") -> Mapping[str, str]:
    brief = f"newsletter: n.html\nseries: {series}\nsend_at: 2026-{month:02}-01T09:00:00Z\n"
    link = f'<a href="https://example.org/u?x={month}">Unsubscribe</a>'
    return {"campaign.yaml": brief, "n.html": f"<p>{month}</p>{link}"}


MARCH, APRIL = of_series(3), of_series(4)


async def answers(then: ToldPaths, now: ToldPaths, how: Reusing = ONE_HOUR) -> bool:
    """Whether what `april` was checked beside then lets it pass beside what stands there now."""
    records = await checked(then, "april", previous=tuple(how.previous))
    return "april" in reuse(["april"], now, replace(how, find=Found(records)))


async def test_the_issues_beside_it_may_not_have_changed() -> None:
    then = ToldPaths(april=APRIL, march=MARCH)
    alone = ToldPaths(april=APRIL)
    moved = ToldPaths(april=APRIL, march={**MARCH, "n.html": "<p>Another</p>"})
    broken = ToldPaths(april=APRIL, march={**MARCH, "campaign.yaml": "newsletter: ["})

    assert await answers(then, then)
    assert not await answers(then, alone)
    assert not await answers(alone, then)
    assert not await answers(then, moved)
    assert not await answers(then, broken)


async def test_an_issue_that_could_not_be_read_then_either_changes_nothing() -> None:
    bad = {"campaign.yaml": "newsletter: ["}
    gone = {"campaign.yaml": MARCH["campaign.yaml"]}
    paths = ToldPaths(april=APRIL, march=gone, february=bad)

    assert await answers(paths, paths)


async def test_what_is_no_earlier_issue_of_the_series_may_come_and_go() -> None:
    then = ToldPaths(april=APRIL)
    others = ToldPaths(april=APRIL, may=of_series(5), other=of_series(3, "daily"), bare="<p>x</p>")

    assert await answers(then, others)


async def test_beside_issues_that_are_named_nothing_else_counts() -> None:
    how = replace(ONE_HOUR, previous=["old"])

    assert await answers(
        ToldPaths(april=APRIL, old="<p>Old</p>"),
        ToldPaths(april=APRIL, old="<p>Old</p>", march=MARCH),
        how,
    )


async def test_of_several_each_stands_for_itself() -> None:
    paths = ToldPaths(spring=SPRING, bare="<p>Hello</p>", blocked=BLOCKED)
    records = await checked(paths, "spring", "bare", "blocked")
    how = replace(ONE_HOUR, find=Found(records))

    passed = reuse(["missing", "blocked", "bare", "-", "spring"], paths, how)

    assert list(passed) == ["spring"]


async def test_those_that_answer_and_those_that_are_checked_make_one_run_in_order() -> None:
    paths = ToldPaths(spring=SPRING, bare="<p>Hello</p>", autumn=BLOCKED)
    records = await checked(paths, "spring")
    passed = reuse(["spring"], paths, replace(ONE_HOUR, find=Found(records)))
    store = ToldStore()
    ready = prepare_all(["bare", "spring", "autumn"], paths, passed=passed)

    run = await check(
        ready,
        ToldVisitor({}),
        StoppedClock(),
        Config(),
        keeping=Keeping(open_store=lambda: store, terms=TERMS),
    )

    assert [one.campaign.path for one in run.newsletters] == ["bare", "spring", "autumn"]
    assert [bool(one.passed) for one in run.newsletters] == [False, True, False]
    assert [one.checked.campaign.id for one in store.records] == ["autumn"]


async def test_trouble_with_the_store_is_for_a_new_check_to_tell() -> None:
    def fail(campaign: str, digest: str) -> LastCheck | None:
        raise BadStore(f"the store is locked: {campaign} {digest}")

    assert reuse(["spring"], ToldPaths(spring=SPRING), replace(ONE_HOUR, find=fail)) == {}


async def test_rows_that_nobody_expects_are_for_a_new_check_to_tell() -> None:
    def fail(campaign: str, digest: str) -> LastCheck | None:
        raise KeyError(campaign, digest)

    assert reuse(["spring"], ToldPaths(spring=SPRING), replace(ONE_HOUR, find=fail)) == {}
