"""The tables that the scripts make are those that the program knows."""

from collections.abc import Iterator
from contextlib import closing, contextmanager

from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Engine
from sqlmodel import SQLModel

from sendguard.adapters.database import migrations
from sendguard.adapters.database.engine import open_engine, reading
from sendguard.adapters.database.schema import find_form, upgrade
from sendguard.adapters.database.store import open_store
from sendguard.adapters.database.versions import VERSION_TABLE, VERSIONS, Form


@contextmanager
def an_engine(database: str) -> Iterator[Engine]:
    engine = open_engine(database)
    try:
        yield engine
    finally:
        engine.dispose()


def test_the_scripts_make_just_the_tables_that_the_program_knows(database: str) -> None:
    with closing(open_store(database)), an_engine(database) as engine, reading(engine) as session:
        options = {"version_table": VERSION_TABLE}
        context = MigrationContext.configure(session.connection(), opts=options)

        assert compare_metadata(context, SQLModel.metadata) == []


def test_every_script_is_a_version_in_order() -> None:
    scripts = ScriptDirectory(str(next(iter(migrations.__path__))))

    assert tuple(one.revision for one in scripts.walk_revisions())[::-1] == VERSIONS


def test_a_new_store_is_current(database: str) -> None:
    open_store(database).close()

    with an_engine(database) as engine:
        assert find_form(engine) is Form.CURRENT


def test_an_upgrade_of_what_is_current_changes_nothing(database: str) -> None:
    open_store(database).close()

    with an_engine(database) as engine:
        assert upgrade(engine) == VERSIONS[-1]
