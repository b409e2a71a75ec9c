"""The outbox for programs: `sendguard.outbox/1`, a contract; schema.json says its form."""

import json
from collections.abc import Iterable
from datetime import UTC, datetime
from typing import TypeAlias

from sendguard.ports.sending import Progress
from sendguard.send import Going, State

SCHEMA = "sendguard.outbox/1"

Node: TypeAlias = "str | int | list[Node] | dict[str, Node] | None"


def outbox_as_json(every: Iterable[Progress], now: datetime) -> str:
    """All of it on one line of ASCII, the last campaign first."""
    document: Node = {
        "schema": SCHEMA,
        "at": _instant(now),
        "dispatches": [_dispatch(progress, now) for progress in every],
    }
    return json.dumps(document, ensure_ascii=True, allow_nan=False)


def _dispatch(progress: Progress, now: datetime) -> Node:
    dispatch = progress.dispatch
    return {
        "campaign": dispatch.campaign,
        "series": dispatch.series,
        "corrects": dispatch.corrects,
        "going": dispatch.going,
        "why": dispatch.why,
        "queued_at": _instant(dispatch.queued_at),
        "total": progress.total,
        "counts": {state.value: progress.count(state) for state in State},
        "first_sent": _instant(progress.first_sent),
        "last_sent": _instant(progress.last_sent),
        "next_try": _instant(_next_try(progress, now)),
    }


def _next_try(progress: Progress, now: datetime) -> datetime | None:
    if progress.next_due is None or progress.dispatch.going is not Going.OPEN:
        return None
    return max(progress.next_due, now)


def _instant(at: datetime | None) -> str | None:
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ") if at else None
