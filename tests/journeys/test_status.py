"""`sendguard status`: the real program says what waits, and changes nothing."""

import json
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from sendguard.adapters.database.store import open_store
from sendguard.send import State
from tests.adapters.database.kept import a_record
from tests.journeys.program import Ran, sendguard
from tests.journeys.queued import queue, settle, store_in


@pytest.fixture
def here(tmp_path: Path) -> Path:
    """A campaign that is far ahead, with a link that stands in nobody's way, and a torn one."""
    for name, brief in (
        ("spring", "newsletter: a.html\nsend_at: 2099-03-01 09:00 America/New_York\n"),
        ("torn", "newsletter: [\n"),
    ):
        (tmp_path / "campaigns" / name).mkdir(parents=True)
        (tmp_path / "campaigns" / name / "campaign.yaml").write_text(brief, "utf-8")
    html = '<p><a href="http://localhost/">The tree of all trees</a></p>'
    (tmp_path / "campaigns" / "spring" / "a.html").write_text(html, "utf-8")
    return tmp_path


def document(ran: Ran) -> dict[str, Any]:
    told: dict[str, Any] = json.loads(ran.out)
    return told


def names_in(folder: Path) -> set[str]:
    return {one.name for one in folder.iterdir()}


async def test_without_a_store_it_is_kind_and_makes_none(here: Path) -> None:
    ran = await sendguard("status", here=here)

    assert (ran.code, ran.err) == (0, "")
    assert ran.out.startswith("Nothing was checked yet")
    assert "torn cannot be read: campaign.yaml:2:1:" in ran.out
    assert names_in(here) == {"campaigns"}


async def test_what_was_decided_is_told_until_the_campaign_is_changed(here: Path) -> None:
    checked = await sendguard("check", "campaigns/spring", "--offline", here=here)
    first = document(await sendguard("status", "--format", "json", here=here))
    text = await sendguard("status", here=here)
    (here / "campaigns/spring/a.html").write_text("<p>Changed</p>", "utf-8")
    second = document(await sendguard("status", "--format", "json", here=here))

    assert checked.code == 1
    assert [wait["kind"] for wait in first["waiting"]] == ["blocked", "unreadable", "not-watched"]
    assert "It is to go out on Sunday 1 March 2099, 09:00 (America/New_York)" in text.out
    assert "nothing is checked by itself: run `sendguard serve`" in text.out.casefold()
    assert max(map(len, text.out.splitlines())) <= 100
    assert [wait["kind"] for wait in second["waiting"]] == [
        *("unchecked", "unreadable", "not-watched")
    ]
    assert second["campaigns"][0]["decision"] is None


async def test_a_campaign_whose_folder_is_gone_keeps_its_last_decision(tmp_path: Path) -> None:
    with closing(open_store(f"sqlite:///{tmp_path / 'sendguard.db'}")) as store:
        store.keep(a_record())

    ran = await sendguard("status", here=tmp_path)

    assert ran.code == 0
    assert "No campaigns are known: there is no folder campaigns" in ran.out
    assert "spring, " in ran.out
    assert "PASS: may go out" in ran.out


async def test_where_nothing_is_kept_only_the_folders_are_told(here: Path) -> None:
    (here / "config.yaml").write_text("database: null\n", "utf-8")

    ran = await sendguard("status", here=here)

    assert ran.code == 0
    assert ran.out.startswith("Nothing is kept, because `database` is null in the settings.")
    assert "sendguard serve" not in ran.out


async def test_a_store_that_cannot_be_used_is_one_line(here: Path) -> None:
    (here / "sendguard.db").write_text("A shopping list, by mistake.\n" * 100, "utf-8")

    ran = await sendguard("status", here=here)

    assert (ran.code, ran.out) == (4, "")
    assert "is no database: move it away" in ran.err
    assert len(ran.err.splitlines()) == 1


async def test_what_is_queued_and_stopped_is_told_and_not_changed(tmp_path: Path) -> None:
    queue(tmp_path, "ada", "bob", said="the prices are wrong")
    dispatch = queue(tmp_path, "cyd", campaign="autumn")
    with store_in(tmp_path) as store:
        settle(store.outbox, dispatch, State.IN_DOUBT)

    text = await sendguard("status", here=tmp_path)
    told = document(await sendguard("status", "--format", "json", here=tmp_path))

    assert "  - spring is paused: the prices are wrong; 2 messages wait\n" in text.out
    assert "    sendguard outbox resume spring\n" in text.out
    assert "    sendguard outbox settle autumn\n" in text.out
    assert [wait["kind"] for wait in told["waiting"]] == ["in-doubt", "paused"]
    assert [one["waiting"] for one in told["outbox"]] == [0, 2]
