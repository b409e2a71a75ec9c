"""The journal: one line for each thing that happens, and nothing secret in it."""

import json
import logging
from collections.abc import Iterator
from io import StringIO

import pytest

from sendguard.adapters.journal import StructJournal, route_libraries
from sendguard.config import Log


@pytest.fixture
def logging_as_before() -> Iterator[None]:
    root = logging.getLogger()
    handlers, level, raises = root.handlers[:], root.level, logging.raiseExceptions
    yield
    root.handlers[:], logging.raiseExceptions = handlers, raises
    root.setLevel(level)


def test_text_is_one_line_whatever_is_told() -> None:
    out = StringIO()

    StructJournal(Log.TEXT, out).warn("late", campaign="a\nb \x1b[31m", took_s=1.5, notice=None)

    (line,) = out.getvalue().splitlines()
    assert line.endswith('level=warning event=late campaign="a b [31m" took_s=1.5')


def test_json_is_one_document_a_line() -> None:
    out = StringIO()
    journal = StructJournal(Log.JSON, out)

    journal.tell("checked", campaign="Frühling", under_way=0)
    journal.tell("stopped")

    first, second = map(json.loads, out.getvalue().splitlines())
    del first["timestamp"]
    assert first == {"level": "info", "event": "checked", "campaign": "Frühling", "under_way": 0}
    assert second["event"] == "stopped"


def test_a_log_that_nobody_reads_any_more_ends_nothing() -> None:
    out = StringIO()
    out.close()

    StructJournal(Log.TEXT, out).tell("checked")


@pytest.mark.usefixtures("logging_as_before")
def test_what_libraries_say_is_told_without_their_words() -> None:
    out = StringIO()
    route_libraries(StructJournal(Log.TEXT, out))

    try:
        int("postgresql://ada:s3cret@host")
    except ValueError:
        logging.getLogger("apscheduler").exception("Job %s", "s3cret")

    (line,) = out.getvalue().splitlines()
    assert "event=mistake library=apscheduler" in line
    assert "ValueError in test_what_libraries_say" in line
    assert "s3cret" not in line


def test_the_same_mistake_is_told_once_a_minute() -> None:
    out = StringIO()
    journal = StructJournal(Log.TEXT, out)

    for _ in range(1_000):
        journal.warn("mistake", library="asyncio")
    journal.warn("mistake", library="apscheduler")

    assert len(out.getvalue().splitlines()) == 2
