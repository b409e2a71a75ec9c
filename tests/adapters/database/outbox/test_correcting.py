"""A correction goes to whoever got the original, once; who is pending gets the repaired one."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest

from sendguard.adapters.database.store import SqlStore
from sendguard.ports.sending import (
    AlreadyQueued,
    Correcting,
    Outbox,
    StillGoing,
    Suppressed,
    Suppressions,
)
from sendguard.send import Dispatch, Going, State
from tests.adapters.database.kept import a_campaign
from tests.adapters.database.outbox.queued import (
    ADA,
    BOB,
    a_correction,
    a_reader,
    an_edition,
    begin,
    end,
    names,
    queue,
    readers,
    states,
)
from tests.builders import NOON

REPAIRED = an_edition(subject="Spring is here, with the right link")


def half_sent(outbox: Outbox) -> Dispatch:
    """Of five readers two have it, one may have it, and two are pending; it is paused."""
    queued = queue(outbox, readers(5))
    begun = begin(outbox, queued, 3)
    end(outbox, begun[:2])
    end(outbox, begun[2:], State.IN_DOUBT)
    outbox.pause(queued, "a wrong link")
    return queued


def test_it_goes_to_whoever_has_the_original_or_may_have_it(outbox: Outbox) -> None:
    original = half_sent(outbox)

    correction = outbox.correct(a_correction(original))

    leased = outbox.lease(correction, ADA, NOON, 500)
    assert names(leased) == ["reader0000", "reader0001", "reader0002"]
    assert outbox.corrections("spring") == (correction,)
    assert {one.edition for one in leased} == {correction.edition}


def test_each_of_its_deliveries_answers_that_of_the_original(outbox: Outbox) -> None:
    original = half_sent(outbox)
    numbers = {one.reader.address: one.id for one in outbox.results(original)}

    correction = outbox.correct(a_correction(original))

    leased = outbox.lease(correction, ADA, NOON, 500)
    begun = outbox.begin(ADA, leased, NOON)
    assert [one.answers for one in begun] == [numbers[one.reader.address] for one in begun]


def test_readers_that_are_named_answer_it_where_they_got_it(outbox: Outbox) -> None:
    original = half_sent(outbox)
    first, *_ = outbox.results(original)
    to = [a_reader("reader0000"), a_reader("nobody")]

    correction = outbox.correct(replace(a_correction(original), readers=to))

    leased = outbox.lease(correction, ADA, NOON, 500)
    assert [one.answers for one in leased] == [first.id, None]


def test_whoever_unsubscribed_since_gets_none(outbox: Outbox, suppressions: Suppressions) -> None:
    original = half_sent(outbox)
    suppressions.add([Suppressed(key="reader0001@example.org", why="unsubscribed", at=NOON)])

    outbox.correct(a_correction(original))

    assert states(outbox, "spring-corrected") == {State.PENDING: 2}


def test_it_may_go_to_some_only(outbox: Outbox) -> None:
    only = {"reader0001@example.org", "reader0004@example.org", "nobody@example.org"}

    correction = outbox.correct(replace(a_correction(half_sent(outbox)), only=only))

    assert names(outbox.lease(correction, ADA, NOON, 500)) == ["reader0001"]


def test_who_is_pending_gets_the_repaired_edition_and_nothing_else(outbox: Outbox) -> None:
    original = half_sent(outbox)

    outbox.correct(a_correction(original, repaired=REPAIRED))

    begun = begin(outbox, original)
    assert names(begun) == ["reader0003", "reader0004"]
    assert {one.edition for one in begun} == {REPAIRED.digest}
    assert outbox.edition(REPAIRED.digest) == REPAIRED


def test_what_was_leased_before_goes_out_repaired(outbox: Outbox) -> None:
    queued = queue(outbox, readers(2))
    leased = outbox.lease(queued, ADA, NOON, 500)
    outbox.pause(queued, "a wrong link")
    outbox.correct(a_correction(queued, repaired=REPAIRED))

    begun = outbox.begin(ADA, leased, NOON)

    assert {one.edition for one in begun} == {REPAIRED.digest}


def test_where_nothing_is_repaired_the_original_stays_paused(outbox: Outbox) -> None:
    original = half_sent(outbox)

    outbox.correct(a_correction(original))

    found = outbox.find("spring")
    assert found
    assert (found.going, found.edition) == (Going.PAUSED, original.edition)


def test_what_still_goes_out_cannot_be_corrected(outbox: Outbox) -> None:
    queued = queue(outbox, readers(2))
    with pytest.raises(StillGoing):
        outbox.correct(a_correction(queued))
    begin(outbox, queued, 1)
    outbox.pause(queued, "a wrong link")

    with pytest.raises(StillGoing):
        outbox.correct(a_correction(queued))

    assert outbox.corrections("spring") == ()
    assert outbox.find("spring-corrected") is None


def test_what_is_over_is_corrected_without_being_paused(outbox: Outbox) -> None:
    queued = queue(outbox, readers(2))
    end(outbox, begin(outbox, queued))

    outbox.correct(a_correction(queued))

    found = outbox.find("spring")
    assert found
    assert found.going is Going.OPEN
    assert states(outbox, "spring-corrected") == {State.PENDING: 2}


def test_of_two_corrections_at_once_one_is_queued(outbox: Outbox) -> None:
    original = half_sent(outbox)

    def try_to_correct(name: str) -> Dispatch | None:
        try:
            return outbox.correct(a_correction(original, repaired=REPAIRED, name=name))
        except AlreadyQueued:
            return None

    with ThreadPoolExecutor(4) as pool:
        queued = list(filter(None, pool.map(try_to_correct, ["a", "b", "c", "d"])))

    assert len(queued) == 1
    assert outbox.corrections("spring") == tuple(queued)


def test_a_second_correction_is_queued_where_a_person_says_so(outbox: Outbox) -> None:
    original = half_sent(outbox)
    first = outbox.correct(a_correction(original))

    second = outbox.correct(replace(a_correction(original, name="again"), number=2))

    assert outbox.corrections("spring") == (first, second)


def test_what_another_program_sent_is_corrected_for_readers_that_are_named(
    outbox: Outbox, suppressions: Suppressions
) -> None:
    suppressions.add([Suppressed(key="reader0001@example.org", why="unsubscribed", at=NOON)])
    correcting: Correcting = replace(a_correction(None), readers=iter(readers(3)))

    outbox.correct(correcting)

    counts = {State.PENDING: 2, State.SUPPRESSED: 1}
    assert states(outbox, "spring-corrected") == counts


def test_a_correction_is_marked_as_sent(store: SqlStore) -> None:
    store.outbox.correct(replace(a_correction(None), readers=readers(1)))

    sent = store.history(a_campaign("spring-corrected"), NOON).sent
    assert sent
    assert sent.campaign == "spring-corrected"


def test_a_correction_does_not_count_for_the_usual_size(outbox: Outbox) -> None:
    for number in range(2):
        queue(outbox, readers(1), f"issue{number}", "navigator")
    original = queue(outbox, readers(1), series="navigator")
    outbox.pause(original, "a wrong link")
    dispatch = replace(a_correction(original).correction, series="navigator")

    outbox.correct(replace(a_correction(original), correction=dispatch, readers=readers(9)))

    assert outbox.usual_size("navigator", NOON.replace(hour=23)) == 1


def test_after_a_correction_a_worker_taken_for_dead_says_no_more(outbox: Outbox) -> None:
    original = queue(outbox, readers(1))
    begun = begin(outbox, original)
    outbox.pause(original, "a wrong link")
    outbox.recover(NOON.replace(hour=13))
    outbox.correct(a_correction(original, repaired=REPAIRED))

    end(outbox, begun, State.PENDING)

    assert states(outbox) == {State.IN_DOUBT: 1}
    assert begin(outbox, original, worker=BOB) == ()
