"""`sendguard incident`: people complete the record of a mistake, and pass it on."""

import json
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from sendguard.adapters.database.store import open_store
from sendguard.incident import Incident
from tests.adapters.database.outbox.queued import begin, end, queue, readers
from tests.builders import NOON
from tests.incident.incidents import HOSTILE, a_new_incident, an_incident
from tests.journeys.program import Ran, sendguard
from tests.journeys.stored import names_in


def keep(here: Path, incident: Incident) -> Incident:
    with closing(open_store(f"sqlite:///{here / 'sendguard.db'}")) as store:
        return store.incidents.open_or_update(incident.campaign, NOON, lambda _: incident)


async def told(here: Path, *options: str) -> dict[str, Any]:
    ran = await sendguard("incident", *options, "--format", "json", here=here)
    assert (ran.code, ran.err) == (0, "")
    document: dict[str, Any] = json.loads(ran.out)
    return document


async def refused(here: Path, *options: str) -> tuple[int, str]:
    ran: Ran = await sendguard("incident", *options, here=here)
    assert ran.out == ""
    return ran.code, ran.err


async def test_where_there_is_none_it_says_so_and_makes_no_store(tmp_path: Path) -> None:
    ran = await sendguard("incident", here=tmp_path)
    code, says = await refused(tmp_path, "navigator-42")

    assert (ran.code, ran.out) == (0, "No incident is kept.\n")
    assert (code, says) == (4, "sendguard: no incident is kept yet: there is no store\n")
    assert names_in(tmp_path) == set()


async def test_all_are_listed_and_one_is_shown_by_name_path_or_number(tmp_path: Path) -> None:
    number = keep(tmp_path, an_incident()).id

    listed = await sendguard("incident", here=tmp_path)
    shown = [
        (await sendguard("incident", which, here=tmp_path)).out
        for which in ("navigator-42", "campaigns/navigator-42", f"{number}")
    ]

    assert "navigator-42, 1 link" in listed.out
    assert "Within the hour: yes." in shown[0]
    assert shown[1:] == shown[:1] * 2
    assert max(map(len, shown[0].splitlines())) <= 100


async def test_how_far_a_correction_has_come_is_asked_of_the_outbox(tmp_path: Path) -> None:
    kept = keep(tmp_path, a_new_incident("spring").queued(NOON, "spring-corrected"))
    with closing(open_store(f"sqlite:///{tmp_path / 'sendguard.db'}")) as store:
        dispatch = queue(store.outbox, readers(4), "spring-corrected")
        begun = begin(store.outbox, dispatch, most=3)
        end(store.outbox, begun)

    incident = (await told(tmp_path, f"{kept.id}"))["incident"]

    assert incident["corrected"]["share"] == 0.75
    assert incident["clock"][4]["at"] == "2026-11-24T12:00:00Z"
    assert incident["clock"][5]["at"] is None


async def test_people_complete_the_record(tmp_path: Path) -> None:
    keep(tmp_path, an_incident())

    ran = await sendguard(
        *("incident", "navigator-42", "--by", "Grace"),
        *("--consequence", "A refund", "--why", "Nobody looks", "--why", "Nobody has time"),
        *(
            "--one-off",
            "--told",
            "The board",
            "--how",
            "in a mail",
            "--prevention",
            "A second look",
        ),
        here=tmp_path,
    )
    incident = (await told(tmp_path, "navigator-42"))["incident"]

    assert ran.code == 0
    assert "A refund" in ran.out
    assert [one["text"] for one in incident["whys"]][2:] == ["Nobody looks", "Nobody has time"]
    assert (incident["consequences"][1]["by"], incident["kind"]) == ("Grace", "one-off")
    assert [one["how"] for one in incident["told"]] == ["by phone", "in a mail"]
    assert incident["prevention"][1]["text"] == "A second look"


async def test_a_sixth_why_is_refused_and_nothing_of_the_same_call_is_kept(tmp_path: Path) -> None:
    keep(tmp_path, an_incident())

    whys = [option for number in range(4) for option in ("--why", f"Why {number}")]
    code, says = await refused(tmp_path, "navigator-42", "--consequence", "A refund", *whys)
    incident = (await told(tmp_path, "navigator-42"))["incident"]
    anew = (await told(tmp_path, "navigator-42", "--whys-anew", *whys))["incident"]

    assert code == 2
    assert "--whys-anew" in says
    assert (len(incident["whys"]), len(incident["consequences"])) == (2, 1)
    assert [one["text"] for one in anew["whys"]] == [f"Why {number}" for number in range(4)]


