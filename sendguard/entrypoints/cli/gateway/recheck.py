"""`sendguard gateway recheck`: a campaign is checked once more."""

from datetime import UTC, datetime
from typing import Annotated

import typer

from sendguard.entrypoints.cli.exits import NOT_PASSED
from sendguard.entrypoints.cli.options import ConfigFile, Fingerprint, Yes
from sendguard.entrypoints.cli.say import complain, say
from sendguard.entrypoints.cli.settings import settings
from sendguard.entrypoints.cli.words import words
from sendguard.errors import SendGuardError

EXAMPLES = """\b
Examples:
  sendguard gateway recheck 3f9a2c71d0e4

\b
For a campaign whose links were mended where they lead to. Until the check is
done none of it goes out. An approval counts no more then. It asks before it
checks what `correct` stopped; what was discarded it does not check.
"""


def recheck(
    *,
    campaign: Fingerprint,
    by: Annotated[str, typer.Option(metavar="NAME", help="Who asks for it.")] = "somebody",
    yes: Yes = False,
    config: ConfigFile = None,
) -> None:
    """Have a campaign checked once more, by its first message."""
    from sendguard.judge.approval import LONGEST_NAME

    who = words("--by", by, LONGEST_NAME)
    obeyed = settings(config)
    from sendguard.entrypoints.cli.gateway.opened import CHANGED, command, find_stream, opened_store
    from sendguard.entrypoints.cli.gateway.served import why_not_served
    from sendguard.entrypoints.cli.gateway.told import named
    from sendguard.entrypoints.cli.gateway.wrong import (
        may_go_out,
        question_of_stopped,
        refuse_discarded,
    )
    from sendguard.gateway import Ruling, Standing

    with opened_store(obeyed) as store:
        stream = find_stream(store, campaign)
        refuse_discarded(stream)
        if not may_go_out(stream, yes=yes, question=question_of_stopped(stream)):
            complain("nothing was changed")
            raise typer.Exit(NOT_PASSED)
        ruling = Ruling(standing=Standing.CHECKING, at=datetime.now(UTC), by=who)
        if not store.streams.rule(stream.fingerprint, ruling, {stream.standing}):
            raise SendGuardError(CHANGED)
    see = command("show", stream.fingerprint)
    say(f"{named(stream)} is checked once more; to see what comes of it: {see}")
    if says := why_not_served(obeyed):
        complain(says)
