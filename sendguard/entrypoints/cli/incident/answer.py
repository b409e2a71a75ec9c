"""The incident that was asked for, changed as was said, and told."""

from contextlib import closing
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING, assert_never

from sendguard.adapters.database.store import find_store, open_store
from sendguard.entrypoints.checking import told_made
from sendguard.entrypoints.cli.named import campaign_named, number_named
from sendguard.entrypoints.cli.say import complain
from sendguard.entrypoints.cli.show import NOTHING_KEPT
from sendguard.errors import SendGuardError, WrongUsage
from sendguard.flows.learn import as_it_stands, incident_about
from sendguard.incident import (
    Incident,
    Said,
    incident_as_json,
    incident_as_markdown,
    incident_as_text,
    incidents_as_json,
    incidents_as_text,
)
from sendguard.judge.quote import plain

if TYPE_CHECKING:
    from sendguard.adapters.database.store import SqlStore

MOST_LISTED = 1_000


class Form(StrEnum):
    """How it is told."""

    TEXT = "text"
    JSON = "json"
    MARKDOWN = "markdown"


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What the command line asks for.

    Attributes:
        which: The incident's campaign or number; None for all.
        begin: Whether it is a new one.
        said: What is to be written down first.
        form: How it is to be told.
        now: In UTC.
    """

    which: str | None
    begin: bool
    said: Said
    form: Form
    now: datetime


def answer(asked: Asked, database: str | None) -> str:
    """What is to be shown.

    Args:
        asked: What for.
        database: As `Config.database`.

    Raises:
        SendGuardError: There is no such incident, or what is said of it cannot be kept.
    """
    if database is None:
        raise SendGuardError(NOTHING_KEPT)
    if asked.which is None:
        return _listed(asked, database)
    incident = (_begun if asked.begin else _known)(asked.which, asked, database)
    match asked.form:
        case Form.TEXT:
            return incident_as_text(incident, asked.now)
        case Form.JSON:
            return incident_as_json(incident)
        case Form.MARKDOWN:
            return incident_as_markdown(incident, asked.now)
        case _:
            assert_never(asked.form)


def _listed(asked: Asked, database: str) -> str:
    if asked.begin or asked.form is Form.MARKDOWN or not asked.said.says_nothing:
        raise WrongUsage("name the incident: its campaign, or its number")
    store = find_store(database)
    if store is None:
        incidents: tuple[Incident, ...] = ()
    else:
        with closing(store):
            incidents = store.incidents.latest(MOST_LISTED)
    return (incidents_as_json if asked.form is Form.JSON else incidents_as_text)(incidents)


def _begun(which: str, asked: Asked, database: str) -> Incident:
    """A new one; a store is made where there is none."""

    def begin(incident: Incident) -> Incident:
        if incident.id:
            raise WrongUsage(f"incident {incident.id} of {plain(which)} is open: leave --open out")
        return asked.said.of(incident)

    with closing(open_store(database, lambda made: complain(told_made(made)))) as store:
        begun = store.incidents.open_or_update(campaign_named(which), asked.now, begin)
        return as_it_stands(begun, store.outbox.progress)


def _known(which: str, asked: Asked, database: str) -> Incident:
    """One that is kept, with what is said of it now, as it stands."""
    store = find_store(database)
    if store is None:
        raise SendGuardError("no incident is kept yet: there is no store")
    with closing(store):
        incident = _found(store, which)
        if not asked.said.says_nothing:
            incident = store.incidents.update(incident.id, asked.said.of) or incident
        return as_it_stands(incident, store.outbox.progress)


def _found(store: "SqlStore", which: str) -> Incident:
    number = number_named(which)
    if number is not None:
        incident = store.incidents.numbered(number)
    else:
        incident = incident_about(campaign_named(which), store.incidents)
    if incident is None:
        called = f"has the number {number}" if number is not None else f"of {plain(which)} is kept"
        raise SendGuardError(f"no incident {called}: `sendguard incident` lists them")
    return incident
