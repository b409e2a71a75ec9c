"""Folders and store are put together by name."""

from sendguard.flows.overview import overview
from sendguard.flows.survey import Surveyed
from sendguard.gate import CouldNotRead
from sendguard.read import Brief
from sendguard.watch.status import Remembered
from tests.builders import NOON
from tests.watch.status.sheets import a_found, a_kept

SPRING = Surveyed(
    path="campaigns/spring",
    name="spring",
    brief=Brief(newsletter="a.html", send_at=NOON),
    digest="sha256:1",
)
REMEMBERED = Remembered(
    last=(a_kept(campaign="spring", number=7), a_kept(campaign="gone", number=6)),
    found={7: (a_found(),)},
    sent_at={"spring": NOON},
)


def test_what_the_store_knows_of_a_folder_stands_with_it() -> None:
    status = overview([("spring", SPRING)], REMEMBERED, NOON)

    (sheet,) = status.sheets
    assert (sheet.send_at, sheet.sent_at, sheet.found) == (NOON, NOON, (a_found(),))
    assert not sheet.is_changed
    assert [kept.campaign for kept in status.past] == ["gone"]
    assert [kept.id for kept in status.last_checks] == [7, 6]


def test_a_folder_that_cannot_be_read_keeps_its_history() -> None:
    torn = CouldNotRead(path="campaigns/spring", says="not YAML")

    (sheet,) = overview([("spring", torn)], REMEMBERED, NOON).sheets

    assert (sheet.unreadable, sheet.last) == (torn, REMEMBERED.last[0])


def test_without_a_store_the_folders_are_told() -> None:
    status = overview([("spring", SPRING)], Remembered(), NOON, store="Nothing is kept.")

    assert status.store == "Nothing is kept."
    assert status.sheet("spring")
    assert not status.last_checks
