"""What waits for a person of what was queued, and of what went out wrong."""

from dataclasses import replace
from datetime import timedelta

import pytest

from sendguard.values import Decision
from sendguard.watch.status import (
    AtGate,
    Kind,
    Mailing,
    OpenIncident,
    Outgoing,
    Status,
    Stopped,
    Wait,
    waiting,
)
from tests.builders import NOON
from tests.watch.status.sheets import DAY, a_status

HOUR = timedelta(hours=1)
QUEUED = Mailing(campaign="spring", queued_at=NOON - 2 * HOUR)
INCIDENT = OpenIncident(
    number=3, campaign="spring", opened_at=NOON - 2 * DAY, is_settled=False, has_whys=False
)


def with_mail(*mailings: Mailing, has_worker: bool = False, busy: bool = False) -> Status:
    last_sent = NOON - timedelta(minutes=1) if busy else None
    outgoing = Outgoing(mailings=mailings, has_worker=has_worker, last_sent=last_sent)
    return replace(a_status(), outgoing=outgoing)


def the_one(mailing: Mailing) -> Wait:
    (wait,) = waiting(with_mail(mailing))
    return wait


def at_the_gate(gate: AtGate) -> tuple[Wait, ...]:
    return waiting(replace(a_status(), gate=gate))


STOPPED = Stopped(
    fingerprint="3f9a2c71d0e4",
    subject="News",
    since=NOON - 2 * HOUR,
    decision=Decision.BLOCK,
    says="“Read more” opens “Cats”",
)


def test_what_the_gateway_stopped_waits_for_a_person() -> None:
    (wait,) = at_the_gate(AtGate(stopped=(replace(STOPPED, kept=2),)))

    assert wait == Wait(
        kind=Kind.BLOCKED,
        campaign="3f9a2c71d0e4",
        says="“News” is stopped at the gateway: “Read more” opens “Cats”; 2 messages kept",
        command="sendguard gateway show 3f9a2c71d0e4",
    )


def test_where_the_gateway_hands_nothing_on_it_says_why() -> None:
    (wait,) = at_the_gate(AtGate(is_at_work=True, trouble="nobody answers at 127.0.0.1:25"))

    assert "does not go on through the gateway: nobody answers at 127.0.0.1:25" in wait.says
    assert wait.command == "sendguard doctor"


def test_what_was_stopped_long_ago_waits_only_while_messages_are_kept() -> None:
    old = replace(STOPPED, since=NOON - 8 * DAY)

    assert not at_the_gate(AtGate(stopped=(old,)))
    assert at_the_gate(AtGate(stopped=(replace(old, kept=1),)))


def test_what_is_in_doubt_at_the_gateway_is_for_a_person_to_settle() -> None:
    passed = replace(STOPPED, decision=Decision.PASS, in_doubt=1)

    (wait,) = at_the_gate(AtGate(stopped=(passed,)))

    assert wait.kind is Kind.IN_DOUBT
    assert wait.command == "sendguard gateway settle 3f9a2c71d0e4"


def test_a_next_mail_server_that_takes_nothing_is_told_of() -> None:
    (wait,) = at_the_gate(AtGate(tried_in_vain=1))

    assert wait.kind is Kind.NOT_SENT
    assert "did not take it yet" in wait.says


def test_what_is_paused_is_told_with_its_reason() -> None:
    wait = the_one(replace(QUEUED, waiting=1200, sent=3, paused="the prices are wrong"))

    assert wait == Wait(
        kind=Kind.PAUSED,
        campaign="spring",
        says="is paused: the prices are wrong; 1,200 messages wait",
        command="sendguard outbox resume spring",
    )


def test_nobody_is_told_to_go_on_with_what_waits_for_its_correction() -> None:
    paused = "it is being corrected"

    wait = the_one(replace(QUEUED, waiting=1, paused=paused, is_being_corrected=True))

    assert wait.kind is Kind.BEING_CORRECTED
    assert wait.says == "is stopped until its correction is queued; 1 message waits for that"
    assert wait.command == "sendguard correct spring"


