"""The last check of one content, found without SQLModel: a send waits for `--reuse`."""

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any, Protocol, TypeAlias
from urllib.parse import urlsplit

from sendguard.adapters.database.evidence import record_of
from sendguard.adapters.database.storable import storable
from sendguard.adapters.database.troubles import LONGEST_WAIT_S, said_plainly
from sendguard.adapters.database.versions import VERSION_TABLE, form_of, why_unusable
from sendguard.errors import BadStore
from sendguard.gate import Record
from sendguard.read import Campaign

Row: TypeAlias = tuple[Any, ...] | None

_HAS_TABLES = {
    "sqlite": f"SELECT 1 FROM sqlite_master WHERE name = '{VERSION_TABLE}'",  # noqa: S608
    "postgresql": f"SELECT 1 WHERE to_regclass('{VERSION_TABLE}') IS NOT NULL",
}
_VERSION = f"SELECT version_num FROM {VERSION_TABLE}"  # noqa: S608 - a constant
_LAST = """
SELECT content.files, run.evidence
FROM run JOIN content ON content.campaign = run.campaign AND content.digest = run.digest
WHERE run.campaign = {0} AND run.digest = {0} ORDER BY run.id DESC LIMIT 1
"""


class _Database(Protocol):
    """What both drivers have."""

    def execute(self, query: Any, parameters: Any = (), /) -> Any:  # noqa: ANN401 - the edge
        """Ask."""
        ...


def last_check(database: str, campaign: Campaign) -> Record | None:
    """The last check of just this content of the campaign; None where there is none.

    Args:
        database: As `Config.database`.
        campaign: As it was read now.

    Raises:
        BadStore: The database cannot be used, or its tables are those of another release.
    """
    wanted = (storable(campaign.id or ""), campaign.digest)
    if database.startswith("sqlite:"):
        row = _in_file(Path(urlsplit(database).path[1:]), wanted)
    else:
        row = _on_server(database, wanted)
    return record_of(bytes(row[0]), bytes(row[1])) if row else None


def _in_file(file: Path, wanted: tuple[str, str]) -> Row:
    if not file.exists():
        return None
    try:
        with closing(sqlite3.connect(file, LONGEST_WAIT_S)) as connection:
            return _last(connection, _LAST.format("?"), wanted, "sqlite", str(file))
    except sqlite3.Error as error:
        raise BadStore(said_plainly(str(file), error)) from error


def _on_server(database: str, wanted: tuple[str, str]) -> Row:
    import psycopg  # noqa: PLC0415 - not needed where the store is a file

    parts = urlsplit(database)
    where = f"postgresql://{parts.hostname or ''}{parts.path}"
    plain = parts._replace(scheme="postgresql").geturl()
    try:
        with psycopg.connect(plain, connect_timeout=int(LONGEST_WAIT_S)) as connection:
            return _last(connection, _LAST.format("%s"), wanted, "postgresql", where)
    except psycopg.Error as error:
        raise BadStore(said_plainly(where, error)) from error


def _last(
    database: _Database, query: str, wanted: tuple[str, str], backend: str, where: str
) -> Row:
    if not database.execute(_HAS_TABLES[backend]).fetchone():
        return None
    (version,) = database.execute(_VERSION).fetchone()
    if says := why_unusable(form_of(version), where):
        raise BadStore(says)
    row: Row = database.execute(query, wanted).fetchone()
    return row
