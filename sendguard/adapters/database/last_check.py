"""The last check of one content, found without SQLModel: a send waits for `--reuse`."""

import sqlite3
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Protocol, TypeAlias
from urllib.parse import urlsplit

from sendguard.adapters.database.evidence import record_of
from sendguard.adapters.database.storable import storable
from sendguard.adapters.database.troubles import LONGEST_WAIT_S, said_plainly
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
SELECT campaign, digest, letter, at, subject FROM sending WHERE campaign = {0} OR letter = {0}
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
    wanted = (storable(campaign), digest)
    if database.startswith("sqlite:"):
        found = _in_file(Path(urlsplit(database).path[1:]), wanted)
    else:
        found = _on_server(database, wanted)
    record = record_of(bytes(found.check[0]), bytes(found.check[1])) if found else None
    return LastCheck(record, _sending(found.sending)) if found and record else None


def _in_file(file: Path, wanted: tuple[str, str]) -> _Found | None:
    if not file.exists():
        return None
    try:
        with closing(sqlite3.connect(file, LONGEST_WAIT_S)) as connection:
            return _last(connection, "?", wanted, "sqlite", str(file))
    except sqlite3.Error as error:
        raise BadStore(said_plainly(str(file), error)) from error


def _on_server(database: str, wanted: tuple[str, str]) -> _Found | None:
    import psycopg  # noqa: PLC0415 - not needed where the store is a file

    parts = urlsplit(database)
    where = f"postgresql://{parts.hostname or ''}{parts.path}"
    plain = parts._replace(scheme="postgresql").geturl()
    try:
        with psycopg.connect(plain, connect_timeout=int(LONGEST_WAIT_S)) as connection:
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
    campaign, digest, letter, at, subject = row
    at = datetime.fromisoformat(at) if isinstance(at, str) else at  # SQLite has no instants
    at = at.astimezone(UTC) if at.tzinfo else at.replace(tzinfo=UTC)
    return Sending(campaign=campaign, digest=digest, letter=letter, at=at, subject=subject)
