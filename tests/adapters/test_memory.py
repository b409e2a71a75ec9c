"""A memory on disk: what it gives back, and that nothing which befalls it befalls a check."""

import dataclasses
import os
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TypeVar

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sendguard.adapters.memory import SqliteMemory, cache_file, what_changes_answers
from sendguard.adapters.memory.sqlite import LARGEST_BYTES, LONGEST_WAIT_S, MOST
from sendguard.config import Visits
from sendguard.values import Url
from sendguard.visit import Answered, Certificate, Hop, Page, Validators, Visit
from tests.builders import NOON, a_page, a_visit, an_answer

Made = TypeVar("Made")

SHIP = Url("https://x.org/ship")
A_SHIP = a_visit(SHIP.text, an_answer(SHIP.text, page=a_page("A ship of two hulls")))


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "cache" / "visits.db"


def memory_in(file: Path | None, settings: str = "") -> SqliteMemory:
    return SqliteMemory(file, settings)


def numbered(numbers: range, *, at: datetime = NOON) -> Iterator[Visit]:
    for number in numbers:
        yield replace(A_SHIP, url=Url(f"https://x.org/{number}"), at=at)


def test_what_is_kept_is_recalled(file: Path) -> None:
    memory_in(file).keep([A_SHIP], [], NOON)

    assert memory_in(file).recall([SHIP, Url("https://x.org/tree")]) == {SHIP: A_SHIP}


def every(made: type[Made], **told: st.SearchStrategy[object]) -> st.SearchStrategy[Made]:
    """Values with each field made up, also those that have a default, so that none is forgotten."""
    fields = {field.name: ... for field in dataclasses.fields(made)}  # type: ignore[arg-type]
    return st.builds(made, **{**fields, **told})  # type: ignore[arg-type]


instants = st.datetimes(timezones=st.just(UTC))
urls = st.builds(Url, st.text(st.characters(), max_size=50))
pages = every(Page, canonical=st.none() | urls)
certificates = every(Certificate, since=instants, until=instants)
answers = every(
    Answered,
    hops=st.lists(every(Hop, url=urls), min_size=1, max_size=3).map(tuple),
    page=st.none() | pages,
    certificate=st.none() | certificates,
    validators=st.none() | every(Validators),
)
visits = every(
    Visit,
    url=urls,
    at=st.just(NOON),
    took_s=st.floats(0),
    outcome=answers,
    instead=st.none() | urls,
    tries=st.lists(instants, max_size=3).map(tuple),
    age_s=st.none() | st.floats(0),
    heard=st.none() | instants,
)


@given(visits)
def test_every_answer_is_recalled_as_it_was(visit: Visit) -> None:
    assert visit.url
    with TemporaryDirectory() as folder:
        memory = memory_in(Path(folder) / "visits.db")
        memory.keep([visit], [], NOON)

        assert memory.recall([visit.url.page]) == {visit.url.page: visit}


def test_a_later_visit_takes_the_place_of_an_earlier_one(file: Path) -> None:
    later = replace(A_SHIP, at=NOON + timedelta(hours=1))
    memory = memory_in(file)
    memory.keep([A_SHIP], [], NOON)

    memory.keep([later], [], later.at)

    assert memory.recall([SHIP]) == {SHIP: later}


def test_what_shall_be_forgotten_is(file: Path) -> None:
    memory = memory_in(file)
    memory.keep([A_SHIP], [], NOON)

    memory.keep([], [SHIP], NOON)

    assert memory.recall([SHIP]) == {}


def test_other_settings_have_other_answers(file: Path) -> None:
    memory_in(file, "by a proxy").keep([A_SHIP], [], NOON)

    assert memory_in(file, "without").recall([SHIP]) == {}


@pytest.mark.parametrize(
    "told",
    [
        {"connect_to": {"*:443": "127.0.0.1:8443"}},
        {"proxy": "http://proxy.example.org:3128"},
        {"user_agent": "Another"},
        {"ca_file": "ca.pem"},
        {"allow_private": ["127.0.0.0/8"]},
    ],
)
def test_settings_that_change_answers_are_told_apart(told: object) -> None:
    other = Visits.model_validate(told)

    assert what_changes_answers(other, "1") != what_changes_answers(Visits(), "1")


