"""The last check of one content, found without SQLModel: a send waits for `--reuse`."""

import sqlite3
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Protocol, TypeAlias

from sendguard.adapters.database.address import Address
from sendguard.adapters.database.evidence import record_of
from sendguard.adapters.database.storable import storable
from sendguard.adapters.database.troubles import LONGEST_WAIT_S, PATIENCE, said_plainly
from sendguard.adapters.database.versions import VERSION_TABLE, form_of, why_unusable
from sendguard.errors import BadStore
from sendguard.gate import Sending
from sendguard.ports import LastCheck

Row: TypeAlias = tuple[Any, ...] | None

_HAS_TABLES = {
    "sqlite": f"SELECT 1 FROM sqlite_master WHERE name = '{VERSION_TABLE}'",  # noqa: S608
    "postgresql": f"SELECT 1 WHERE to_regclass('{VERSION_TABLE}') IS NOT NULL",
}
_VERSION = f"SELECT version_num FROM {VERSION_TABLE}"  # noqa: S608 - a constant
_LAST = """
SELECT content.files, run.evidence, content.letter
FROM run JOIN content ON content.campaign = run.campaign AND content.digest = run.digest
WHERE run.campaign = {0} AND run.digest = {0} ORDER BY run.id DESC LIMIT 1
"""
_SENT = """
SELECT campaign, digest, letter, at, subject, COUNT(*) OVER ()
FROM sending WHERE campaign = {0} OR letter = {0}
ORDER BY CASE WHEN letter = {0} THEN 0 ELSE 1 END, at DESC, id DESC LIMIT 1
"""


class _Database(Protocol):
    """What both drivers have."""

    def execute(self, query: Any, parameters: Any = (), /) -> Any:  # noqa: ANN401 - the edge
        """Ask."""
        ...


@dataclass(frozen=True, slots=True)
class _Found:
    """The rows of a check, and of a sending."""

    check: tuple[Any, ...]
    sending: Row


def last_check(database: str, campaign: str, digest: str) -> LastCheck | None:
    """The last check of just this content of a campaign; None where there is none.

    Args:
        database: As `Config.database`.
        campaign: Name of the campaign folder.
        digest: Of its files.

    Raises:
        BadStore: The database cannot be used, or its tables are those of another release.
    """
    wanted, address = (storable(campaign), digest), Address.parse(database)
    if address is None:
        return None
    if database.startswith("sqlite:"):
        found = _in_file(Path(address.database), wanted)
    else:
        found = _on_server(address, wanted)
    record = record_of(found.check[0], found.check[1]) if found else None
    return LastCheck(record, _sending(found.sending)) if found and record else None


def _in_file(file: Path, wanted: tuple[str, str]) -> _Found | None:
    if not file.exists():
        return None
    try:
        with closing(sqlite3.connect(file, LONGEST_WAIT_S)) as connection:
            return _last(connection, "?", wanted, "sqlite", str(file))
    except sqlite3.Error as error:
        raise BadStore(said_plainly(str(file), error)) from error


def _on_server(address: Address, wanted: tuple[str, str]) -> _Found | None:
    import psycopg  # noqa: PLC0415 - not needed where the store is a file

    where = f"postgresql://{address.host}/{address.database}"
    from psycopg.conninfo import make_conninfo  # noqa: PLC0415 - the same

    patience = {"connect_timeout": f"{LONGEST_WAIT_S:.0f}", "options": PATIENCE}
    try:
        with psycopg.connect(make_conninfo("", **(patience | address.for_libpq))) as connection:
            return _last(connection, "%s", wanted, "postgresql", where)
    except psycopg.Error as error:
        raise BadStore(said_plainly(where, error)) from error


def _last(
    database: _Database, mark: str, wanted: tuple[str, str], backend: str, where: str
) -> _Found | None:
    if not database.execute(_HAS_TABLES[backend]).fetchone():
        return None
    (version,) = database.execute(_VERSION).fetchone()
    if says := why_unusable(form_of(version), where):
        raise BadStore(says)
    check: Row = database.execute(_LAST.format(mark), wanted).fetchone()
    if check is None:
        return None
    letter = check[2]
    sent = database.execute(_SENT.format(mark), (wanted[0], letter, letter)).fetchone()
    return _Found(check, sent)


def _sending(row: Row) -> Sending | None:
    if row is None:
        return None
    campaign, digest, letter, at, subject, times = row
    try:
        at = datetime.fromisoformat(at) if isinstance(at, str) else at  # SQLite has no instants
    except ValueError:
        raise BadStore("the store says no date where one should stand: it is damaged") from None
    at = at.astimezone(UTC) if at.tzinfo else at.replace(tzinfo=UTC)
    return Sending(
        campaign=campaign, digest=digest, letter=letter, at=at, subject=subject, times=times
    )
