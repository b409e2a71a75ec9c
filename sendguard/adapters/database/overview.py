"""What the store says of all campaigns at once; nothing is changed."""

from collections.abc import Iterable, Mapping
from datetime import datetime

from sqlalchemy import Engine, func
from sqlmodel import Session, col, select

from sendguard.adapters.database.engine import reading
from sendguard.adapters.database.gateway.waiting import at_gate
from sendguard.adapters.database.incidents import SqlIncidents
from sendguard.adapters.database.moments import next_moments
from sendguard.adapters.database.notices import SqlNotices
from sendguard.adapters.database.outbox.unfinished import outgoing
from sendguard.adapters.database.runs import FindingRow, kept_runs, last_ids
from sendguard.adapters.database.sendings import SendingRow
from sendguard.config.hiding import without_token
from sendguard.incident import Incident
from sendguard.incident import Kind as Recurrence
from sendguard.ports.telling import UntoldNotice
from sendguard.values import Severity
from sendguard.watch.address import digest_of
from sendguard.watch.presence import Presence
from sendguard.watch.status import Found, OpenIncident, Remembered, Untold

MOST = 1_000


def remembered(
    engine: Engine, presence: Presence | None, addresses: Iterable[str] = (), *, now: datetime
) -> Remembered:
    """All of it, as it was at one instant but for notices and incidents.

    Args:
        engine: The way to the database.
        presence: Who watches.
        addresses: Those of `Config.notify`; what was not told to others is of no account.
        now: In UTC; who has not been heard of since is not at work any more.

    Raises:
        BadStore: The database cannot be used.
    """
    known = {digest_of(address): without_token(address) for address in addresses}
    untold = [one for one in SqlNotices(engine).untold() if one.to in known]
    incidents = tuple(map(_incident, SqlIncidents(engine).still_open()))
    with reading(engine) as session:
        return Remembered(
            last=kept_runs(session, None, MOST),
            found=_found(session),
            sent_at=_sent_at(session),
            moments=next_moments(session, MOST),
            untold=tuple(_untold(one, known[one.to]) for one in untold),
            presence=presence,
            outgoing=outgoing(session, now),
            gate=at_gate(session, now),
            incidents=incidents,
        )


def _found(session: Session) -> Mapping[int, tuple[Found, ...]]:
    """What the last check of each campaign found, by its number."""
    wanted = select(FindingRow).where(col(FindingRow.run).in_(last_ids()))
    found: dict[int, list[Found]] = {}
    for row in session.exec(wanted.order_by(col(FindingRow.id))):
        found.setdefault(row.run, []).append(_value(row))
    return {run: tuple(several) for run, several in found.items()}


def _value(row: FindingRow) -> Found:
    return Found(
        code=row.code,
        name=row.name,
        severity=Severity(row.severity),
        link=row.link,
        says=row.says,
        fingerprint=row.fingerprint,
        approved_until=row.approved_until,
    )


def _sent_at(session: Session) -> Mapping[str, datetime]:
    """When each campaign was sent last."""
    latest = select(SendingRow.campaign, func.max(SendingRow.at)).group_by(SendingRow.campaign)
    return dict(session.exec(latest).all())


def _untold(notice: UntoldNotice, to: str) -> Untold:
    return Untold(
        campaign=notice.campaign,
        title=notice.title,
        made_at=notice.made_at,
        to=to,
        why=notice.why,
        again_at=notice.again_at,
    )


def _incident(incident: Incident) -> OpenIncident:
    return OpenIncident(
        number=incident.id,
        campaign=incident.campaign,
        opened_at=incident.opened_at,
        is_settled=incident.kind is not Recurrence.UNKNOWN,
        has_whys=bool(incident.whys),
    )
