"""An incident for programs keeps to its schema."""

import json
from collections.abc import Callable
from dataclasses import replace
from importlib.resources import files

import jsonschema
import pytest

from sendguard.incident import Incident, incident_as_json, incidents_as_json
from tests.incident.incidents import HOSTILE, a_new_incident, after, an_incident

SCHEMA = json.loads((files("sendguard.incident") / "schema.json").read_text("utf-8"))


def numbered(incident: Incident) -> Incident:
    return replace(incident, id=3)


@pytest.mark.parametrize("make", [a_new_incident, an_incident, lambda: an_incident(HOSTILE)])
def test_an_incident_keeps_to_the_schema(make: Callable[[], Incident]) -> None:
    incident = numbered(make())

    for told in (incident_as_json(incident), incidents_as_json([incident, incident])):
        assert told.isascii()
        assert "\n" not in told
        jsonschema.validate(json.loads(told), SCHEMA)


def test_a_step_says_how_many_seconds_it_took() -> None:
    clock = json.loads(incident_as_json(numbered(an_incident())))["incident"]["clock"]

    assert clock[1] == {
        "step": "stopped",
        "at": "2026-11-24T12:02:00Z",
        "after_s": 120.0,
        "within_s": 900.0,
        "in_time": True,
    }


def test_a_step_that_was_not_reached_says_nothing_of_it() -> None:
    incident = numbered(a_new_incident().closed(after(1)))

    clock = json.loads(incident_as_json(incident))["incident"]["clock"]

    assert [clock[1][key] for key in ("at", "after_s", "in_time")] == [None, None, None]
