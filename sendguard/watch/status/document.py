"""The status for programs: `sendguard.status/1`, a contract; schema.json says its form."""

import json
from datetime import UTC, datetime
from typing import TypeAlias

from sendguard.gate import Kept
from sendguard.watch.moment import Moment
from sendguard.watch.presence import Presence
from sendguard.watch.status.gate import AtGate, Stopped
from sendguard.watch.status.mailing import Mailing, OpenIncident
from sendguard.watch.status.sheet import Sheet, Status, Untold
from sendguard.watch.status.told import in_own_zone
from sendguard.watch.status.wait import Wait
from sendguard.watch.status.waiting import waiting

SCHEMA = "sendguard.status/1"

Node: TypeAlias = "str | int | bool | list[Node] | dict[str, Node] | None"


def status_as_json(status: Status) -> str:
    """All of it on one line of ASCII."""
    document: Node = {
        "schema": SCHEMA,
        "at": _instant(status.at),
        "store": status.store,
        "folder": status.folder,
        "watching": _presence(status.presence, status.at),
        "waiting": [_wait(one) for one in waiting(status)],
        "next": [_moment(one, status) for one in status.moments],
        "last": [_kept(one) for one in status.last_checks],
        "campaigns": [_sheet(one) for one in status.sheets],
        "untold": [_untold(one) for one in status.untold],
        "outbox": [_mailing(one) for one in status.outgoing.mailings],
        "gateway": _gate(status.gate),
        "incidents": [_incident(one) for one in status.incidents],
    }
    return json.dumps(document, ensure_ascii=True, allow_nan=False)


def _presence(presence: Presence | None, now: datetime) -> Node:
    if presence is None:
        return None
    return {
        "name": presence.name,
        "since": _instant(presence.since),
        "seen": _instant(presence.seen),
        "is_there": presence.is_there(now),
    }


def _wait(wait: Wait) -> Node:
    return {
        "kind": wait.kind,
        "campaign": wait.campaign,
        "says": wait.says,
        "command": wait.command or None,
    }


def _moment(moment: Moment, status: Status) -> Node:
    return {
        "campaign": moment.campaign,
        "moment": moment.name,
        "due": in_own_zone(moment, status).isoformat(timespec="seconds"),
    }


def _kept(kept: Kept) -> Node:
    return {
        "campaign": kept.campaign,
        "number": kept.id,
        "at": _instant(kept.at),
        "decision": kept.decision,
        "occasion": kept.occasion,
        "digest": kept.digest,
        "says": kept.says,
    }


def _sheet(sheet: Sheet) -> Node:
    return {
        "campaign": sheet.name,
        "path": sheet.path,
        "send_at": sheet.send_at.isoformat() if sheet.send_at else None,
        "sent_at": _instant(sheet.sent_at) if sheet.sent_at else None,
        "digest": sheet.digest,
        "decision": sheet.decision,
        "unreadable": sheet.unreadable.says if sheet.unreadable else None,
    }


def _untold(untold: Untold) -> Node:
    return {
        "campaign": untold.campaign,
        "title": untold.title,
        "to": untold.to,
        "made_at": _instant(untold.made_at),
        "why": untold.why,
        "again_at": _instant(untold.again_at) if untold.again_at else None,
    }


def _mailing(mailing: Mailing) -> Node:
    return {
        "campaign": mailing.campaign,
        "queued_at": _instant(mailing.queued_at),
        "waiting": mailing.waiting,
        "sent": mailing.sent,
        "refused": mailing.refused,
        "in_doubt": mailing.in_doubt,
        "paused": mailing.paused,
        "being_corrected": mailing.is_being_corrected,
    }


def _gate(gate: AtGate) -> Node:
    return {
        "is_at_work": gate.is_at_work,
        "trouble": gate.trouble,
        "stopped": [_stopped(one) for one in gate.stopped],
        "tried_in_vain": gate.tried_in_vain,
    }


def _stopped(stopped: Stopped) -> Node:
    return {
        "fingerprint": stopped.fingerprint,
        "subject": stopped.subject,
        "since": _instant(stopped.since),
        "decision": stopped.decision,
        "says": stopped.says,
        "kept": stopped.kept,
        "sent": stopped.sent,
        "in_doubt": stopped.in_doubt,
    }


def _incident(incident: OpenIncident) -> Node:
    return {
        "number": incident.number,
        "campaign": incident.campaign,
        "opened_at": _instant(incident.opened_at),
    }


def _instant(at: datetime) -> str:
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
