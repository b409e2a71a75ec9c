"""`sendguard store`: the real program looks after a store on disk."""

import sqlite3
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest

from sendguard.adapters.database.engine import open_engine
from sendguard.adapters.database.schema import upgrade
from sendguard.adapters.database.store import SqlStore, open_store
from sendguard.adapters.database.versions import VERSION_TABLE, VERSIONS
from tests.adapters.database.kept import a_record
from tests.builders import NOON
from tests.journeys.program import sendguard

YEAR = timedelta(days=366)


def keep_checks(here: Path, number: int, at: object = NOON - 20 * YEAR) -> None:
    with closing(open_store(f"sqlite:///{here / 'sendguard.db'}")) as store:
        for _ in range(number):
            store.keep(a_record(at=at))  # type: ignore[arg-type]


def names_in(folder: Path) -> set[str]:
    return {one.name for one in folder.iterdir()}


async def test_a_store_is_made_and_then_nothing_is_due(tmp_path: Path) -> None:
    first = await sendguard("store", "upgrade", here=tmp_path)
    second = await sendguard("store", "upgrade", here=tmp_path)

    assert (first.code, second.code) == (0, 0)
    assert first.out == f"The store sendguard.db was made, in form {VERSIONS[-1]}.\n"
    assert second.out.startswith("Nothing is due: the store sendguard.db has form ")
    assert first.err == second.err == ""


async def test_old_checks_go_but_the_last_one_stays(tmp_path: Path) -> None:
    keep_checks(tmp_path, 4)

    ran = await sendguard("store", "prune", here=tmp_path)

    assert ran.code == 0
    assert ran.out.startswith("3 checks went; the last one of each campaign stays. The store takes")
    with closing(open_store(f"sqlite:///{tmp_path / 'sendguard.db'}")) as store:
        assert len(store.runs("spring")) == 1


async def test_an_age_may_be_given(tmp_path: Path) -> None:
    keep_checks(tmp_path, 2)

    kept = await sendguard("store", "prune", "--older-than", "99999d", here=tmp_path)
    wrong = await sendguard("store", "prune", "--older-than", "soon", here=tmp_path)

    assert kept.out.startswith("No checks went")
    assert (wrong.code, wrong.out) == (2, "")
    assert "--older-than: expected a time with its unit" in wrong.err


async def test_there_may_be_no_store_to_prune(tmp_path: Path) -> None:
    ran = await sendguard("store", "prune", here=tmp_path)

    assert (ran.code, ran.out) == (0, "There is no store yet, so there is nothing to forget.\n")
    assert not names_in(tmp_path)


@pytest.mark.parametrize("command", ["upgrade", "prune"])
async def test_where_nothing_is_kept_nothing_is_done(tmp_path: Path, command: str) -> None:
    (tmp_path / "config.yaml").write_text("database: null\n", "utf-8")

    ran = await sendguard("store", command, here=tmp_path)

    assert ran.code == 0
    assert ran.out.startswith("`database` is null in the settings")


@pytest.mark.parametrize("command", ["upgrade", "prune"])
async def test_a_store_of_a_later_release_is_left_alone(tmp_path: Path, command: str) -> None:
    keep_checks(tmp_path, 2)
    with closing(sqlite3.connect(tmp_path / "sendguard.db")) as connection, connection:
        connection.execute(f"UPDATE {VERSION_TABLE} SET version_num = '9999'")  # noqa: S608

    ran = await sendguard("store", command, here=tmp_path)

    assert (ran.code, ran.out) == (4, "")
    assert "was made by a later release of SendGuard" in ran.err
    assert len(ran.err.splitlines()) == 1


async def test_a_store_of_an_earlier_release_is_copied_and_upgraded(tmp_path: Path) -> None:
    await make_an_earlier_one(tmp_path)

    ran = await sendguard("store", "upgrade", here=tmp_path)

    earlier = VERSIONS[0]
    assert ran.code == 0
    assert ran.out == f"The store sendguard.db was brought from form {earlier} to {VERSIONS[-1]}.\n"
    assert f"the store as it was is kept in sendguard.db.{earlier}" in ran.err
    with closing(sqlite3.connect(tmp_path / f"sendguard.db.{earlier}")) as connection:
        assert connection.execute("SELECT count(*) FROM run").fetchone() == (1,)


async def test_a_copy_may_be_left_out(tmp_path: Path) -> None:
    await make_an_earlier_one(tmp_path)

    ran = await sendguard("store", "upgrade", "--no-copy", here=tmp_path)

    assert (ran.code, ran.err) == (0, "")
    assert not [name for name in names_in(tmp_path) if VERSIONS[0] in name]


@pytest.mark.parametrize("command", [["status"], ["serve"], ["store", "prune"]])
async def test_that_an_upgrade_is_due_is_one_line(tmp_path: Path, command: list[str]) -> None:
    await make_an_earlier_one(tmp_path)

    ran = await sendguard(*command, here=tmp_path)

    assert (ran.code, ran.out) == (4, "")
    assert "is of an earlier release: run `sendguard store upgrade`" in ran.err
    assert len(ran.err.splitlines()) == 1


async def make_an_earlier_one(here: Path) -> None:
    """A store with one check in it, in the oldest form."""

    engine = open_engine(f"sqlite:///{here / 'sendguard.db'}")
    with closing(SqlStore(engine)) as store:
        upgrade(engine, VERSIONS[0])
        store.keep(a_record())
