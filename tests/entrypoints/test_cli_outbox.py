"""`sendguard outbox`, with a real store and a real mail server."""

import csv
import json
from importlib.resources import files
from io import StringIO
from pathlib import Path

import pytest
from jsonschema import validate
from typer.testing import CliRunner

from sendguard.entrypoints.cli.app import app
from sendguard.errors import SendGuardError, WrongUsage
from sendguard.send import BEING_CORRECTED, State
from tests.adapters.database.outbox.queued import a_correction
from tests.journeys.program import Ran
from tests.journeys.queued import many, queue, sent_to, settings, settle, store_in
from tests.mail.sink import smtp_sink

SCHEMA = json.loads((files("sendguard.entrypoints.cli.outbox") / "schema.json").read_text("utf-8"))
DIED = "the connection died behind the final dot"


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    settings(tmp_path)
    return tmp_path


def outbox(*arguments: str) -> Ran:
    """As the program does it, and with its exit codes."""
    ran = CliRunner().invoke(app, ["outbox", *arguments])
    match ran.exception:
        case WrongUsage() as error:
            return Ran(2, ran.stdout, f"{ran.stderr}{error}")
        case SendGuardError() as error:
            return Ran(4, ran.stdout, f"{ran.stderr}{error}")
    return Ran(ran.exit_code, ran.stdout, ran.stderr)


def counts(here: Path, campaign: str = "spring") -> dict[str, int]:
    with store_in(here) as store:
        (progress,) = store.outbox.progress(campaign)
        return {state.value: count for state, count in progress.counts.items()}


@pytest.mark.usefixtures("here")
def test_nothing_is_queued_before_anything_was() -> None:
    told = outbox("list")
    paused = outbox("pause", "spring")

    assert (told.code, told.out) == (0, "Nothing was queued yet.\n")
    assert paused.code == 4
    assert "nothing was sent from here yet" in paused.err


def test_a_campaign_that_was_never_queued_is_no_campaign_of_the_outbox(here: Path) -> None:
    queue(here, "ada")

    ran = outbox("pause", "autumn")

    assert ran.code == 2
    assert "autumn was never queued" in ran.err


def test_the_list_tells_people_how_each_stands_and_what_to_do(here: Path) -> None:
    dispatch = queue(here, "ada", "bob", "cyd")
    queue(here, "ada", campaign="autumn", said="the prices are wrong")
    with store_in(here) as store:
        settle(store.outbox, dispatch, State.SENT, most=1)
        settle(store.outbox, dispatch, State.IN_DOUBT, DIED, most=1)

    told = outbox("list")

    assert told.code == 0
    first, second = told.out.split("\n\n")
    assert "autumn: 0 of 1 sent, 1 wait" in first
    assert "paused: the prices are wrong; to go on: sendguard outbox resume autumn" in first
    assert "spring: 1 of 3 sent, 1 in doubt, 1 wait" in second
    assert "sendguard outbox settle spring" in second


def test_the_list_for_programs_keeps_its_schema(here: Path) -> None:
    queue(here, "ada", "bob")

    told = outbox("list", "--format", "json")

    document = json.loads(told.out)
    validate(document, SCHEMA)
    (dispatch,) = document["dispatches"]
    assert (dispatch["campaign"], dispatch["total"]) == ("spring", 2)
    assert dispatch["counts"]["pending"] == 2
    assert dispatch["next_try"] == document["at"]


def test_resume_sends_what_is_left_once(here: Path) -> None:
    dispatch = queue(here, *many(30))
    with store_in(here) as store:
        settle(store.outbox, dispatch, State.SENT, most=5)
    with smtp_sink() as sink:
        settings(here, sink.port)

        first = outbox("resume", "spring")
        again = outbox("resume", "spring")

        assert (first.code, again.code) == (0, 0)
        assert "spring: 30 of 30 sent" in first.out
        assert sent_to(sink.taken()) == many(30)[5:]


def test_resume_of_all_goes_on_with_what_is_open(here: Path) -> None:
    queue(here, "ada")
    queue(here, "bob", campaign="autumn", said="the prices are wrong")
    queue(here, "cyd", campaign="winter")
    with smtp_sink() as sink:
        settings(here, sink.port)

        ran = outbox("resume")

        assert ran.code == 0
        assert "autumn stays paused: the prices are wrong" in ran.err
        assert sent_to(sink.taken()) == ["ada", "cyd"]


def test_resume_opens_what_is_paused_when_it_is_named(here: Path) -> None:
    queue(here, "ada", said="the prices are wrong")
    with smtp_sink() as sink:
        settings(here, sink.port)

        ran = outbox("resume", "spring")

        assert ran.code == 0
        assert sent_to(sink.taken()) == ["ada"]