async def test_a_mistake_that_was_put_right_by_other_means_has_its_record(tmp_path: Path) -> None:
    begun = await sendguard(
        *("incident", "navigator-41", "--open", "--found", "2026-03-24 09:12 Europe/Berlin"),
        *("--stopped", "2026-03-24 09:20 Europe/Berlin", "--format", "json"),
        here=tmp_path,
    )
    again = await refused(tmp_path, "navigator-41", "--open")
    closed = await told(tmp_path, "navigator-41", "--close")
    anew = await told(tmp_path, "navigator-41", "--open")

    clock = json.loads(begun.out)["incident"]["clock"]
    assert begun.err.startswith("sendguard: made a new store here")
    assert [one["at"] for one in clock[:2]] == ["2026-03-24T08:12:00Z", "2026-03-24T08:20:00Z"]
    assert [one["in_time"] for one in clock[1:3]] == [True, None]
    assert again == (2, "sendguard: incident 1 of navigator-41 is open: leave --open out\n")
    assert closed["incident"]["closed_at"]
    assert anew["incident"]["number"] == 2


async def test_the_report_is_written_as_markdown(tmp_path: Path) -> None:
    keep(tmp_path, an_incident(HOSTILE))

    ran = await sendguard(
        *("incident", "navigator-42", "--report", "--output", "incident.md"), here=tmp_path
    )

    report = (tmp_path / "incident.md").read_text("utf-8")
    assert (ran.code, ran.out, ran.err) == (0, "", "")
    assert report.startswith(r"# Incident 1: a\|b \<script\>alert(1)\</script\>")
    assert report.count("\n## ") == 10


@pytest.mark.parametrize(
    ("options", "says"),
    [
        (["--why", "No"], "name the incident"),
        (["--report"], "name the incident"),
        (["navigator-42", "--one-off", "--systemic"], "do not go together"),
        (["navigator-42", "--how", "by phone"], "name them with --told"),
        (["navigator-42", "--consequence", " \n"], "--consequence is empty"),
        (["navigator-42", "--why", "a" * 2_001], "2000 are the most"),
        (["navigator-42", "--by", "Ada"], "--by says who says something"),
        (["navigator-42", "--found", "9:12"], "--found '9:12' is no date and time"),
        (["navigator-42", "--found", "2099-01-01 09:00 UTC"], "is still to come"),
        (["navigator-42", "--report", "--format", "json"], "leave --format out"),
    ],
)
async def test_what_cannot_be_meant_is_refused(
    tmp_path: Path, options: list[str], says: str
) -> None:
    code, told = await refused(tmp_path, *options)

    assert code == 2
    assert says in told


async def test_which_is_not_known_is_told(tmp_path: Path) -> None:
    keep(tmp_path, an_incident())

    for which, says in (("17", "no incident has the number 17"), ("spring", "of spring is kept")):
        code, told = await refused(tmp_path, which)

        assert code == 4
        assert says in told


async def test_a_correction_that_went_out_by_other_means_is_on_the_clock(tmp_path: Path) -> None:
    drafted = a_new_incident("spring").drafted("spring-corrected", "I am sorry.")
    keep(tmp_path, drafted.timed(found_at=datetime(2026, 3, 24, 9, tzinfo=UTC)))
    folder = tmp_path / "spring-corrected"
    folder.mkdir()
    (folder / "campaign.yaml").write_text("newsletter: n.html\n", "utf-8")
    (folder / "n.html").write_text("<p>Hello</p>", "utf-8")

    at = "2026-03-24T09:40:00Z"
    marked = await sendguard("sent", "spring-corrected", "--at", at, here=tmp_path)
    known = (await told(tmp_path, "spring-corrected"))["incident"]
    await sendguard("sent", "spring-corrected", "--undo", here=tmp_path)
    taken_back = (await told(tmp_path, "spring"))["incident"]
    by_hand = (await told(tmp_path, "spring", "--sent", at))["incident"]

    assert "It corrects spring" in marked.out
    assert (known["campaign"], known["within_the_hour"]) == ("spring", True)
    assert taken_back["within_the_hour"] is None
    assert by_hand["within_the_hour"] is True
