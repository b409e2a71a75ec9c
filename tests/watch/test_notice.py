import unicodedata
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sendguard.gate import Checked, CheckedLink, CouldNotRead, Run, interrupted
from sendguard.links import Role
from sendguard.read import Brief
from sendguard.values import Decision, Place, Url
from sendguard.visit import Trouble, Unreachable
from sendguard.watch import (
    Blind,
    Notice,
    Verdict,
    changed,
    standing_of,
    told_send,
    unreadable,
)
from sendguard.watch.notice import LONGEST_BODY, LONGEST_TITLE
from tests.builders import NOON, a_link
from tests.report.runs import (
    SITE,
    a_blocked_link,
    a_checked,
    a_checked_link,
    a_finding,
    a_fine_link,
    made_up_runs,
)
from tests.watch.watching import SEND, a_standing, hours

NEW_YORK = ZoneInfo("America/New_York")
DIGEST = "sha256:1"


def in_a_folder(
    *links: CheckedLink, decision: Decision = Decision.BLOCK, send_at: datetime | None = SEND
) -> Checked:
    checked = a_checked(*links, decision=decision)
    brief = Brief(newsletter="newsletter.html", send_at=send_at)
    campaign = replace(
        checked.campaign, path="campaigns/navigator-42", id="navigator-42", brief=brief
    )
    return replace(checked, campaign=campaign)


def told(checked: Checked, at: datetime = NOON, was: Verdict | None = None) -> Notice:
    before = replace(a_standing(), told=was)
    notice = changed(before, standing_of(checked, at, DIGEST))
    assert notice
    return notice


WRONG = a_blocked_link("“Read article” opens “Five Ways to Lose a Sale”")


def test_a_notice_leads_with_the_sentence_that_matters() -> None:
    checked = in_a_folder(WRONG, a_fine_link("L2"), send_at=SEND.astimezone(NEW_YORK))

    notice = told(checked, was=Verdict.PASS)

    assert notice.title == "navigator-42 is blocked: 1 link is wrong"
    assert notice.body.splitlines() == [
        "“Read article” opens “Five Ways to Lose a Sale”",
        "Give it an address.",
        "It stands in campaigns/navigator-42/newsletter.html, line 1.",
        "",
        "It passed before it was changed.",
        "",
        "It is to go out on Thursday 26 November 2026, 07:00 (America/New_York), in 2 days.",
        (
            "It is checked again when its folder is changed. To look now: "
            "sendguard check campaigns/navigator-42"
        ),
    ]


def blocked_by(code: str, *, role: Role = Role.ARTICLE) -> CheckedLink:
    link = a_link(role=role)
    found = a_finding(code=code, link=link)
    return a_checked_link(link, None, found, decision=Decision.BLOCK)


@pytest.mark.parametrize(
    ("links", "gist"),
    [
        ([blocked_by("SG201")], "1 link is broken"),
        ([blocked_by("SG201"), blocked_by("SG202")], "2 links are broken"),
        ([blocked_by("SG301")], "1 link opens the wrong page"),
        ([blocked_by("SG301"), blocked_by("SG303")], "2 links open the wrong pages"),
        ([blocked_by("SG301"), blocked_by("SG201")], "2 links are wrong"),
        ([blocked_by("SG201", role=Role.RESOURCE)], "1 picture is broken"),
        ([a_fine_link()], "something is wrong with the newsletter as a whole"),
    ],
)
def test_the_title_says_what_kind_of_mistake_it_is(links: list[CheckedLink], gist: str) -> None:
    notice = told(in_a_folder(*links))

    assert notice.title == f"navigator-42 is blocked: {gist}"


def test_a_notice_says_how_much_more_there_is() -> None:
    others = [a_blocked_link(f"Wrong {at}", id=f"L{at}") for at in (2, 3)]

    assert "\n\n2 more things block it.\n\n" in told(in_a_folder(WRONG, *others)).body


def test_a_link_that_dies_after_the_send_is_told_in_other_words() -> None:
    notice = told(in_a_folder(blocked_by("SG201")), at=SEND + hours(6), was=Verdict.PASS)

    assert notice.title == "navigator-42 was to be sent by now, and 1 link is broken"
    assert notice.body.startswith("Readers have it already, if it was sent as planned:\n")
    assert "It was to go out on Thursday 26 November 2026, 12:00 (UTC), 6 h ago." in notice.body


def test_where_it_is_known_when_it_was_sent_that_is_told() -> None:
    checked = in_a_folder(blocked_by("SG201"), send_at=None)

    notice = changed(None, standing_of(checked, NOON, DIGEST, sent_at=NOON - hours(2)))

    assert notice
    assert notice.title == "navigator-42 was sent, and 1 link is broken"
    assert "It was sent on Tuesday 24 November 2026, 10:00 (UTC), 2 h ago." in notice.body


@pytest.mark.parametrize(
    ("was", "title"),
    [
        (Verdict.BLOCK, "navigator-42 may go out now: nothing blocks it any more"),
        (Verdict.UNREADABLE, "navigator-42 may go out now: it can be read, and nothing blocks it"),
    ],
)
def test_what_is_mended_may_go_out(was: Verdict, title: str) -> None:
    assert told(in_a_folder(a_fine_link(), decision=Decision.PASS), was=was).title == title


