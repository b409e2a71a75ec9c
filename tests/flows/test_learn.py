"""An incident shows how far its corrections have come."""

from collections.abc import Mapping
from dataclasses import replace

from sendguard.flows.learn import FindProgress, as_it_stands
from sendguard.incident import Tally
from sendguard.ports.sending import Progress
from sendguard.send import Dispatch, State
from tests.builders import NOON
from tests.incident.incidents import a_new_incident, after, an_incident


def a_progress(
    counts: Mapping[State, int], first: float | None = None, last: float | None = None
) -> Progress:
    dispatch = Dispatch(
        campaign="any",
        series=None,
        path="campaigns/any",
        edition="sha256:1",
        columns=(),
        key="0" * 32,
        queued_at=NOON,
    )
    return Progress(
        dispatch=dispatch,
        counts=counts,
        first_sent=after(first) if first is not None else None,
        last_sent=after(last) if last is not None else None,
    )


def knowing(**known: Progress) -> FindProgress:
    """What an outbox with these dispatches says."""
    return lambda campaign: (known[campaign],) if campaign in known else ()


def test_what_the_outbox_knows_of_corrections_is_added_up() -> None:
    incident = a_new_incident().queued(after(1), "first").queued(after(2), "second")

    seen = as_it_stands(
        incident,
        knowing(
            first=a_progress({State.SENT: 5, State.REFUSED: 1, State.SUPPRESSED: 2}, 3, 9),
            second=a_progress({State.SENT: 1, State.PENDING: 2, State.SENDING: 1}, 20, 20),
        ),
    )

    assert (seen.first_sent, seen.last_sent) == (after(3), after(20))
    assert seen.corrected == Tally(sent=6, refused=1, suppressed=2, waiting=3)


def test_what_the_outbox_has_forgotten_stays_as_it_was_kept() -> None:
    assert as_it_stands(an_incident(), knowing()) == an_incident()


def test_a_correction_that_nobody_has_yet_has_no_times() -> None:
    queued = a_new_incident().queued(after(1), "first")

    seen = as_it_stands(queued, knowing(first=a_progress({State.PENDING: 4})))

    assert (seen.first_sent, seen.last_sent) == (None, None)
    assert seen.corrected == Tally(waiting=4)


def test_until_it_is_stopped_the_outbox_says_who_has_the_mistake() -> None:
    outbox = knowing(spring=a_progress({State.SENT: 4, State.IN_DOUBT: 1, State.CANCELLED: 3}))

    seen = as_it_stands(a_new_incident("spring"), outbox)

    assert seen.original == Tally(sent=4, in_doubt=1, cancelled=3)


def test_who_had_it_when_it_was_stopped_is_not_counted_again() -> None:
    outbox = knowing(spring=a_progress({State.SENT: 9}))
    stopped = a_new_incident("spring").stopped(after(1), Tally(sent=4, waiting=5))
    unknown = replace(stopped, original=None)

    assert as_it_stands(stopped, outbox).original == Tally(sent=4, waiting=5)
    assert as_it_stands(unknown, outbox).original is None


def test_who_waited_when_it_was_stopped_has_the_repaired_one_since() -> None:
    outbox = knowing(spring=a_progress({State.SENT: 8, State.REFUSED: 1}))
    queued = (
        a_new_incident("spring").stopped(after(1), Tally(sent=4, waiting=5)).queued(after(2), "c")
    )

    assert as_it_stands(queued, outbox).original == Tally(sent=4, spared=4, refused=1)
