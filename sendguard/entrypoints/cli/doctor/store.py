"""The store: can it be reached and written, which form has it, who watches, what time has it."""

import os
from collections.abc import Iterator
from typing import TYPE_CHECKING

from sendguard.adapters.clock import SystemClock

if TYPE_CHECKING:
    from sqlalchemy import Engine

    from sendguard.config import Config
    from sendguard.entrypoints.cli.doctor.examine import Look
    from sendguard.report.health import Part

DATABASE = "database"
LONGEST_LOOK_S = 3.0
"""A file that takes longer is too large to be looked through while somebody waits."""


def look_at_store(config: "Config", on_waiting: "Look | None" = None) -> "Iterator[Part]":
    """Everything about the store, as far as it can be had; nothing is made or changed.

    Args:
        config: What is in force.
        on_waiting: Another look to be had where messages wait to be sent.
    """
    if config.database is None:
        yield _nothing_kept(config)
        return
    from sendguard.adapters.database.engine import has_no_file, open_engine

    engine = open_engine(config.database)
    try:
        yield from _no_file(engine) if has_no_file(engine) else _there(engine, on_waiting)
    finally:
        engine.dispose()


def _nothing_kept(config: "Config") -> "Part":
    from sendguard.report.health.part import fine, wrong

    if config.gateway.is_named:
        says = "null: a gateway keeps what it takes and does not start without one: name one"
        return wrong(DATABASE, says)
    return fine(DATABASE, "null: nothing is kept, so `sendguard serve` cannot watch")


def _no_file(engine: "Engine") -> "Iterator[Part]":
    from sendguard.adapters.database.engine import file_of, shown
    from sendguard.report.health.part import fine, wrong

    file = file_of(engine)
    folder = file.absolute().parent if file else None
    if not folder or not folder.is_dir():
        yield wrong(DATABASE, f"{shown(engine)} cannot be made: there is no folder {folder}")
    elif not os.access(folder, os.W_OK):
        yield wrong(DATABASE, f"{shown(engine)} cannot be made: {folder} may not be written")
    else:
        yield fine(DATABASE, f"{shown(engine)} is made by the first check of a campaign")


def _there(engine: "Engine", on_waiting: "Look | None") -> "Iterator[Part]":
    from sendguard.adapters.database.engine import shown
    from sendguard.adapters.database.schema import find_version
    from sendguard.adapters.database.upkeep import (
        ahead_of_server_s,
        look_through,
        size_bytes,
        try_to_write,
    )
    from sendguard.adapters.database.versions import Form, form_of
    from sendguard.report.health.machine import clocks_part
    from sendguard.report.health.part import fine
    from sendguard.report.layout import in_bytes

    version = find_version(engine)
    try_to_write(engine)
    is_seen = look_through(engine, LONGEST_LOOK_S)
    so_far = "" if is_seen else f" (not looked through for damage within {LONGEST_LOOK_S:g} s)"
    yield fine(DATABASE, f"{shown(engine)}, {in_bytes(size_bytes(engine))}{so_far}")
    yield _tables(engine, version)
    if form_of(version) is Form.CURRENT:
        yield _watching(engine)
        yield from _sending(engine, on_waiting)
    ahead_s = ahead_of_server_s(engine, SystemClock())
    if ahead_s is not None:
        yield clocks_part(ahead_s)


def _tables(engine: "Engine", version: str | None) -> "Part":
    from sendguard.adapters.database.engine import shown
    from sendguard.adapters.database.versions import Form, form_of, why_unusable
    from sendguard.report.health.part import fine, wrong

    form = form_of(version)
    if says := why_unusable(form, shown(engine)):
        return wrong("tables", says)
    if form is Form.EMPTY:
        return fine("tables", "they are made by the first check of a campaign")
    return fine("tables", f"form {version}, the latest")


def _sending(engine: "Engine", on_waiting: "Look | None") -> "Iterator[Part]":
    from sendguard.adapters.database.outbox.suppressions import SqlSuppressions
    from sendguard.adapters.database.outbox.unfinished import waiting_messages
    from sendguard.report.health.mail import outbox_part, suppressed_part

    yield suppressed_part(SqlSuppressions(engine).count())
    waiting = waiting_messages(engine)
    yield outbox_part(waiting)
    if waiting and on_waiting:
        yield from on_waiting()


def _watching(engine: "Engine") -> "Part":
    from sendguard.entrypoints.cli.presence import find_presence
    from sendguard.watch.presence import watch_part

    return watch_part(find_presence(engine), SystemClock().now())
