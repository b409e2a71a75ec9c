"""Whether SendGuard can send a correction itself."""

from sendguard.entrypoints.cli.correct.desk import Desk
from sendguard.entrypoints.cli.correct.prepared import Prepared
from sendguard.entrypoints.delivering import ready_to_send
from sendguard.send.unfit import refuse_unfit


def find_obstacle(desk: Desk, prepared: Prepared) -> str | None:
    """Why it is left to the editor to send it; None where it is not.

    Raises:
        Unreadable: It holds what only another platform fills in, or what nothing does.
        BadConfig: Its messages cannot be signed.
    """
    if not desk.has_relay:
        return "no mail server is set (`smtp:`)"
    if prepared.readers is None:
        return "nobody said who got it"
    refuse_unfit(prepared.correction.edition)
    for one in (prepared.correction, prepared.repaired):
        ready_to_send(one.edition, prepared.readers.columns, desk.config)
    return None
