"""How many copies of a campaign its senders got back, or have to send again."""

from collections.abc import Mapping

from sqlalchemy import Connection

from sendguard.adapters.database.outbox.statement import execute

_COUNT = {
    True: "UPDATE stream SET refused = refused + ? WHERE fingerprint = ?",
    False: "UPDATE stream SET put_off = put_off + ? WHERE fingerprint = ?",
}
_COUNTED = "SELECT refused, put_off FROM stream WHERE fingerprint = ?"


def count_turned_away(connection: Connection, turned_away: Mapping[tuple[str, bool], int]) -> None:
    """Add them up; in one order, so that two who do it do not wait for each other in a circle."""
    for (fingerprint, for_good), count in sorted(turned_away.items()):
        execute(connection, _COUNT[for_good], (count, fingerprint))


def turned_away(connection: Connection, fingerprint: str) -> tuple[int, int]:
    """How many were refused, and how many put off."""
    found = execute(connection, _COUNTED, (fingerprint,)).first()
    return (found[0], found[1]) if found else (0, 0)
