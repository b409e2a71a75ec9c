"""A watch: what is new or due is checked once, in its time, and people hear what changed."""

from collections.abc import Iterator
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest

from sendguard.adapters.database.store import SqlStore, open_store
from sendguard.config import Watch
from sendguard.errors import BadStore
from sendguard.flows.noticing import Noticing
from sendguard.values import Decision
from sendguard.watch import Verdict
from tests.builders import NOON
from tests.flows.watched import HOUR, Stage, kept

DAY = 24 * HOUR
SEND = NOON + timedelta(days=2)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[SqlStore]:
    with closing(open_store(f"sqlite:///{tmp_path / 'sendguard.db'}")) as store:
        yield store


@pytest.fixture
def stage(store: SqlStore) -> Stage:
    return Stage(store)


async def test_a_new_campaign_is_checked_at_once_and_then_left_alone(stage: Stage) -> None:
    stage.folders.put("spring")

    await stage.look()
    await stage.look_after(20)

    assert stage.made == ["noticed"]
    assert kept(stage, "spring") == 1
    assert stage.folders.reads == 1


async def test_a_campaign_is_checked_before_and_after_its_send(store: SqlStore) -> None:
    stage = Stage(store, before=["24h", "1h"])
    stage.folders.put("spring", send_at=SEND)

    made = []
    for _ in range(7 * 24):
        await stage.look_after(HOUR)
        made += stage.made

    assert made == [
        "noticed",
        "24h before",
        "1h before",
        "1h after",
        "6h after",
        "24h after",
        "72h after",
    ]
    assert stage.journal.of("late") == []


async def test_a_changed_campaign_is_checked_anew(stage: Stage) -> None:
    stage.folders.put("spring")
    await stage.look()

    stage.folders.put("spring", body="<p>2</p>")
    await stage.look_after(20)

    assert stage.made == ["noticed", "noticed"]


async def test_a_folder_that_is_still_written_is_waited_for(stage: Stage) -> None:
    for minute in range(3):
        stage.folders.put("spring", body=f"<p>{minute}</p>")
        stage.folders.changed["spring"] = stage.clock.now()
        await stage.look_after(15)
        assert stage.made == []

    await stage.look_after(15)

    assert stage.made == ["noticed"]


async def test_a_folder_that_is_gone_is_forgotten(stage: Stage) -> None:
    stage.folders.put("spring", send_at=SEND)
    await stage.look()

    stage.folders.held.clear()
    await stage.look_after(3 * DAY)

    assert stage.made == ["noticed"]
    assert stage.journal.of("gone") == [{"campaign": "spring"}]


async def test_without_a_folder_for_campaigns_nothing_is_forgotten(stage: Stage) -> None:
    stage.folders.put("spring", send_at=SEND)
    await stage.look()

    stage.folders.are_there = False
    await stage.look_after(20)
    await stage.look_after(20)
    stage.folders.are_there = True
    await stage.look_after(20)

    assert stage.journal.of("no-campaigns-folder") == [{"folder": "campaigns"}]
    assert stage.made == ["noticed"]


def test_a_folder_that_appears_while_somebody_looks_is_told_from_an_archive(stage: Stage) -> None:
    moments = stage.store.moments("ada 1 x")
    noticing = Noticing(stage.folders, stage.folders.open, moments, Watch())  # type: ignore[arg-type]

    for names in (["archived"], ["mistaken"], [f"old-{number}" for number in range(10)]):
        for name in names:
            stage.folders.put(name)
        noticing.look(NOON)

    assert [name for name in stage.folders.held if noticing.has_appeared(name)] == ["mistaken"]


async def test_a_newsletter_without_a_campaign_is_logged_once(stage: Stage) -> None:
    stage.folders.bare = {"draft"}

    for _ in range(3):
        await stage.look_after(20)

    (line,) = stage.journal.of("passed-over")
    assert "for want of a campaign.yaml: draft; add one" in str(line["says"])


async def test_of_what_was_missed_only_the_latest_is_made(stage: Stage) -> None:
    stage.folders.put("spring", send_at=SEND)
    await stage.look()

    stage.begin_again()
    stage.clock.pass_by(2 * DAY - 300)
    await stage.look()

    assert stage.made == ["noticed", "10m before"]
    assert [str(one["says"])[:70] for one in stage.journal.of("late")] == [
        "The check 24 h before the send: missed by 24 h, because nothing was wa",
        "The check 1 h before the send: missed by 55 min, because nothing was w",
        "The check 10 min before the send: missed by 5 min, because nothing was",
    ]


