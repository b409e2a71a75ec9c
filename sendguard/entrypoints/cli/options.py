"""The options that many commands have, each with the same words."""

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer


class Format(StrEnum):
    """For whom it is told."""

    TEXT = "text"
    JSON = "json"


ConfigFile = Annotated[
    Path | None, typer.Option(metavar="FILE", help="Settings; else a config.yaml here.")
]
Fingerprint = Annotated[
    str, typer.Argument(metavar="FINGERPRINT", help="As `sendguard gateway list` has it.")
]
InFormat = Annotated[Format, typer.Option(help="How to say it.")]
Yes = Annotated[bool, typer.Option("--yes", help="Ask nothing.")]
