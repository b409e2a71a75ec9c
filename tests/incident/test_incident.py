"""What becomes known of an incident, and what is never lost by it."""

import pytest

from sendguard.errors import WrongUsage
from sendguard.incident import Incident, Kind, Righted, Said, Tally
from sendguard.incident.incident import MOST_NOTES, MOST_WHYS
from tests.builders import NOON
from tests.incident.incidents import a_new_incident, a_note, after, an_incident


def test_a_new_incident_was_found_when_its_record_was_begun() -> None:
    incident = a_new_incident()

    assert (incident.found_at, incident.opened_at) == (NOON, NOON)
    assert incident.kind is Kind.UNKNOWN


def test_of_each_step_the_first_time_counts() -> None:
    first = an_incident()

    second = first.stopped(after(50)).repaired(after(51)).queued(after(52), "second")

    assert (second.stopped_at, second.repaired_at) == (first.stopped_at, first.repaired_at)
    assert second.queued_at == first.queued_at
    assert second.corrections == ("navigator-42-corrected", "second")


def test_how_many_had_it_is_what_was_counted_when_it_was_stopped() -> None:
    incident = a_new_incident().stopped(after(1), Tally(sent=7)).stopped(after(2), Tally(sent=9))

    assert incident.original == Tally(sent=7)


def test_a_correction_that_is_queued_twice_is_one() -> None:
    incident = a_new_incident().queued(after(1), "again").queued(after(2), "again")

    assert incident.corrections == ("again",)


def test_a_correction_that_went_out_by_other_means_is_known_from_its_first_to_its_last() -> None:
    known = a_new_incident().reached(after(20), "n-corrected").reached(after(9), "n-corrected")

    assert (known.first_sent, known.last_sent) == (after(9), after(20))
    assert known.not_reached(after(20)).last_sent is None


def test_a_link_that_is_righted_again_opens_what_was_said_last() -> None:
    first, second = (Righted(label="A", wrong="https://w", right=f"https://{n}") for n in "12")
    other = Righted(label="B", wrong="https://w", right="https://3")

    incident = a_new_incident().repaired(after(1), first, other).repaired(after(2), second)

    assert incident.links == (second, other)


def test_a_person_knows_best_when_it_was() -> None:
    incident = an_incident().timed(found_at=after(-30), stopped_at=after(1))

    assert (incident.found_at, incident.stopped_at) == (after(-30), after(1))
    assert incident.repaired_at == after(4)


def test_a_sixth_why_is_refused() -> None:
    incident = a_new_incident()
    for number in range(MOST_WHYS):
        incident = incident.with_why(a_note(f"Why {number}"))

    with pytest.raises(WrongUsage, match="five whys"):
        incident.with_why(a_note("Why 5"))

    assert [why.text for why in incident.whys] == [f"Why {number}" for number in range(5)]


def test_whys_may_be_told_again() -> None:
    anew = Said(whys=(a_note("Better"),), whys_anew=True).of(an_incident())

    assert [why.text for why in anew.whys] == ["Better"]


def test_notes_without_end_are_refused() -> None:
    full = Said(consequences=(a_note(),) * MOST_NOTES).of(a_new_incident())

    with pytest.raises(WrongUsage, match="takes no more"):
        full.with_consequence(a_note())


def test_what_is_said_is_added_to_what_is_known() -> None:
    said = Said(consequences=(a_note("A refund"),), kind=Kind.ONE_OFF, closed_at=after(99))

    incident = said.of(an_incident())

    assert [note.text for note in incident.consequences] == ["Three readers wrote", "A refund"]
    assert (incident.kind, incident.closed_at) == (Kind.ONE_OFF, after(99))
    assert len(incident.whys) == 2


def test_who_says_nothing_changes_nothing() -> None:
    incident = an_incident()

    assert Said().says_nothing
    assert Said().of(incident) == incident


@pytest.mark.parametrize(
    ("tally", "share"),
    [
        (Tally(), 0.0),
        (Tally(sent=3, waiting=1), 0.75),
        (Tally(sent=3, in_doubt=1, suppressed=5), 1.0),
        (Tally(refused=1, cancelled=1), 0.0),
    ],
)
def test_the_share_is_of_those_who_may_be_written_to(tally: Tally, share: float) -> None:
    assert tally.share == share


def test_an_incident_is_a_value() -> None:
    assert an_incident() == an_incident()
    assert isinstance(an_incident().with_why(a_note()), Incident)
