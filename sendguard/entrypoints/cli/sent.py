"""`sendguard sent`: a campaign went out by other means."""

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Annotated

import typer

from sendguard.entrypoints.cli.instants import past_instant
from sendguard.entrypoints.cli.options import ConfigFile
from sendguard.entrypoints.cli.say import complain, say
from sendguard.entrypoints.cli.settings import settings
from sendguard.entrypoints.cli.show import NOTHING_KEPT
from sendguard.errors import SendGuardError, WrongUsage

if TYPE_CHECKING:
    from sendguard.adapters.database.store import SqlStore
    from sendguard.ports.incidents import Change
    from sendguard.read import Campaign

EXAMPLES = """\b
Examples:
  sendguard check campaigns/navigator-42 --reuse 1h && ./send navigator-42 \\
    && sendguard sent campaigns/navigator-42
  sendguard sent campaigns/navigator-42 --at "2026-11-24 09:00 America/New_York"
  sendguard sent campaigns/navigator-42 --undo

\b
From then on a check blocks the campaign, and any other with the very same
newsletter (SG406), so that no job sends it twice. A mark with a wrong time is
taken back with --undo, and made again.
"""


def sent(
    *,
    campaign: Annotated[str, typer.Argument(metavar="CAMPAIGN", help="A campaign folder.")],
    at: Annotated[
        str | None, typer.Option(metavar="TIME", help="When, with its time zone; without it, now.")
    ] = None,
    undo: Annotated[
        bool, typer.Option("--undo", help="Take back what was kept last: it did not go out.")
    ] = False,
    config: ConfigFile = None,
) -> None:
    """Keep that a campaign went out."""
    if undo and at is not None:
        raise WrongUsage("--undo and --at do not go together: take it back, then mark it again")
    now = datetime.now(UTC)
    when = past_instant("--at", at, now) if at is not None else now
    database = settings(config).database
    if database is None:
        raise SendGuardError(NOTHING_KEPT)
    if undo:
        _take_back(campaign, database)
    else:
        _mark(campaign, when, database)


def _mark(path: str, when: datetime, database: str) -> None:
    from contextlib import closing

    from sendguard.adapters.database.store import open_store
    from sendguard.adapters.files import open_path
    from sendguard.entrypoints.checking import told_made
    from sendguard.flows.read_newsletter import read_newsletter
    from sendguard.gate import Sending
    from sendguard.judge.quote import plain
    from sendguard.watch import told_instant

    name = _name(path)
    campaign = read_newsletter(path, open_path(path))
    made: list[str] = []
    with closing(open_store(database, made.append)) as store:
        doubt = _doubt(store, name, campaign)
        store.mark_sent(Sending.of(campaign, when.astimezone(UTC)))
        incident = _tell(store, name, lambda one: one.reached(when.astimezone(UTC), name))
    say(f"Kept: {plain(name)} went out on {told_instant(when)}.")
    if incident:
        say(
            f"It corrects {plain(incident)}; the record of it: sendguard incident {plain(incident)}"
        )
    for says in (*map(told_made, made), *([doubt] if doubt else [])):
        complain(says)


def _take_back(path: str, database: str) -> None:
    from contextlib import closing

    from sendguard.adapters.database.store import find_store
    from sendguard.judge.quote import plain
    from sendguard.watch import told_instant

    name = _name(path)
    store = find_store(database)
    if store is None:
        raise SendGuardError("nothing is kept yet: there is no store")
    with closing(store):
        taken = store.take_back_sent(name)
        at = taken.at if taken else None
        if at is not None:
            _tell(store, name, lambda one: one.not_reached(at))
    if taken is None:
        raise SendGuardError(f"nothing to take back: nobody said that {plain(name)} went out")
    say(f"Taken back: that {plain(name)} went out on {told_instant(taken.at)}.")


def _tell(store: "SqlStore", name: str, change: "Change") -> str | None:
    """Let the incident know which a campaign corrects; what went out wrong, None for none."""
    from sendguard.flows.learn import incident_about

    incident = incident_about(name, store.incidents)
    if incident is None or incident.campaign == name:
        return None
    store.incidents.update(incident.id, change)
    return incident.campaign


def _name(path: str) -> str:
    """What the campaign is called in the store.

    Raises:
        WrongUsage: It is a newsletter without a campaign.
    """
    from sendguard.adapters.files import open_path
    from sendguard.judge.quote import plain

    name = open_path(path).id
    if name is None:
        raise WrongUsage(f"{plain(path)} is a newsletter without a campaign: name its folder")
    return name


def _doubt(store: "SqlStore", name: str, campaign: "Campaign") -> str | None:
    """Why nobody would have sent it yet; None where its last check let it pass as it is."""
    from sendguard.judge.quote import plain
    from sendguard.values import Decision

    kept = store.runs(name, 1)
    if not kept:
        return f"{plain(name)} was never checked before it went out"
    if kept[0].digest != campaign.digest:
        return f"{plain(name)} was not checked since it was changed"
    if kept[0].decision is not Decision.PASS:
        return f"the last check of {plain(name)} did not let it pass: sendguard show {plain(name)}"
    return None
