"""The table of what is watched: each campaign folder, and what is known of it now."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

from pydantic import TypeAdapter, ValidationError
from sqlmodel import Field, Session, SQLModel, col, select

from sendguard.adapters.database.instant import Instant
from sendguard.adapters.database.storable import storable
from sendguard.ports.watching import Planned
from sendguard.watch import Seen, Standing

_STANDING = TypeAdapter(Standing)


class WatchedRow(SQLModel, table=True):
    """One campaign folder. A table class checks nothing it is given."""

    __tablename__ = "watched"

    campaign: str = Field(primary_key=True)
    content: str | None
    send_at: datetime | None = Field(sa_type=Instant)
    standing: bytes | None


def planned_now(session: Session) -> Mapping[str, Planned]:
    """What every folder that is there was planned for, by its name."""
    wanted = select(WatchedRow.campaign, WatchedRow.content, WatchedRow.send_at)
    rows = session.exec(wanted.where(col(WatchedRow.content).is_not(None)))
    return {name: Planned(content or "", send_at) for name, content, send_at in rows}


def mark_planned(session: Session, seen: Seen) -> str | None:
    """Write down what a folder holds now; what it held before, None for nothing known."""
    row = _row(session, seen.campaign)
    was, row.content, row.send_at = row.content, seen.content, seen.send_at
    session.add(row)
    return was


def mark_gone(session: Session, campaign: str) -> None:
    """Write down that a folder is not there; what people have heard of it stays."""
    row = _row(session, campaign)
    row.content = row.send_at = None
    session.add(row)


def get_standing(session: Session, campaign: str) -> Standing | None:
    """What is known; None where nothing is, or another release wrote it otherwise."""
    stored = _row(session, campaign).standing
    try:
        return _STANDING.validate_json(stored) if stored else None
    except ValidationError:
        return None


def put_standing(session: Session, standing: Standing) -> None:
    """Write down what is known now."""
    row = _row(session, standing.campaign)
    row.standing = _STANDING.dump_json(_of_text(standing))
    session.add(row)


def _of_text(standing: Standing) -> Standing:
    """Whatever names a file may name one whose name is no text."""
    place = standing.place
    return replace(
        standing,
        campaign=storable(standing.campaign),
        path=_text(standing.path),
        gist=_text(standing.gist),
        says=_text(standing.says),
        advice=_text(standing.advice),
        place=place and replace(place, file=_text(place.file)),
    )


def _text(words: str) -> str:
    return words.encode(errors="replace").decode()


def _row(session: Session, campaign: str) -> WatchedRow:
    name = storable(campaign)
    there = session.get(WatchedRow, name)
    return there or WatchedRow(campaign=name, content=None, send_at=None, standing=None)
