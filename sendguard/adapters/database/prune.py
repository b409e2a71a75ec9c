"""What is forgotten with time, and what never is."""

from datetime import datetime

from sqlmodel import Session, col, delete, exists

from sendguard.adapters.database.contents import ContentRow
from sendguard.adapters.database.once import changed
from sendguard.adapters.database.runs import RunRow, last_ids
from sendguard.adapters.database.sendings import SendingRow


def delete_runs(session: Session, before: datetime) -> int:
    """Delete what is older, but never the last check of a campaign; how many that were."""
    old = delete(RunRow).where(col(RunRow.at) < before, col(RunRow.id).not_in(last_ids()))
    return changed(session.execute(old))


def delete_contents(session: Session) -> None:
    """Delete the contents that no check and no sending is about any more."""
    unused = delete(ContentRow)
    for row in (RunRow, SendingRow):
        same = (col(row.campaign) == ContentRow.campaign) & (col(row.digest) == ContentRow.digest)
        unused = unused.where(~exists().where(same))
    session.execute(unused)