def test_what_is_in_doubt_waits_until_somebody_settles_it() -> None:
    wait = the_one(replace(QUEUED, queued_at=NOON - 90 * DAY, sent=9, in_doubt=2))

    assert wait.kind is Kind.IN_DOUBT
    assert wait.says == "has 2 messages in doubt: nobody can know whether readers got them"
    assert wait.command == "sendguard outbox settle spring"


@pytest.mark.parametrize(
    ("sent", "refused", "is_told"),
    [(0, 5, False), (0, 6, True), (950, 50, False), (949, 51, True)],
)
def test_many_that_are_refused_are_told(sent: int, refused: int, is_told: bool) -> None:  # noqa: FBT001
    told = waiting(with_mail(replace(QUEUED, sent=sent, refused=refused)))

    assert [wait.kind for wait in told] == [Kind.REFUSED] * is_told


def test_refusals_are_told_for_a_week() -> None:
    mailing = replace(QUEUED, sent=900, refused=100)

    assert the_one(mailing).says == "was refused for 100 of 1,000 messages"
    assert the_one(mailing).command == "sendguard outbox export spring"
    assert not waiting(with_mail(replace(mailing, queued_at=NOON - 8 * DAY)))


def test_what_nobody_sends_is_told_after_an_hour() -> None:
    wait = the_one(replace(QUEUED, waiting=300, last_sent=NOON - HOUR))

    assert wait.kind is Kind.NOT_SENT
    assert wait.says == "has 300 messages to send, and nothing of it went out for 1 h"
    assert wait.command == "sendguard outbox resume spring"


@pytest.mark.parametrize(
    "mailing",
    [
        replace(QUEUED, waiting=300, last_sent=NOON - timedelta(minutes=59)),
        replace(QUEUED, waiting=300, queued_at=NOON),
        replace(QUEUED, waiting=300, due=NOON + HOUR),
        replace(QUEUED, sent=300),
        replace(QUEUED, paused="cancelled nearly all", sent=3),
    ],
    ids=["sent just now", "queued just now", "put off", "done", "paused with nothing left"],
)
def test_what_goes_its_way_waits_for_nobody(mailing: Mailing) -> None:
    assert not waiting(with_mail(mailing))


def test_what_comes_after_another_campaign_waits_for_nobody() -> None:
    assert not waiting(with_mail(replace(QUEUED, waiting=9), has_worker=True, busy=True))


def test_where_somebody_is_at_work_and_nothing_goes_out_the_doctor_is_asked() -> None:
    (wait,) = waiting(with_mail(replace(QUEUED, waiting=9), has_worker=True))

    assert (wait.kind, wait.command) == (Kind.NOT_SENT, "sendguard doctor")


def test_a_mistake_that_nobody_has_explained_for_a_day_waits() -> None:
    (wait,) = waiting(replace(a_status(), incidents=(INCIDENT,)))

    assert wait.kind is Kind.INCIDENT
    assert wait.says == (
        "went out with a mistake, 2 days ago, and nobody has said why it happened or whether it "
        "could happen again"
    )
    assert wait.command == "sendguard incident 3"


@pytest.mark.parametrize(
    "incident",
    [
        replace(INCIDENT, opened_at=NOON - 23 * HOUR),
        replace(INCIDENT, is_settled=True, has_whys=True),
    ],
    ids=["not a day old", "understood"],
)
def test_other_mistakes_wait_for_nobody(incident: OpenIncident) -> None:
    assert not waiting(replace(a_status(), incidents=(incident,)))


def test_a_command_may_be_copied_whatever_a_campaign_is_called() -> None:
    wait = the_one(replace(QUEUED, campaign="a; rm -r \x1b[2J", in_doubt=1))

    assert wait.command == "sendguard outbox settle 'a; rm -r [2J'"
