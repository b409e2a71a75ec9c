"""`sendguard store upgrade`: the store's tables as this release needs them."""

from typing import TYPE_CHECKING, Annotated

import typer

from sendguard.entrypoints.cli.options import ConfigFile
from sendguard.entrypoints.cli.say import complain, say
from sendguard.entrypoints.cli.settings import settings
from sendguard.errors import BadStore

if TYPE_CHECKING:
    from sqlalchemy import Engine

EXAMPLES = """\b
Examples:
  sendguard store upgrade
  SENDGUARD_DATABASE=postgresql+psycopg://ada@db/letters sendguard store upgrade

\b
All is done at once or not at all, also where it is ended on the way. A store
in a file is copied first, beside itself, so that the earlier release can be
gone back to; of a PostgreSQL database make a backup yourself (pg_dump).
"""
NO_STORE = "`database` is null in the settings: nothing is kept, so there is nothing to do."


def upgrade(
    *,
    copy: Annotated[
        bool, typer.Option("--copy/--no-copy", help="Keep a copy of a store in a file first.")
    ] = True,
    config: ConfigFile = None,
) -> None:
    """Bring the store's tables up to date; what is in them stays."""
    database = settings(config).database
    if database is None:
        say(NO_STORE)
        return
    from sendguard.adapters.database.engine import open_engine

    engine = open_engine(database)
    try:
        say(_upgraded(engine, copy=copy))
    finally:
        engine.dispose()


def _upgraded(engine: "Engine", *, copy: bool) -> str:
    """What was done, in a line."""
    from sendguard.adapters.database.engine import shown
    from sendguard.adapters.database.schema import find_version, upgrade
    from sendguard.adapters.database.versions import VERSIONS, Form, form_of

    version = find_version(engine)
    if version and copy and form_of(version) is Form.OLDER:
        _keep_a_copy(engine, version)
    before = upgrade(engine)
    match form_of(before):
        case Form.EMPTY:
            return f"The store {shown(engine)} was made, in form {VERSIONS[-1]}."
        case Form.CURRENT:
            return f"Nothing is due: the store {shown(engine)} has form {before}, the latest."
        case _:
            return f"The store {shown(engine)} was brought from form {before} to {VERSIONS[-1]}."


def _keep_a_copy(engine: "Engine", version: str) -> None:
    from sendguard.adapters.database.upkeep import copy_beside

    try:
        copied = copy_beside(engine, version)
    except BadStore as error:
        raise BadStore(f"{error}; or leave the copy out with --no-copy") from error
    if copied:
        complain(f"the store as it was is kept in {copied}: delete that when all is well")
    else:
        complain("to be able to go back to the earlier release, have a backup (pg_dump)")
