"""Incidents are kept whole, on both databases, and of two who write at once neither is lost."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from threading import Barrier

import pytest
from sqlmodel import select

from sendguard.adapters.database.engine import writing
from sendguard.adapters.database.incidents import IncidentRow
from sendguard.adapters.database.store import SqlStore, open_store
from sendguard.errors import BadStore, WrongUsage
from sendguard.incident import Incident
from tests.builders import NOON
from tests.incident.incidents import a_note, after, an_incident

WRITERS, ROUNDS = 2, 10


def unchanged(incident: Incident) -> Incident:
    return incident


def opened(store: SqlStore, campaign: str = "navigator-42") -> Incident:
    return store.incidents.open_or_update(campaign, NOON, unchanged)


def spoil(store: SqlStore) -> None:
    """As if another release had written all of them."""
    with writing(store.engine) as session:
        for row in session.exec(select(IncidentRow)):
            row.evidence = b"9"


def test_an_incident_comes_back_with_all_that_is_known_of_it(store: SqlStore) -> None:
    kept = store.incidents.open_or_update("navigator-42", NOON, lambda _: an_incident())

    assert kept.id > 0
    assert store.incidents.numbered(kept.id) == kept
    assert store.incidents.of_campaign("navigator-42") == kept


def test_a_new_one_has_no_number_until_it_is_kept(store: SqlStore) -> None:
    numbers: list[int] = []

    def note(incident: Incident) -> Incident:
        numbers.append(incident.id)
        return incident

    for _ in range(2):
        kept = store.incidents.open_or_update("navigator-42", NOON, note)

    assert numbers == [0, kept.id]


def test_an_open_incident_is_gone_on_with(store: SqlStore) -> None:
    first = opened(store)

    second = store.incidents.open_or_update(
        "navigator-42", after(9), lambda known: known.stopped(after(9))
    )

    assert (second.id, second.found_at, second.stopped_at) == (first.id, NOON, after(9))


def test_a_mistake_after_one_that_is_closed_is_another(store: SqlStore) -> None:
    first = opened(store)
    store.incidents.update(first.id, lambda known: known.closed(after(5)))

    second = opened(store)

    assert second.id > first.id
    assert store.incidents.of_campaign("navigator-42") == second


def test_what_is_closed_may_still_be_added_to(store: SqlStore) -> None:
    closed = store.incidents.open_or_update("a", NOON, lambda known: known.closed(after(1)))

    changed = store.incidents.update(closed.id, lambda known: known.with_consequence(a_note()))

    assert changed
    assert changed.consequences == (a_note(),)
    assert store.incidents.numbered(closed.id) == changed


def test_what_is_not_there_is_none(store: SqlStore) -> None:
    assert store.incidents.numbered(1) is None
    assert store.incidents.update(1, unchanged) is None
    assert store.incidents.of_campaign("navigator-42") is None
    assert store.incidents.latest(10) == ()


def test_the_last_ones_come_first(store: SqlStore) -> None:
    for name in ("a", "b", "c"):
        opened(store, name)

    assert [one.campaign for one in store.incidents.latest(2)] == ["c", "b"]


def test_a_change_that_fails_leaves_all_as_it_was(store: SqlStore) -> None:
    kept = store.incidents.open_or_update("navigator-42", NOON, lambda _: an_incident())

    def fail(incident: Incident) -> Incident:
        incident.closed(after(1))
        raise WrongUsage("no more")

    with pytest.raises(WrongUsage):
        store.incidents.update(kept.id, fail)
    with pytest.raises(WrongUsage):
        store.incidents.open_or_update("other", NOON, fail)

    assert store.incidents.latest(10) == (kept,)


def at_once(database: str, write: Callable[[SqlStore, str], object]) -> None:
    """Let several write through stores of their own, all of them at the same time."""
    gate = Barrier(WRITERS)

    def run(number: int) -> None:
        with closing(open_store(database)) as store:
            for turn in range(ROUNDS):
                gate.wait()
                write(store, f"{number}.{turn}")

    with ThreadPoolExecutor(WRITERS) as pool:
        list(pool.map(run, range(WRITERS)))


def noted(store: SqlStore, text: str) -> Incident:
    return store.incidents.open_or_update(
        "navigator-42", NOON, lambda known: known.with_consequence(a_note(text))
    )


def test_of_two_that_write_at_once_neither_is_lost(store: SqlStore, address: str) -> None:
    at_once(address, noted)

    (incident,) = store.incidents.latest(10)
    texts = [note.text for note in incident.consequences]
    assert len(texts) == WRITERS * ROUNDS
    assert set(texts) == {f"{n}.{turn}" for n in range(WRITERS) for turn in range(ROUNDS)}


def test_two_that_open_one_at_once_open_one(store: SqlStore, address: str) -> None:
    at_once(
        address,
        lambda mine, text: mine.incidents.open_or_update(text.split(".")[1], NOON, unchanged),
    )

    assert len(store.incidents.latest(100)) == ROUNDS


def test_what_another_release_wrote_is_told_and_left_out(store: SqlStore) -> None:
    kept = opened(store)
    spoil(store)

    with pytest.raises(BadStore, match=f"incident {kept.id} was kept by another release"):
        store.incidents.numbered(kept.id)

    assert store.incidents.latest(10) == ()


def test_what_cannot_be_read_keeps_nobody_from_putting_a_mistake_right(store: SqlStore) -> None:
    unreadable = opened(store)
    spoil(store)

    assert opened(store).id > unreadable.id
