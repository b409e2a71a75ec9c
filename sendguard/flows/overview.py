"""Put together what campaign folders say and what the store says of the same campaigns."""

from collections.abc import Iterable
from datetime import datetime

from sendguard.flows.survey import Surveyed
from sendguard.gate import CouldNotRead
from sendguard.watch.status import Remembered, Sheet, Status


def overview(
    surveyed: Iterable[tuple[str, Surveyed | CouldNotRead]],
    remembered: Remembered,
    now: datetime,
    *,
    store: str | None = None,
    folder: str | None = None,
) -> Status:
    """All that is known at one instant.

    Args:
        surveyed: The campaign folders, by name.
        remembered: What the store says; nothing where there is none.
        now: Which instant, in UTC.
        store: Why there is no store; None where there is.
        folder: Why there is no folder of campaigns; None where there is.
    """
    sheets = tuple(_sheet(name, one, remembered) for name, one in surveyed)
    names = {sheet.name for sheet in sheets}
    return Status(
        at=now,
        store=store,
        folder=folder,
        presence=remembered.presence,
        sheets=sheets,
        past=tuple(one for one in remembered.last if one.campaign not in names),
        moments=remembered.moments,
        untold=remembered.untold,
        outgoing=remembered.outgoing,
        gate=remembered.gate,
        incidents=remembered.incidents,
    )


def _sheet(name: str, one: Surveyed | CouldNotRead, remembered: Remembered) -> Sheet:
    last = next((kept for kept in remembered.last if kept.campaign == name), None)
    found = remembered.found.get(last.id, ()) if last else ()
    sent_at = remembered.sent_at.get(name)
    if isinstance(one, CouldNotRead):
        return Sheet(
            name=name, path=one.path, unreadable=one, last=last, found=found, sent_at=sent_at
        )
    return Sheet(
        name=name,
        path=one.path,
        send_at=one.brief.send_at,
        sent_at=sent_at,
        digest=one.digest,
        approvals=one.approvals,
        last=last,
        found=found,
    )