def test_settings_that_change_none_are_not() -> None:
    patient = Visits(timeout_s=60, at_once=1, remember_s=60)

    assert what_changes_answers(patient, "1") == what_changes_answers(Visits(), "1")


def test_a_week_later_it_is_gone(file: Path) -> None:
    memory = memory_in(file)
    memory.keep([A_SHIP], [], NOON)

    memory.keep([], [], NOON + timedelta(days=7, seconds=1))

    assert memory.recall([SHIP]) == {}


def test_it_holds_only_so_many_and_lets_the_oldest_go(file: Path) -> None:
    memory = memory_in(file)
    memory.keep(numbered(range(MOST)), [], NOON)

    memory.keep([A_SHIP], [], NOON)

    first, second = Url("https://x.org/0"), Url("https://x.org/1")
    assert list(memory.recall([first, second, SHIP])) == [second, SHIP]


def test_a_page_with_no_end_of_names_is_not_kept(file: Path) -> None:
    names = frozenset(f"{number:09}" for number in range(LARGEST_BYTES // 10))
    page = replace(a_page("A ship"), anchors=names)
    memory = memory_in(file)

    memory.keep([a_visit(SHIP.text, an_answer(SHIP.text, page=page))], [], NOON)

    assert memory.recall([SHIP]) == {}


def test_nobody_else_may_read_what_was_seen(file: Path) -> None:
    memory_in(file).keep([A_SHIP], [], NOON)

    modes = [path.stat().st_mode & 0o777 for path in (file.parent, file)]
    assert [f"{mode:o}" for mode in modes] == ["700", "600"]
    assert list(file.parent.iterdir()) == [file]


@pytest.mark.parametrize("whose", ["visits.db", ""])
def test_what_others_may_write_is_not_believed(file: Path, whose: str) -> None:
    memory_in(file).keep([A_SHIP], [], NOON)
    (file.parent / whose).chmod(0o777)

    assert memory_in(file).recall([SHIP]) == {}


def test_a_link_to_somewhere_else_is_not_followed(file: Path, tmp_path: Path) -> None:
    file.parent.mkdir()
    file.symlink_to(tmp_path / "precious")

    memory_in(file).keep([A_SHIP], [], NOON)

    assert not (tmp_path / "precious").exists()


def test_a_row_that_was_damaged_is_not_believed(file: Path) -> None:
    memory_in(file).keep([A_SHIP], [], NOON)
    with closing(sqlite3.connect(file)) as database, database:
        database.execute("UPDATE visit_1 SET told = replace(told, 'two', 'ten')")

    assert memory_in(file).recall([SHIP]) == {}


@pytest.mark.parametrize("content", [b"no database at all", b"SQLite format 3\0" + b"\xff" * 9000])
def test_a_broken_file_is_begun_anew(file: Path, content: bytes) -> None:
    file.parent.mkdir()
    file.write_bytes(content)
    file.chmod(0o600)
    memory = memory_in(file)

    assert memory.recall([SHIP]) == {}

    memory.keep([A_SHIP], [], NOON)
    assert memory.recall([SHIP]) == {SHIP: A_SHIP}


@given(
    damage=st.dictionaries(st.integers(0, 60_000), st.integers(0, 255), min_size=1, max_size=40),
    length=st.none() | st.integers(0, 60_000),
)
def test_no_damage_to_the_file_is_heard_of_or_believed(
    damage: dict[int, int], length: int | None
) -> None:
    with TemporaryDirectory() as folder:
        file = Path(folder) / "visits.db"
        memory = memory_in(file)
        memory.keep([A_SHIP, *numbered(range(20))], [], NOON)
        content = bytearray(file.read_bytes())
        for place, byte in damage.items():
            content[place % len(content)] = byte
        file.write_bytes(content[:length])

        recalled = memory.recall([SHIP])
        memory.keep([A_SHIP], [], NOON)

        assert recalled in ({}, {SHIP: A_SHIP})
        assert memory.recall([SHIP]) in ({}, {SHIP: A_SHIP})


def test_one_who_keeps_it_locked_is_not_waited_for_long(file: Path) -> None:
    memory = memory_in(file)
    memory.keep([A_SHIP], [], NOON)
    with closing(sqlite3.connect(file, isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        began = time.monotonic()

        assert memory.recall([SHIP]) == {}
        memory.keep([A_SHIP], [], NOON)

    assert time.monotonic() - began < 25 * LONGEST_WAIT_S


@pytest.mark.parametrize("there", ["a file for a folder", "a folder for a file", "nowhere"])
def test_without_a_place_nothing_is_remembered(file: Path, there: str) -> None:
    if there == "a file for a folder":
        file.parent.write_text("")
    if there == "a folder for a file":
        file.mkdir(parents=True)
    memory = memory_in(None if there == "nowhere" else file)

    memory.keep([A_SHIP], [], NOON)

    assert memory.recall([SHIP]) == {}


def begin(code: str, file: Path) -> "subprocess.Popen[bytes]":
    """A program of its own, with a memory in `file`."""
    builders = (
        "import sys; from pathlib import Path; from tests.adapters.test_memory import *;"
        "memory = memory_in(Path(sys.argv[1]))"
    )
    command = (sys.executable, "-c", f"{builders}\n{code}", str(file))
    root = Path(__file__).parents[2]
    return subprocess.Popen(command, cwd=root, env={**os.environ, "PYTHONPATH": str(root)})


def test_a_python_without_sqlite_remembers_nothing(file: Path) -> None:
    code = (
        "sys.modules['sqlite3'] = None\n"
        "memory.keep([A_SHIP], [], NOON)\n"
        "assert memory.recall([SHIP]) == {}"
    )

    assert begin(code, file).wait(60) == 0


def test_a_full_disk_costs_only_what_did_not_fit(file: Path) -> None:
    memory_in(file).keep([A_SHIP], [], NOON)
    full = (
        "import resource, signal\n"
        "signal.signal(signal.SIGXFSZ, signal.SIG_IGN)\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (60_000, 60_000))\n"
        "memory.keep(numbered(range(9_000)), [], NOON)"
    )

    assert begin(full, file).wait(60) == 0
    assert memory_in(file).recall([SHIP, Url("https://x.org/7")]) == {SHIP: A_SHIP}


def test_one_that_is_killed_while_it_writes_leaves_what_was_there(file: Path) -> None:
    memory_in(file).keep([A_SHIP], [], NOON)
    writing = begin("while True: memory.keep(numbered(range(9_000)), [], NOON)", file)
    journal = file.with_name("visits.db-journal")
    while writing.poll() is None and not (journal.exists() and journal.stat().st_size):
        time.sleep(0.001)
    writing.kill()
    writing.wait()

    assert memory_in(file).recall([SHIP]) == {SHIP: A_SHIP}
    with closing(sqlite3.connect(file)) as database:
        assert database.execute("PRAGMA integrity_check").fetchone() == ("ok",)


def test_several_at_once_share_it(file: Path) -> None:
    code = "for n in range({0}, {0} + 500, 20): memory.keep(numbered(range(n, n + 20)), [], NOON)"
    running = [begin(code.format(start), file) for start in (0, 500, 1000)]

    assert [one.wait(60) for one in running] == [0, 0, 0]

    wanted = [visit.url for visit in numbered(range(1500)) if visit.url]
    assert len(memory_in(file).recall(wanted)) > 1000  # one that waits too long gives up


def test_it_stands_in_the_users_cache_folder(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", "/var/cache/ada")

    assert cache_file() == Path("/var/cache/ada/sendguard/visits.db")


@pytest.mark.parametrize("named", ["", "cache"])
def test_a_relative_folder_counts_as_none(named: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", named)
    monkeypatch.setenv("HOME", "/home/ada")

    assert cache_file() == Path("/home/ada/.cache/sendguard/visits.db")
