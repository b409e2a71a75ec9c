"""`sendguard serve`: keep watch over all campaigns."""

from pathlib import Path
from typing import Annotated

import typer

from sendguard.entrypoints.cli.settings import settings
from sendguard.entrypoints.serve.parts import Part

EXAMPLES = """\b
Examples:
  sendguard serve
  sendguard serve --only worker --config /etc/sendguard/config.yaml

\b
The scheduler checks campaigns when they are new or changed, and before and
after they are sent. The worker sends what is queued: by `sendguard send`, where
that was interrupted, and what a mail server has put off.

\b
Exit codes: 0 ended by SIGTERM, 2 wrong usage, 4 could not begin, 130 interrupted.
"""


def serve(
    *,
    only: Annotated[
        list[Part] | None,
        typer.Option(metavar="NAME", help="Only this part: scheduler or worker."),
    ] = None,
    config: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="Settings; else a config.yaml here."),
    ] = None,
) -> None:
    """Keep watch over campaigns, around their send and before; and send what is queued."""
    obeyed = settings(config)
    from sendguard.entrypoints.serve.serve import serve as serve_for_good

    serve_for_good(obeyed, frozenset(only or Part))
