"""An incident for programs: `sendguard.incident/1`, a contract; schema.json says its form."""

import json
from collections.abc import Iterable
from datetime import UTC, datetime
from typing import TypeAlias

from sendguard.incident.clock import Mark, marks, within_the_hour
from sendguard.incident.incident import Incident, Note, Told
from sendguard.incident.tally import Tally

SCHEMA = "sendguard.incident/1"

Node: TypeAlias = "str | int | float | bool | list[Node] | dict[str, Node] | None"


def incident_as_json(incident: Incident) -> str:
    """One incident on one line of ASCII."""
    return _line({"schema": SCHEMA, "incident": _incident(incident)})


def incidents_as_json(incidents: Iterable[Incident]) -> str:
    """All of them on one line of ASCII, in the order given."""
    return _line({"schema": SCHEMA, "incidents": [_incident(one) for one in incidents]})


def _line(document: Node) -> str:
    return json.dumps(document, ensure_ascii=True, allow_nan=False)


def _incident(incident: Incident) -> Node:
    return {
        "number": incident.id,
        "campaign": incident.campaign,
        "subject": incident.subject,
        "opened_at": _instant(incident.opened_at),
        "closed_at": _instant(incident.closed_at),
        "clock": [_mark(mark) for mark in marks(incident)],
        "within_the_hour": within_the_hour(incident),
        "links": [
            {"label": link.label, "wrong": link.wrong, "right": link.right}
            for link in incident.links
        ],
        "triage": _triage(incident),
        "corrections": list(incident.corrections),
        "original": _tally(incident.original),
        "corrected": _tally(incident.corrected),
        "apology": incident.apology,
        **_record(incident),
    }


def _record(incident: Incident) -> dict[str, Node]:
    """What people wrote down."""
    return {
        "consequences": [_note(note) for note in incident.consequences],
        "whys": [_note(note) for note in incident.whys],
        "kind": incident.kind,
        "told": [_told(told) for told in incident.told],
        "prevention": [_note(note) for note in incident.prevention],
        "forced": [_note(note) for note in incident.forced],
    }


def _mark(mark: Mark) -> Node:
    return {
        "step": mark.name,
        "at": _instant(mark.at),
        "after_s": mark.after_s,
        "within_s": mark.within_s,
        "in_time": mark.in_time,
    }


def _triage(incident: Incident) -> Node:
    triage = incident.triage
    return {"tier": triage.tier, "why": triage.why} if triage else None


def _tally(tally: Tally | None) -> Node:
    if tally is None:
        return None
    return {
        "recipients": tally.recipients,
        "sent": tally.sent,
        "in_doubt": tally.in_doubt,
        "refused": tally.refused,
        "waiting": tally.waiting,
        "cancelled": tally.cancelled,
        "suppressed": tally.suppressed,
        "spared": tally.spared,
        "share": tally.share,
    }


def _note(note: Note) -> Node:
    return {"text": note.text, "at": _instant(note.at), "by": note.by}


def _told(told: Told) -> Node:
    return {"who": told.who, "how": told.how, "at": _instant(told.at), "by": told.by}


def _instant(at: datetime | None) -> str | None:
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ") if at else None
