"""The issues of a series that went out, in their order: by when each was sent, or was to be."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select, tuple_
from sqlmodel import Session, col

from sendguard.adapters.database.contents import ContentRow, get_content
from sendguard.adapters.database.runs import RunRow, last_id
from sendguard.adapters.database.sendings import SendingRow
from sendguard.adapters.database.storable import storable
from sendguard.links import MOST_EARLIER
from sendguard.ports import PastIssue
from sendguard.read import Campaign
from sendguard.values import Decision


@dataclass(frozen=True, slots=True, kw_only=True)
class _Place:
    """Where a campaign stands in its series."""

    at: datetime
    campaign: str
    digest: str
    sent: bool
    planned: datetime | None
    held_back: bool


def earlier_issues(session: Session, campaign: Campaign, now: datetime) -> tuple[PastIssue, ...]:
    """The issues of its series before a campaign, newest first, as they were checked last."""
    places = _places(session, storable(campaign.brief.series or ""))
    own = places.pop(storable(campaign.id or ""), None)
    until = campaign.brief.send_at or (own.at if own else now)
    before = [place for place in places.values() if place.at < until and _went_out(place, now)]
    newest = sorted(before, key=lambda place: place.at, reverse=True)[:MOST_EARLIER]
    found = ((get_content(session, place.campaign, place.digest), place) for place in newest)
    return tuple(
        PastIssue(campaign=content, at=place.at, sent=place.sent)
        for content, place in found
        if content
    )


def _went_out(place: _Place, now: datetime) -> bool:
    """Did it, as far as is known? A draft that was deleted without a time did not."""
    if place.sent or place.planned is None:
        return place.sent
    return place.planned <= now and not place.held_back


def _places(session: Session, series: str) -> dict[str, _Place]:
    """Each campaign of the series, by its name, as it was checked last."""
    of_run = tuple_(col(RunRow.campaign), col(RunRow.digest))
    key = tuple_(col(ContentRow.campaign), col(ContentRow.digest))
    last = (
        select(
            col(ContentRow.campaign),
            col(ContentRow.digest),
            col(ContentRow.send_at),
            col(RunRow.decision),
            col(RunRow.at),
        )
        .join(RunRow, key == of_run)
        .where(col(ContentRow.series) == series, col(RunRow.id) == last_id(ContentRow.campaign))
    )
    rows = session.execute(last).all()
    names = [row.campaign for row in rows]
    seen, sent = _first_seen(session, names), _sent(session, names)
    return {
        row.campaign: _Place(
            at=sent.get(row.campaign) or row.send_at or seen[row.campaign],
            campaign=row.campaign,
            digest=row.digest,
            sent=row.campaign in sent,
            planned=row.send_at,
            held_back=_is_held_back(row.decision, row.at, row.send_at),
        )
        for row in rows
    }


def _is_held_back(decision: str, at: datetime, send_at: datetime | None) -> bool:
    """Did its last check block it before its time? After that, its pages may just have died."""
    return decision == Decision.BLOCK and send_at is not None and at < send_at


def _first_seen(session: Session, campaigns: Sequence[str]) -> Mapping[str, datetime]:
    first = func.min(ContentRow.first_seen)
    wanted = select(col(ContentRow.campaign), first).where(col(ContentRow.campaign).in_(campaigns))
    return {row[0]: row[1] for row in session.execute(wanted.group_by(col(ContentRow.campaign)))}


def _sent(session: Session, campaigns: Sequence[str]) -> Mapping[str, datetime]:
    first = func.min(SendingRow.at)
    wanted = select(col(SendingRow.campaign), first).where(col(SendingRow.campaign).in_(campaigns))
    return {row[0]: row[1] for row in session.execute(wanted.group_by(col(SendingRow.campaign)))}
