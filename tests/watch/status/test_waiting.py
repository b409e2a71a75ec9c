"""What waits for a person, and what does not."""

from dataclasses import replace
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from sendguard.gate import CouldNotRead
from sendguard.values import Decision, Place
from sendguard.watch.status import Kind, Sheet, Status, Untold, Wait, waiting
from tests.builders import NOON
from tests.watch.status.sheets import DAY, a_found, a_sheet, a_status, a_word


def the_one(*sheets: Sheet) -> Wait:
    (wait,) = waiting(a_status(*sheets))
    return wait


def kinds(status: Status) -> list[Kind]:
    return [wait.kind for wait in waiting(status)]


def test_nobody_has_to_look_at_what_passed() -> None:
    assert not waiting(a_status(a_sheet(Decision.PASS)))


def test_what_blocks_is_told_by_its_gravest_finding() -> None:
    wait = the_one(a_sheet(Decision.BLOCK, a_found(), a_found("more"), a_found("and more")))

    assert wait.kind is Kind.BLOCKED
    assert wait.says == "is blocked: “Read” opens another article (and 2 more things)"
    assert wait.command == "sendguard check campaigns/spring"
    assert wait.sends == "It is to go out on Wednesday 25 November 2026, 12:00 (UTC), in 24 h."


def test_what_could_not_be_verified_is_told_by_its_reason() -> None:
    wait = the_one(a_sheet(Decision.UNVERIFIED))

    assert wait.kind is Kind.UNVERIFIED
    assert wait.says == "could not be verified: 3 of 3 links fine."


def test_what_cannot_be_read_is_told_with_its_place() -> None:
    missing = CouldNotRead(path="campaigns/torn", says="not YAML", place=Place("campaign.yaml", 2))

    wait = the_one(Sheet(name="torn", path="campaigns/torn", unreadable=missing))

    assert wait.kind is Kind.UNREADABLE
    assert wait.says == "cannot be read: campaign.yaml:2: not YAML"


@pytest.mark.parametrize(
    "sheet",
    [
        a_sheet(Decision.PASS, send_at=NOON - 8 * DAY),
        a_sheet(Decision.BLOCK, send_at=NOON - 401 * DAY),
        a_sheet(Decision.BLOCK, sent_at=NOON - 8 * DAY),
        replace(
            a_sheet(Decision.BLOCK, send_at=None),
            last=replace(a_sheet().last, at=NOON - 40 * DAY),  # type: ignore[type-var]
        ),
    ],
    ids=["to be sent long ago", "of an archive", "sent long ago", "forgotten"],
)
def test_what_is_over_waits_for_nobody(sheet: Sheet) -> None:
    assert not waiting(a_status(sheet))


def test_walled_links_are_to_be_opened() -> None:
    wait = the_one(a_sheet(Decision.PASS, a_found(name="walled"), a_found(name="login-wall")))

    assert (wait.kind, wait.says) == (Kind.OPEN_YOURSELF, "has 2 links to open yourself")


@pytest.mark.parametrize(("days", "told"), [(-1, False), (0, True), (3, True), (4, False)])
def test_an_approval_that_ends_soon_is_told(days: int, told: bool) -> None:  # noqa: FBT001
    found = replace(a_found(), approved_until=(NOON + days * DAY).date())

    waits = waiting(a_status(a_sheet(Decision.PASS, found, word=a_word(days))))

    assert [wait.kind for wait in waits] == ([Kind.APPROVAL] if told else [])
    if told:
        assert "rests on Ada's word for SG301@L3, whose last day is " in waits[0].says
        assert waits[0].command.startswith("sendguard approve campaigns/spring SG301@L3 --by")


def test_an_approval_of_what_is_not_found_any_more_may_end() -> None:
    assert not waiting(a_status(a_sheet(Decision.PASS, word=a_word(1))))


