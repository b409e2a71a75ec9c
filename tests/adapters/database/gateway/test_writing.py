"""What is written for each message: what takes the place of what, and what nothing does."""

from dataclasses import replace

import pytest

from sendguard.gateway import HeldState, Standing
from sendguard.ports.gateway import Entries, Ledger, Streams, Tally
from sendguard.send import State
from tests.adapters.database.gateway.passing import (
    ADA,
    BOB,
    a_passage,
    begin,
    decide,
    keep,
    keep_one,
    kept,
    pass_on,
    settle,
    states,
)
from tests.builders import NOON
from tests.fakes_gateway import A_FINGERPRINT, a_held, a_mail

HOSTILE = "ada\0\udcff\n" + 2_000 * "x" + "@example.org"


def test_a_passage_is_there_again_whole(streams: Streams, ledger: Ledger) -> None:
    begin(streams, Standing.PASSED)
    known = replace(a_passage(), message_id="1@example.org", parts={3: "Ada\0", 12: "Grüße"})
    unknown, like = a_passage("bob@example.org"), replace(a_passage("cy@example.org"), parts={})

    assert pass_on(ledger, known, unknown, like) == frozenset()

    found = list(ledger.passages(A_FINGERPRINT, [State.SENDING]))
    assert sorted(found, key=lambda one: one.key) == [known, unknown, like]
    assert not list(ledger.passages(A_FINGERPRINT, [State.SENT]))


@pytest.mark.parametrize(
    ("before", "then", "after"),
    [
        (State.PENDING, State.SENDING, State.SENDING),
        (State.REFUSED, State.SENDING, State.SENDING),
        (State.CANCELLED, State.PENDING, State.PENDING),
        (State.SENDING, State.PENDING, State.SENDING),
        (State.IN_DOUBT, State.SENDING, State.IN_DOUBT),
        (State.IN_DOUBT, State.PENDING, State.IN_DOUBT),
        (State.SENT, State.SENDING, State.SENT),
        (State.SENT, State.PENDING, State.SENT),
    ],
)
def test_that_somebody_has_it_or_may_have_it_is_not_forgotten(
    streams: Streams, ledger: Ledger, before: State, then: State, after: State
) -> None:
    begin(streams, Standing.PASSED)
    pass_on(ledger, a_passage(state=before))

    pass_on(ledger, a_passage(state=then))

    assert states(ledger) == {"ada": after}


def test_who_got_a_copy_got_it_whoever_says_so(streams: Streams, ledger: Ledger) -> None:
    begin(streams, Standing.PASSED)
    pass_on(ledger, a_passage(), holder=ADA)
    pass_on(ledger, a_passage(), holder=BOB)

    settle(ledger, "ada@example.org", State.SENT, ADA)
    settle(ledger, "ada@example.org", State.REFUSED, BOB)

    assert states(ledger) == {"ada": State.SENT}


def test_that_it_did_not_go_out_is_believed_of_who_sent_it(
    streams: Streams, ledger: Ledger
) -> None:
    begin(streams, Standing.PASSED)
    pass_on(ledger, a_passage())

    settle(ledger, "ada@example.org", State.REFUSED, BOB)
    assert states(ledger) == {"ada": State.SENDING}

    settle(ledger, "ada@example.org", State.REFUSED, ADA)
    assert states(ledger) == {"ada": State.REFUSED}


def test_a_second_copy_that_is_refused_leaves_the_first_in_doubt(
    streams: Streams, ledger: Ledger
) -> None:
    begin(streams, Standing.PASSED)
    pass_on(ledger, a_passage())
    settle(ledger, "ada@example.org", State.IN_DOUBT)
    pass_on(ledger, a_passage())

    settle(ledger, "ada@example.org", State.REFUSED)
    assert states(ledger) == {"ada": State.IN_DOUBT}

    settle(ledger, "ada@example.org", State.SENT)
    assert states(ledger) == {"ada": State.SENT}


@pytest.mark.parametrize("holder", [ADA, BOB])
def test_of_two_on_the_wire_one_that_is_put_off_leaves_the_reader_in_doubt(
    streams: Streams, ledger: Ledger, holder: str
) -> None:
    begin(streams, Standing.PASSED)
    pass_on(ledger, a_passage(), holder=ADA)
    pass_on(ledger, a_passage(), holder=holder)

    settle(ledger, "ada@example.org", State.PENDING, holder)
    assert states(ledger) == {"ada": State.IN_DOUBT}

    settle(ledger, "ada@example.org", State.SENT, ADA)
    assert states(ledger) == {"ada": State.SENT}