def not_reached(trouble: Trouble, id: str = "L1") -> CheckedLink:  # noqa: A002 - the field's name
    outcome = Unreachable(trouble=trouble, at=Url(SITE))
    return a_checked_link(a_link(SITE, id=id), outcome, decision=Decision.UNVERIFIED)


def test_what_nobody_could_tell_is_said_with_its_link() -> None:
    links = (not_reached(Trouble.TIMEOUT), a_fine_link("L2"))

    notice = told(in_a_folder(*links, decision=Decision.UNVERIFIED))

    assert notice.title == (
        "navigator-42 could not be verified: 1 of 2 links did not answer in time"
    )
    assert "L1 “A label”: It could not be reached: navigator.example did not" in notice.body


def test_a_network_that_is_down_is_said_to_be_no_fault_of_the_newsletter() -> None:
    checked = in_a_folder(not_reached(Trouble.NO_NETWORK), decision=Decision.UNVERIFIED)

    notice = told(checked, at=SEND - hours(1), was=Verdict.PASS)

    assert notice.title == "navigator-42 could not be checked: the network is down"
    assert "This is no fault of the newsletter." in notice.body


@pytest.mark.parametrize(
    ("checked", "blind"),
    [
        (in_a_folder(a_fine_link(), decision=Decision.PASS), None),
        (in_a_folder(WRONG, not_reached(Trouble.NO_NETWORK)), None),
        (
            in_a_folder(
                not_reached(Trouble.NO_NETWORK),
                not_reached(Trouble.TIMEOUT),
                decision=Decision.UNVERIFIED,
            ),
            None,
        ),
        (
            in_a_folder(
                not_reached(Trouble.NO_NETWORK), a_fine_link(), decision=Decision.UNVERIFIED
            ),
            Blind.NO_NETWORK,
        ),
        (interrupted(in_a_folder(a_fine_link(), decision=Decision.PASS)), Blind.INTERRUPTED),
        (interrupted(in_a_folder(WRONG)), None),
    ],
)
def test_a_look_is_blind_where_only_our_own_side_kept_it_from_telling(
    checked: Checked, blind: Blind | None
) -> None:
    assert standing_of(checked, NOON, DIGEST).blind is blind


def test_what_cannot_be_read_is_told_with_the_line() -> None:
    missing = CouldNotRead(
        path="campaigns/spring issue", says="`send_at` is no date", place=Place("campaign.yaml", 3)
    )

    notice = changed(None, unreadable(missing, "spring issue", NOON, DIGEST))

    assert notice
    assert notice.title == "spring issue cannot be read"
    assert notice.body.splitlines() == [
        "`send_at` is no date",
        "It stands in campaigns/spring issue/campaign.yaml, line 3.",
        "",
        (
            "It is checked again when its folder is changed. To look now: "
            "sendguard check 'campaigns/spring issue'"
        ),
    ]


@pytest.mark.parametrize(
    ("send_at", "told"),
    [
        (None, "has no time to be sent at"),
        (
            datetime(2026, 11, 25, 9, tzinfo=NEW_YORK),
            "is to go out on Wednesday 25 November 2026, 09:00 (America/New_York), in 26 h",
        ),
        (
            datetime(2026, 11, 24, 9, tzinfo=timezone(hours(2))),
            "was to go out on Tuesday 24 November 2026, 09:00 (UTC+02:00), 5 h ago",
        ),
        (
            datetime(2025, 11, 24, 12, tzinfo=UTC),
            "was to go out on Monday 24 November 2025, 12:00 (UTC), 365 days ago",
        ),
    ],
)
def test_a_send_is_told_in_the_authors_own_time(send_at: datetime | None, told: str) -> None:
    assert told_send(send_at, NOON) == told


def test_what_fails_unchanged_is_said_to_have_passed() -> None:
    now = standing_of(in_a_folder(blocked_by("SG201")), NOON, DIGEST)

    notice = changed(replace(now, told=Verdict.PASS), now)

    assert notice
    assert "\n\nIt passed when it was checked last.\n\n" in notice.body


foreign = st.text(max_size=3000)


@given(
    name=foreign,
    says=foreign,
    decision=st.sampled_from(Verdict),
    was=st.sampled_from([None, *Verdict]),
    late=st.booleans(),
)
def test_whatever_a_newsletter_holds_a_notice_is_short_and_plain(
    name: str, says: str, decision: Verdict, was: Verdict | None, *, late: bool
) -> None:
    now = unreadable(CouldNotRead(path=name, says=says, place=Place(name, 1)), name, NOON, DIGEST)
    send_at = NOON - timedelta(hours=1) if late else None

    notice = changed(
        replace(now, told=was), replace(now, decision=decision, gist=says, send_at=send_at)
    )

    lines = [notice.title, *notice.body.splitlines()] if notice else []
    assert all(len(line) <= LONGEST_BODY for line in lines)
    assert all(unicodedata.category(letter) not in {"Cc", "Cs"} for letter in "".join(lines))
    if notice:
        assert len(notice.title) <= LONGEST_TITLE
        assert len(notice.body) <= LONGEST_BODY


@given(run=made_up_runs)
def test_any_check_at_all_can_be_told_of(run: Run) -> None:
    for checked in run.newsletters:
        now = standing_of(checked, NOON, DIGEST)

        notice = changed(None, now)

        is_news = checked.decision is not Decision.PASS and not now.blind
        assert bool(notice) == is_news
        assert not notice or len(notice.title) <= LONGEST_TITLE
