"""Whether SendGuard can send a correction itself."""

from sendguard.entrypoints.cli.correct.desk import Desk
from sendguard.entrypoints.cli.correct.prepared import Prepared
from sendguard.errors import Unreadable
from sendguard.send.fields import missing_fields
from sendguard.send.merge import says_missing
from sendguard.send.unfit import refuse_unfit


def find_obstacle(desk: Desk, prepared: Prepared) -> str | None:
    """Why it is left to the editor to send it; None where it is not.

    Raises:
        Unreadable: It holds what only another platform fills in, or what nothing does.
    """
    if not desk.has_relay:
        return "no mail server is set (`smtp:`)"
    if prepared.readers is None:
        return "nobody said who got it"
    edition = prepared.correction.edition
    refuse_unfit(edition)
    if missing := missing_fields(edition, prepared.readers.columns):
        raise Unreadable(says_missing(missing))
    return None