def test_what_was_stopped_a_moment_ago_is_not_sent(streams: Streams, ledger: Ledger) -> None:
    begin(streams, Standing.PASSED)
    decide(streams, Standing.BLOCKED)

    stopped = pass_on(ledger, a_passage(), a_passage("bob@example.org", State.PENDING))

    assert stopped == {A_FINGERPRINT}
    assert states(ledger) == {"bob": State.PENDING}


def test_what_came_in_while_it_was_let_out_is_due(streams: Streams, ledger: Ledger) -> None:
    begin(streams)
    decide(streams, Standing.PASSED)

    keep_one(ledger, "ada@example.org", state=HeldState.HELD)

    assert kept(ledger) == [HeldState.DUE]


def test_what_came_in_while_it_was_stopped_is_held(streams: Streams, ledger: Ledger) -> None:
    begin(streams, Standing.PASSED)
    decide(streams, Standing.BLOCKED)

    keep_one(ledger, "ada@example.org", state=HeldState.DUE)

    assert kept(ledger) == [HeldState.HELD]


def test_what_came_in_while_it_was_discarded_is_not_kept(streams: Streams, ledger: Ledger) -> None:
    begin(streams)
    decide(streams, Standing.DISCARDED)

    assert keep(ledger, a_held("ada@example.org", state=HeldState.HELD)) == {A_FINGERPRINT}

    assert (kept(ledger), states(ledger)) == ([], {})


def test_of_a_campaign_that_was_forgotten_nothing_is_written(ledger: Ledger) -> None:
    settle(ledger, "ada@example.org", State.SENT)

    assert pass_on(ledger, a_passage()) == {A_FINGERPRINT}
    assert keep(ledger, a_held()) == {A_FINGERPRINT}
    assert ledger.held_count() == 0


def test_whatever_a_client_writes_can_be_kept(streams: Streams, ledger: Ledger) -> None:
    begin(streams, Standing.PASSED)
    mail = replace(a_mail(HOSTILE), sender=HOSTILE, data=b"\0\xff\r\n")
    held = a_held(mail=mail)

    keep(ledger, held)
    pass_on(ledger, replace(a_passage(HOSTILE), message_id=HOSTILE))
    (taken,) = ledger.take(ADA, NOON, 1, 1)
    settle(ledger, HOSTILE, State.SENT)

    assert taken.mail == held.mail
    assert State.SENT in states(ledger).values()


def test_many_are_counted_as_they_stand(streams: Streams, ledger: Ledger) -> None:
    begin(streams)
    readers = [f"reader{number:03}@example.org" for number in range(120)]
    keep(ledger, a_held(*readers[:70], state=HeldState.HELD), a_held(fingerprint=None))
    pass_on(ledger, *(a_passage(reader, State.REFUSED) for reader in readers[70:]))

    assert ledger.tally(A_FINGERPRINT) == Tally(
        held={HeldState.HELD: 1}, passed={State.PENDING: 70, State.REFUSED: 50}
    )
    assert ledger.tally("0" * 12) == Tally(held={}, passed={})
    assert ledger.held_count() == 2


def test_the_same_reader_twice_in_one_commit_is_one(streams: Streams, ledger: Ledger) -> None:
    begin(streams, Standing.PASSED)
    was = {(A_FINGERPRINT, "ada@example.org"): State.SENT}

    pass_on(ledger, a_passage(), a_passage())
    ledger.write(Entries(passages=[a_passage()], settled=was, holder=ADA, at=NOON))

    assert states(ledger) == {"ada": State.SENT}


def test_what_a_sender_tries_again_is_kept_once(streams: Streams, ledger: Ledger) -> None:
    begin(streams, Standing.CHECKING)
    message = a_held("ada@example.org", state=HeldState.HELD)

    for _ in range(2):
        ledger.write(Entries(held=[message]))

    assert ledger.held_count() == 1


def test_another_copy_for_the_same_reader_is_another_message(
    streams: Streams, ledger: Ledger
) -> None:
    begin(streams, Standing.CHECKING)

    for text in ("Hello", "Hello again"):
        mail = a_mail("ada@example.org", text=text)
        ledger.write(Entries(held=[a_held(mail=mail, state=HeldState.HELD)]))

    assert ledger.held_count() == 2
