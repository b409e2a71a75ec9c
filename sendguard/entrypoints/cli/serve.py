"""`sendguard serve`: keep watch over all campaigns."""

from typing import Annotated

import typer

from sendguard.entrypoints.cli.options import ConfigFile
from sendguard.entrypoints.cli.settings import settings
from sendguard.entrypoints.serve.parts import Part, usual

EXAMPLES = """\b
Examples:
  sendguard serve
  sendguard serve --only worker --config /etc/sendguard/config.yaml
  sendguard serve --only gateway

\b
The scheduler checks campaigns when they are new or changed, and before and
after they are sent. The worker sends what is queued: by `sendguard send`, where
that was interrupted, and what a mail server has put off. The gateway takes mail
of other programs, and lets no campaign pass whose links are wrong: it runs where
`gateway:` says so, or by --only gateway.

\b
Exit codes: 0 ended by SIGTERM, 2 wrong usage, 4 could not begin, 130 interrupted.
"""


def serve(
    *,
    only: Annotated[
        list[Part] | None,
        typer.Option(metavar="NAME", help="Only this part: scheduler, worker or gateway."),
    ] = None,
    config: ConfigFile = None,
) -> None:
    """Keep watch over campaigns, send what is queued, and be the gate in the mail path."""
    obeyed = settings(config)
    from sendguard.entrypoints.serve.serve import serve as serve_for_good

    serve_for_good(obeyed, frozenset(only) if only else usual(obeyed))