def test_a_campaign_that_nobody_says_was_sent_is_told_where_others_are() -> None:
    late = a_sheet(name="late", send_at=NOON - DAY)
    sent = a_sheet(name="sent", send_at=NOON - DAY, sent_at=NOON - DAY)

    assert kinds(a_status(late)) == []
    wait = the_one(late, sent)
    assert wait.says == (
        "was to go out on Monday 23 November 2026, 12:00 (UTC), 24 h ago, and nobody said it did"
    )
    assert wait.command == "sendguard sent campaigns/late --at '2026-11-23 12:00+00:00'"


def test_a_blocked_campaign_with_last_years_date_is_asked_about() -> None:
    send_at = datetime(2025, 11, 25, 9, 0, tzinfo=ZoneInfo("America/New_York"))

    wait = the_one(a_sheet(Decision.BLOCK, a_found(), send_at=send_at))

    assert wait.kind is Kind.OVERDUE
    assert wait.says == (
        "was to go out on Tuesday 25 November 2025, 09:00 (America/New_York), 364 days ago, "
        "and nobody said it did: is the year of its `send_at` right? If it did go out:"
    )
    assert wait.command == (
        "sendguard sent campaigns/spring --at '2025-11-25 09:00 America/New_York'"
    )


def test_folders_that_are_passed_over_are_named_once() -> None:
    names = tuple(f"draft-{number}" for number in range(1_000))

    (wait,) = waiting(replace(a_status(), passed_over=names))

    assert wait.kind is Kind.PASSED_OVER
    assert wait.says == (
        "Not watched, for want of a campaign.yaml: draft-0, draft-1, draft-2, draft-3, draft-4 "
        "and 995 more; add one that says `newsletter:` and the file's name"
    )


def test_an_hour_that_comes_twice_is_told() -> None:
    twice = datetime(2027, 11, 7, 1, 30, tzinfo=ZoneInfo("America/New_York"))

    assert kinds(a_status(a_sheet(send_at=twice))) == [Kind.TWICE]


@pytest.mark.parametrize(
    ("sheet", "says"),
    [
        (a_sheet(None), "was never checked"),
        (a_sheet(Decision.BLOCK, digest="sha256:2"), "was changed since its last check"),
    ],
)
def test_what_was_not_checked_waits_only_where_nothing_watches(sheet: Sheet, says: str) -> None:
    assert not waiting(a_status(sheet))

    unchecked, not_watched = waiting(a_status(sheet, presence=None))

    assert unchecked.says == says
    assert (not_watched.kind, not_watched.command) == (Kind.NOT_WATCHED, "sendguard serve")


def test_where_nothing_is_kept_nobody_is_told_to_serve() -> None:
    status = replace(a_status(a_sheet(None), presence=None), store="Nothing is kept.", keeps=False)

    (wait,) = waiting(status)

    assert (wait.kind, wait.command) == (Kind.NOT_WATCHED, "")
    assert "nothing is checked by itself where nothing is kept" in wait.says


def test_a_notice_that_did_not_get_through_is_told_for_a_week() -> None:
    untold = Untold(
        campaign="spring",
        title="spring is blocked",
        made_at=NOON,
        to="json://hooks.example/…",
        why="it hung up",
        again_at=None,
    )

    (wait,) = waiting(replace(a_status(), untold=(untold,)))
    later = waiting(replace(a_status(), untold=(replace(untold, made_at=NOON - 8 * DAY),)))

    assert wait.says == (
        "has a notice that did not get through: “spring is blocked” could not be told to "
        "json://hooks.example/…: it hung up; it was given up"
    )
    assert not later


def test_what_goes_out_next_comes_first() -> None:
    sheets = [
        a_sheet(Decision.BLOCK, name=name, send_at=at)
        for name, at in (
            ("gone", NOON - DAY),
            ("draft", None),
            ("later", NOON + 2 * DAY),
            ("next", NOON + timedelta(hours=1)),
        )
    ]

    assert [wait.campaign for wait in waiting(a_status(*sheets))] == [
        *("next", "later", "draft", "gone")
    ]


def test_a_command_may_be_copied_whatever_a_folder_is_called() -> None:
    sheet = replace(a_sheet(Decision.BLOCK, name="a"), path="campaigns/a; rm -r \x1b[2J")

    assert the_one(sheet).command == "sendguard check 'campaigns/a; rm -r [2J'"
