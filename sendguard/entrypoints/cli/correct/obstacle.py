"""Why SendGuard cannot send a correction itself, though the editor can."""

from sendguard.entrypoints.cli.correct.desk import Desk
from sendguard.entrypoints.cli.correct.prepared import Prepared
from sendguard.errors import Unreadable
from sendguard.send.fields import missing_fields
from sendguard.send.merge import says_missing
from sendguard.send.unfit import refuse_unfit


def find_obstacle(desk: Desk, prepared: Prepared) -> str | None:
    """Why it cannot be sent from here; None where it can.

    Raises:
        Unreadable: What SendGuard sent cannot be sent with what the editor adds.
    """
    if not desk.has_relay:
        return "no mail server is set (`smtp:`)"
    if prepared.readers is None:
        return "nobody said who got it"
    try:
        _refuse(prepared, prepared.readers.columns)
    except Unreadable as unfit:
        if desk.original.dispatch is not None:
            raise
        return str(unfit)
    return None


def _refuse(prepared: Prepared, columns: tuple[str, ...]) -> None:
    edition = prepared.correction.edition
    refuse_unfit(edition)
    if missing := missing_fields(edition, columns):
        raise Unreadable(says_missing(missing))
