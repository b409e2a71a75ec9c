"""The tables: which form they have, and how they are made and brought up to date."""

from importlib.resources import as_file, files
from io import StringIO
from typing import Any

from sqlalchemy import Engine, Select, column, inspect, select, table, text
from sqlmodel import Session

from sendguard.adapters.database.engine import has_no_file, reading, shown, writing
from sendguard.adapters.database.troubles import LONGEST_WAIT_S
from sendguard.adapters.database.versions import (
    VERSION_TABLE,
    VERSIONS,
    Form,
    form_of,
    why_unusable,
)
from sendguard.errors import BadStore

_VERSION: Select[Any] = select(column("version_num")).select_from(table(VERSION_TABLE))
_PATIENTLY = text(f"SET LOCAL lock_timeout = '{LONGEST_WAIT_S:g}s'")
_ONE_AT_A_TIME = text("SELECT pg_advisory_xact_lock(1397048903)")


def find_version(engine: Engine) -> str | None:
    """The version of the tables that are there; None for none.

    Raises:
        BadStore: The database cannot be used.
    """
    with reading(engine) as session:
        return _version(session)


def find_form(engine: Engine) -> Form:
    """The form of the tables that are there.

    Raises:
        BadStore: The database cannot be used.
    """
    return form_of(find_version(engine))


def has_tables(engine: Engine) -> bool:
    """Whether there is a store that can be used. Nothing is made.

    Raises:
        BadStore: The database cannot be used, or its tables are those of another release.
    """
    form = Form.EMPTY if has_no_file(engine) else find_form(engine)
    if says := why_unusable(form, shown(engine)):
        raise BadStore(says)
    return form is not Form.EMPTY


def make_ready(engine: Engine) -> None:
    """See to it that the tables can be used; where there are none, they are made.

    Raises:
        BadStore: The database cannot be used, or its tables are those of another release.
    """
    form = find_form(engine)
    if form is Form.EMPTY:
        upgrade(engine)
    elif says := why_unusable(form, shown(engine)):
        raise BadStore(says)


def upgrade(engine: Engine, to: str = VERSIONS[-1]) -> str | None:
    """Bring the tables up to date, all at once or not at all; two may try at the same time.

    Args:
        engine: The way to the database.
        to: The version that they are to be of.

    Returns:
        The version that they were of before; None where there were none.

    Raises:
        BadStore: The database cannot be used, or a later release made its tables.
    """
    with writing(engine) as session:
        if engine.url.get_backend_name() == "postgresql":
            session.execute(_PATIENTLY)
            session.execute(_ONE_AT_A_TIME)
        before = _version(session)
        if form_of(before) is Form.NEWER:
            raise BadStore(why_unusable(Form.NEWER, shown(engine)) or "")
        if form_of(before) is not Form.CURRENT:
            _migrate(session, to)
    return before


def _version(session: Session) -> str | None:
    connection = session.connection()
    if not inspect(connection).has_table(VERSION_TABLE):
        return None
    # A table without its row was made by nobody we know.
    return str(connection.scalar(_VERSION))


def _migrate(session: Session, to: str) -> None:
    from alembic import command  # noqa: PLC0415 - needed once in a release
    from alembic.config import Config  # noqa: PLC0415

    with as_file(files("sendguard.adapters.database") / "migrations") as folder:
        scripts = Config(stdout=StringIO())
        scripts.set_main_option("script_location", str(folder).replace("%", "%%"))
        scripts.attributes["connection"] = session.connection()
        command.upgrade(scripts, to)
