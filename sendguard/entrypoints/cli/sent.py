"""`sendguard sent`: a campaign went out by other means."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from sendguard.entrypoints.cli.say import say
from sendguard.entrypoints.cli.settings import settings
from sendguard.entrypoints.cli.show import NOTHING_KEPT
from sendguard.errors import SendGuardError, WrongUsage

EXAMPLES = """\b
Examples:
  sendguard check campaigns/navigator-42 --reuse 1h && ./send navigator-42 \\
    && sendguard sent campaigns/navigator-42
  sendguard sent campaigns/navigator-42 --at "2026-11-24 09:00 America/New_York"

\b
From then on a check blocks the campaign, and any other with the very same
newsletter (SG406), so that no job sends it twice.
"""


def sent(
    *,
    campaign: Annotated[str, typer.Argument(metavar="CAMPAIGN", help="A campaign folder.")],
    at: Annotated[
        str | None, typer.Option(metavar="TIME", help="When, with its time zone; without it, now.")
    ] = None,
    config: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Settings; else a config.yaml here.")
    ] = None,
) -> None:
    """Keep that a campaign went out."""
    when = _instant(at, datetime.now(UTC))
    database = settings(config).database
    if database is None:
        raise SendGuardError(NOTHING_KEPT)
    from contextlib import closing

    from sendguard.adapters.database.store import open_store
    from sendguard.adapters.files import open_path
    from sendguard.flows.read_newsletter import read_newsletter
    from sendguard.gate import Sending
    from sendguard.judge.quote import plain
    from sendguard.watch import told_instant

    opened = open_path(campaign)
    if opened.id is None:
        raise WrongUsage(f"{plain(campaign)} is a newsletter without a campaign: name its folder")
    sending = Sending.of(read_newsletter(campaign, opened), when.astimezone(UTC))
    with closing(open_store(database)) as store:
        store.mark_sent(sending)
    say(f"Kept: {plain(opened.id)} went out on {told_instant(when)}.")


def _instant(given: str | None, now: datetime) -> datetime:
    """When it went out.

    Raises:
        WrongUsage: It is no instant, or still to come.
    """
    from sendguard.read.instant import parse_instant

    if given is None:
        return now
    try:
        at = parse_instant(" ".join(given.split()))
    except ValueError as error:
        raise WrongUsage(f"--at {given!r} {error}") from error
    if at.astimezone(UTC) > now:
        raise WrongUsage(f"--at {given!r} is still to come")
    return at
