"""A campaign is queued whole, once, as it is, on both databases."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest

from sendguard.adapters.database.store import SqlStore
from sendguard.gate import Sending
from sendguard.ports.sending import AlreadyQueued, Outbox, Suppressed, Suppressions
from sendguard.read import Brief
from sendguard.send import Dispatch, Reader, State
from tests.adapters.database.kept import a_campaign
from tests.adapters.database.outbox.queued import (
    ADA,
    a_dispatch,
    a_reader,
    an_edition,
    begin,
    names,
    queue,
    readers,
    states,
)
from tests.builders import NOON


def test_what_is_queued_is_found_as_it_was(outbox: Outbox) -> None:
    edition = an_edition()
    dispatch = a_dispatch(series="navigator", columns=("name", "town"))

    queued = outbox.queue(dispatch, edition, [], Sending.of(edition.campaign, NOON))

    assert queued.id
    assert outbox.find("spring") == queued == replace(dispatch, id=queued.id)
    assert outbox.edition(queued.edition) == edition


def test_what_was_not_queued_is_not_found(outbox: Outbox) -> None:
    assert outbox.find("spring") is None
    assert outbox.edition("sha256:0") is None
    assert outbox.progress("spring") == ()


def test_every_reader_is_pending_in_their_order(outbox: Outbox) -> None:
    queued = queue(outbox, [a_reader("bob"), a_reader("ada")])

    (progress,) = outbox.progress()

    assert (progress.dispatch, progress.counts) == (queued, {State.PENDING: 2})
    assert names(outbox.lease(queued, ADA, NOON, 500)) == ["bob", "ada"]


def test_merge_fields_come_back_as_they_were(outbox: Outbox) -> None:
    odd = a_reader("ada", "Zoë", "", 'a "b"\n\0', "\\N\t\u2028")
    queued = queue(outbox, [odd])

    (leased,) = outbox.lease(queued, ADA, NOON, 500)

    assert leased.reader == odd


def test_of_two_readers_with_one_key_the_first_counts(outbox: Outbox) -> None:
    twice = [a_reader("ada", "first"), a_reader("ada", "second")]

    queued = queue(outbox, twice)

    assert [one.reader.fields for one in outbox.lease(queued, ADA, NOON, 500)] == [("first",)]


def test_whoever_is_suppressed_is_written_down_as_that(
    outbox: Outbox, suppressions: Suppressions
) -> None:
    suppressions.add([Suppressed(key="ada@example.org", why="unsubscribed", at=NOON)])

    queued = queue(outbox, [a_reader("ada"), a_reader("bob")])

    assert states(outbox) == {State.SUPPRESSED: 1, State.PENDING: 1}
    assert names(outbox.lease(queued, ADA, NOON, 500)) == ["bob"]


def test_a_campaign_is_queued_once(outbox: Outbox) -> None:
    queue(outbox, readers(2))

    with pytest.raises(AlreadyQueued):
        queue(outbox, readers(3))

    assert states(outbox) == {State.PENDING: 2}


def test_of_two_that_queue_it_at_once_one_does(outbox: Outbox) -> None:
    def try_to_queue(_: int) -> Dispatch | None:
        try:
            return queue(outbox, readers(20))
        except AlreadyQueued:
            return None

    with ThreadPoolExecutor(4) as pool:
        queued = list(pool.map(try_to_queue, range(4)))

    assert len(list(filter(None, queued))) == 1
    assert states(outbox) == {State.PENDING: 20}


def test_what_cannot_be_read_to_the_end_is_not_queued_at_all(store: SqlStore) -> None:
    def broken() -> Iterator[Reader]:
        yield from readers(20)
        raise OSError("the disk fails")

    with pytest.raises(OSError, match="the disk fails"):
        queue(store.outbox, broken())

    assert store.outbox.find("spring") is None
    assert store.history(a_campaign(), NOON).sent is None


def test_others_may_write_while_readers_are_read(outbox: Outbox) -> None:
    first = queue(outbox, readers(1))

    def slowly() -> Iterator[Reader]:
        yield a_reader("ada")
        begin(outbox, first)
        yield a_reader("bob")

    queue(outbox, slowly(), "summer")

    assert states(outbox, "summer") == {State.PENDING: 2}
    assert states(outbox) == {State.SENDING: 1}


def test_what_is_queued_is_marked_as_sent(store: SqlStore) -> None:
    queue(store.outbox, readers(1))

    assert store.history(a_campaign(), NOON).sent == Sending.of(a_campaign(), NOON)


def test_the_usual_size_of_a_series_is_the_median_of_its_last_ten(outbox: Outbox) -> None:
    for number, size in enumerate([900, 900, *range(10, 20)]):
        edition = an_edition(f"issue{number}")
        at = NOON.replace(hour=number)
        dispatch = a_dispatch(f"issue{number}", series="navigator", queued_at=at)
        outbox.queue(dispatch, edition, readers(size), Sending.of(edition.campaign, at))

    assert outbox.usual_size("navigator", NOON.replace(hour=23)) == 14
    assert outbox.usual_size("navigator", NOON.replace(hour=2)) is None
    assert outbox.usual_size("other", NOON) is None


def test_to_forget_old_contents_keeps_the_edition(store: SqlStore) -> None:
    queued = queue(store.outbox, readers(1))

    store.prune(NOON.replace(year=2_100))

    assert store.outbox.edition(queued.edition) == an_edition()


def test_an_edition_holds_the_whole_brief(outbox: Outbox) -> None:
    campaign = replace(a_campaign(), brief=Brief(newsletter="newsletter.html", subject="Hello"))
    edition = replace(an_edition(), campaign=campaign)
    dispatch = replace(a_dispatch(), edition=edition.digest)

    outbox.queue(dispatch, edition, [], Sending.of(campaign, NOON))

    assert outbox.edition(edition.digest) == edition