def test_the_wrong_version_goes_on_only_where_a_person_says_so(here: Path) -> None:
    queue(here, "ada", said=BEING_CORRECTED)
    outbox("pause", "spring", "--because", "lunch")  # does not make it forgotten
    with smtp_sink() as sink:
        settings(here, sink.port)

        asked = outbox("resume", "spring")
        before = sent_to(sink.taken())
        said = outbox("resume", "spring", "--yes")

        assert asked.code == 2
        assert "sends the WRONG version to 1 reader" in asked.err
        assert before == []
        assert (said.code, sent_to(sink.taken())) == (0, ["ada"])


def test_a_pause_stops_what_waits_and_says_how_to_go_on(here: Path) -> None:
    queue(here, "ada", "bob")

    ran = outbox("pause", "campaigns/spring", "--because", "the prices are\nwrong")
    everything = outbox("resume")

    assert ran.code == 0
    assert "Paused: the prices are wrong. To go on: sendguard outbox resume spring" in ran.out
    assert "Nothing is left to send." in everything.out
    assert counts(here) == {"pending": 2}


def test_a_cancel_is_asked_about_and_for_good(here: Path) -> None:
    queue(here, "ada", "bob")

    asked = outbox("cancel", "spring")
    before = counts(here)
    said = outbox("cancel", "spring", "--yes")
    after = outbox("resume", "spring")

    assert asked.code == 2
    assert before == {"pending": 2}
    assert (said.code, counts(here)) == (0, {"cancelled": 2})
    assert "Cancelled: 2 are not sent any more." in said.out
    assert after.code == 1
    assert "given up for good" in after.err


def test_those_in_doubt_are_listed_with_what_to_do(here: Path) -> None:
    dispatch = queue(here, "ada", "bob")
    with store_in(here) as store:
        settle(store.outbox, dispatch, State.IN_DOUBT, DIED, most=1)

    ran = outbox("settle", "spring")

    assert ran.code == 0
    assert "ada@example.org: 20" in ran.out
    assert DIED in ran.out
    assert "sendguard outbox settle spring [ADDRESS…] --again" in ran.out
    assert "bob" not in ran.out


def test_doubt_is_settled_by_a_person_for_some_or_for_all(here: Path) -> None:
    dispatch = queue(here, "ada", "bob", "cyd", "dan")
    with store_in(here) as store:
        settle(store.outbox, dispatch, State.IN_DOUBT, DIED)

    nobody = outbox("settle", "spring", "eve@example.org", "--sent")
    some = outbox("settle", "spring", "ADA@example.org", "--sent")
    none = outbox("settle", "spring", "bob@example.org", "--not-sent")
    rest = outbox("settle", "spring", "--again")

    assert nobody.code == 2
    assert "eve@example.org is not in doubt in spring" in nobody.err
    assert [one.code for one in (some, none, rest)] == [0, 0, 0]
    assert counts(here) == {"sent": 1, "refused": 1, "pending": 2}
    assert "To send them: sendguard outbox resume spring" in rest.out


def test_what_was_corrected_is_not_sent_again(here: Path) -> None:
    dispatch = queue(here, "ada")
    with store_in(here) as store:
        settle(store.outbox, dispatch, State.IN_DOUBT, DIED)
        store.outbox.pause(dispatch, BEING_CORRECTED)
    stopped = outbox("settle", "spring", "--again")
    with store_in(here) as store:
        store.outbox.correct(a_correction(dispatch))

    corrected = outbox("settle", "spring", "--again")

    assert (stopped.code, corrected.code) == (1, 1)
    assert "spring was stopped to be corrected" in stopped.err
    assert counts(here) == {"in-doubt": 1}


def test_results_are_exported_so_that_no_spreadsheet_runs_them(here: Path) -> None:
    dispatch = queue(here, "ada", "+bob", "cyd")
    with store_in(here) as store:
        settle(store.outbox, dispatch, State.REFUSED, '=HYPERLINK("http://evil")', most=2)

    ran = outbox("export", "spring", "--output", "out.csv")
    refused = outbox("export", "spring", "--state", "refused")

    rows = list(csv.DictReader(StringIO((here / "out.csv").read_text("utf-8"))))
    assert (ran.code, ran.out) == (0, "")
    assert [row["email"] for row in rows] == [
        *("ada@example.org", "'+bob@example.org", "cyd@example.org")
    ]
    assert rows[0]["answer"] == '\'=HYPERLINK("http://evil")'
    assert (rows[2]["state"], rows[2]["tries"], rows[2]["time"]) == ("pending", "0", "")
    assert len(refused.out.splitlines()) == 3