async def test_what_was_slept_over_is_told_as_such(stage: Stage) -> None:
    stage.folders.put("spring", send_at=SEND)
    await stage.look()

    stage.clock.set_to(SEND - timedelta(minutes=50))
    await stage.look_after(0)

    assert stage.made == ["noticed", "1h before"]
    assert "this computer slept or its clock was set" in str(stage.journal.of("late")[0]["says"])
    assert len(stage.journal.of("clock-jumped")) == 1


async def test_a_check_made_by_a_clock_that_was_ahead_is_made_again(stage: Stage) -> None:
    stage.folders.put("spring", send_at=SEND)
    await stage.look()
    stage.clock.set_to(SEND - timedelta(hours=24))
    await stage.look_after(0)

    stage.clock.set_to(NOON)
    await stage.look_after(0)
    await stage.look_after(DAY)

    assert stage.made == ["noticed", "24h before", "24h before"]


async def test_a_new_campaign_is_checked_though_the_clock_was_set_back(stage: Stage) -> None:
    stage.folders.put("spring")
    stage.checks.may_end.clear()
    await stage.watching.look()

    stage.begin_again()
    stage.clock.set_to(NOON - timedelta(hours=3))
    stage.checks.may_end.set()
    await stage.look()

    assert stage.made[-1] == "noticed"
    assert kept(stage, "spring") == 1


async def test_the_night_in_which_clocks_are_set_has_24_hours_too(stage: Stage) -> None:
    # In New York the hour after 1:00 comes twice on 1 November 2026.
    stage.clock.set_to(NOON.replace(month=10, day=30))
    await stage.watching.keep_up()
    stage.folders.put("spring")
    stage.folders.held["spring"]["campaign.yaml"] += "\nsend_at: 2026-11-01 09:00 America/New_York"
    await stage.look()
    day_before = NOON.replace(month=10, day=31, hour=14)  # 10:00 in New York, by its summer time

    await stage.look_after((day_before - stage.clock.now()).total_seconds() - 1)
    assert stage.made == ["noticed"]
    await stage.look_after(1)

    assert stage.made == ["24h before"]


async def test_the_soonest_send_comes_first(store: SqlStore) -> None:
    stage = Stage(store, at_once=1)
    for number in (3, 1, 2):
        stage.folders.put(f"c{number}", send_at=SEND + timedelta(hours=number))

    await stage.look()

    assert [name for name, _ in stage.checks.made] == ["c1", "c2", "c3"]


async def test_no_more_are_checked_at_once_than_may_be(store: SqlStore) -> None:
    stage = Stage(store, at_once=2)
    stage.checks.may_end.clear()
    for number in range(5):
        stage.folders.put(f"c{number}")

    await stage.watching.look()
    await stage.watching.look()

    assert stage.watching.condition.under_way == 2
    stage.checks.may_end.set()
    await stage.watching.until_done()
    assert len(stage.checks.made) == 5


async def test_a_slow_check_holds_up_no_look(stage: Stage) -> None:
    stage.checks.may_end.clear()
    stage.folders.put("slow")
    await stage.watching.look()

    for _ in range(3):
        stage.clock.pass_by(20)
        await stage.watching.look()

    assert stage.watching.condition.looked_s == 0
    assert stage.watching.condition.under_way == 1
    stage.checks.may_end.set()
    await stage.watching.until_done()
    assert stage.made == ["noticed"]


async def test_a_campaign_that_changes_while_it_is_checked_is_checked_anew(stage: Stage) -> None:
    stage.checks.may_end.clear()
    stage.folders.put("spring")
    await stage.watching.look()
    stage.folders.put("spring", body="<p>2</p>")
    await stage.watching.look()

    stage.checks.may_end.set()
    await stage.watching.until_done()

    assert kept(stage, "spring") == 1
    assert len(stage.journal.of("overtaken")) == 1


async def test_people_hear_once_of_each_change(stage: Stage) -> None:
    stage.folders.put("spring", send_at=SEND)
    titles: list[object] = []
    for decision in (Decision.PASS, Decision.BLOCK, Decision.BLOCK, Decision.PASS):
        stage.decide(decision)
        stage.folders.put("spring", body=f"<p>{len(titles)}</p>", send_at=SEND)
        await stage.look_after(60)
        titles += [stage.journal.of("checked")[-1]["notice"]]

    told = ["", "is blocked", "", "may go out now"]
    assert [word in str(title) for word, title in zip(told, titles, strict=True)] == [True] * 4
    assert (titles[0], titles[2]) == (None, None)


