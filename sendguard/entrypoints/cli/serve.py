"""`sendguard serve`: keep watch over all campaigns."""

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from sendguard.entrypoints.cli.settings import settings

EXAMPLES = """\b
Examples:
  sendguard serve
  sendguard serve --only scheduler --config /etc/sendguard/config.yaml

\b
Exit codes: 0 ended by SIGTERM, 2 wrong usage, 4 could not begin, 130 interrupted.
"""


class Part(StrEnum):
    """What it can do."""

    SCHEDULER = "scheduler"


def serve(
    *,
    only: Annotated[
        list[Part] | None, typer.Option(metavar="NAME", help="Only this part: scheduler.")
    ] = None,
    config: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="Settings; else a config.yaml here."),
    ] = None,
) -> None:
    """Keep watch: check campaigns when they are new, and before and after they are sent."""
    del only  # there is just the one
    obeyed = settings(config)
    from sendguard.entrypoints.serve.serve import serve as serve_for_good

    serve_for_good(obeyed)
