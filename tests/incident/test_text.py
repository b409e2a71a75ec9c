"""An incident as an editor sees it on a screen."""

from sendguard.incident import Tally, incident_as_text, incidents_as_text
from tests.builders import NOON
from tests.incident.incidents import HOSTILE, a_new_incident, after, an_incident


def test_the_clock_is_told_first() -> None:
    told = incident_as_text(an_incident(), after(120))

    lines = [" ".join(line.split()) for line in told.splitlines()]
    clock = lines.index("The clock:")
    assert lines[clock + 2] == "Stopped 2026-11-24 12:02 UTC 2 min later within 15 min: yes"
    assert lines[clock + 7] == "Within the hour: yes."


def test_what_is_still_to_be_said_names_the_option() -> None:
    told = incident_as_text(a_new_incident(), after(1))

    assert "Still to be said:" in told
    assert "  - why it happened: --why TEXT, up to five times" in told


def test_when_it_was_seen_is_asked_until_somebody_says_it() -> None:
    begun = a_new_incident()

    assert "--found TIME" in incident_as_text(begun, NOON)
    assert "--found TIME" not in incident_as_text(begun.timed(found_at=after(-9)), NOON)


def test_who_got_a_repaired_one_is_not_said_to_wait() -> None:
    told = incident_as_text(a_new_incident().stopped(NOON, Tally(sent=78, spared=2922)), NOON)

    assert "78 of 3,000 readers" in told
    assert "Got the right link the first time: 2,922" in told
    assert "Still waiting" not in told


def test_the_title_says_what_a_reader_sees_of_whom_nothing_is_known() -> None:
    known = a_new_incident().with_subject('Hello {{ name | default: "friend" }}, {{ town }}')

    assert "“Hello friend, [town]” (navigator-42) went out" in incident_as_text(known, NOON)


def test_of_what_is_closed_nothing_is_asked() -> None:
    assert "Still to be said" not in incident_as_text(a_new_incident().closed(after(1)), after(2))


def test_hostile_text_stays_on_its_line() -> None:
    told = incident_as_text(an_incident("\x1b[31mred\u202e", label=HOSTILE), after(120))

    assert "\x1b" not in told
    assert "\u202e" not in told
    assert "\n# g" not in told


def test_incidents_are_listed_a_line_each() -> None:
    told = incidents_as_text([an_incident(), a_new_incident("other").closed(after(1))])

    assert [line.split()[4:] for line in told.splitlines()] == [
        ["open", "navigator-42,", "1", "link"],
        ["closed", "other"],
    ]


def test_where_there_is_none_that_is_said() -> None:
    assert incidents_as_text([]) == "No incident is kept."