async def test_a_campaign_that_cannot_be_read_is_told(stage: Stage) -> None:
    stage.checks.unreadable = True
    stage.folders.put("spring")

    await stage.look()
    await stage.look_after(20)

    (checked,) = stage.journal.of("checked")
    assert checked["decision"] == Verdict.UNREADABLE
    assert checked["notice"] == "spring cannot be read"


async def test_a_campaign_that_nobody_may_look_into_any_more_is_not_forgotten(
    stage: Stage,
) -> None:
    stage.folders.put("spring", send_at=SEND)
    stage.folders.put("lost+found")
    stage.folders.locked.add("lost+found")
    await stage.look()

    stage.folders.locked.add("spring")
    await stage.look_after(DAY)

    assert stage.journal.of("gone") == []
    assert [name for name, _ in stage.checks.made] == ["spring", "spring"]


async def test_a_mistake_of_ours_is_no_pass(stage: Stage) -> None:
    stage.checks.fails = ZeroDivisionError("no")
    stage.folders.put("spring")

    await stage.look()
    await stage.look_after(20)

    (checked,) = stage.journal.of("checked")
    assert checked["decision"] == Verdict.UNVERIFIED
    assert checked["notice"]
    assert len(stage.journal.of("mistake")) == 1


async def test_a_check_that_could_not_be_kept_is_made_again(stage: Stage) -> None:
    stage.checks.fails = BadStore("the store is full")
    stage.folders.put("spring")
    await stage.look()
    stage.checks.fails = None

    await stage.look_after(20)
    assert stage.made == []
    await stage.look_after(60)

    assert stage.made == ["noticed"]
    assert [event for event, _ in stage.journal.lines if "store" in event] == [
        "store-lost",
        "store-back",
    ]


async def test_that_a_campaign_went_out_counts_only_before_its_send(stage: Stage) -> None:
    stage.folders.put("spring", send_at=SEND)
    await stage.look()
    await stage.look_after(DAY)
    await stage.look_after(DAY + HOUR)

    assert stage.checks.before_send == [True, True, False]


async def test_two_watch_but_only_one_checks(store: SqlStore) -> None:
    first, second = Stage(store), Stage(store, "bob 1 y")
    for stage in (first, second):
        stage.folders.put("spring")
        await stage.look()

    assert (first.made, second.made) == (["noticed"], [])
    assert second.watching.condition.watcher is not None


async def test_whoever_stands_by_takes_over(store: SqlStore) -> None:
    first, second = Stage(store), Stage(store, "bob 1 y")
    first.folders.put("spring")
    second.folders.put("spring")
    first.checks.may_end.clear()
    await first.watching.look()
    await second.look()

    for _ in range(4):
        await second.look_after(10)
    first.checks.may_end.set()
    await first.watching.until_done()

    assert second.made == ["noticed"]
    assert kept(second, "spring") == 1
    assert len(first.journal.of("overtaken")) == 1


async def test_whoever_stops_lets_another_one_watch_at_once(store: SqlStore) -> None:
    first, second = Stage(store), Stage(store, "bob 1 y")
    await first.look()
    await second.look()

    await first.watching.stop()
    await second.look()

    assert second.watching.condition.is_watching


async def test_a_name_that_is_no_text_is_written_down_all_the_same(
    stage: Stage,
) -> None:
    stage.folders.put("spring")
    stage.checks.path = "campaigns/l\udcff"

    await stage.look()
    await stage.look_after(20)

    assert stage.made == ["noticed"]
    assert stage.journal.of("store-lost") == []
    assert len(stage.journal.of("checked")) == 1


async def test_a_jump_of_the_clock_is_known_before_anything_is_late(stage: Stage) -> None:
    stage.folders.put("spring", send_at=SEND)
    await stage.look()

    stage.clock.set_to(SEND - timedelta(minutes=5))
    await stage.look()

    assert len(stage.journal.of("clock-jumped")) == 1
    assert not [one for one in stage.journal.of("late") if "so long" in str(one["says"])]
    assert await stage.watching.keep_up()  # so that the scheduler is woken


async def test_a_damaged_store_is_not_told_to_be_watched_at_every_look(stage: Stage) -> None:
    stage.store.engine.dispose()
    with stage.store.engine.begin() as connection:
        connection.exec_driver_sql("ALTER TABLE watched RENAME TO was")
    for _ in range(3):
        await stage.look_after(20)
    with stage.store.engine.begin() as connection:
        connection.exec_driver_sql("ALTER TABLE was RENAME TO watched")
    assert len(stage.journal.of("watching")) == 1

    await stage.look_after(20)

    assert [name for name, _ in stage.journal.lines][-2:] == ["store-back", "watching"]
