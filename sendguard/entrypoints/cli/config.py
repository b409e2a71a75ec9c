"""`sendguard config show`: what is in force, and where each value came from."""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

import typer

from sendguard.entrypoints.cli.options import ConfigFile, Format, InFormat
from sendguard.entrypoints.cli.say import say
from sendguard.entrypoints.cli.settings import sourced_settings

if TYPE_CHECKING:
    from sendguard.config.in_force import Setting

EXAMPLES = """\b
Examples:
  sendguard config show
  SENDGUARD_VISIT__AT_ONCE=16 sendguard config show
  sendguard config show --config staging.yaml --format json
"""
SUMMARY = "Settings: see what is in force."

_WIDEST_VALUE = 40  # a longer one pushes only its own line

app = typer.Typer(rich_markup_mode=None, no_args_is_help=True, add_completion=False)


@app.callback()
def config() -> None:
    """See what is in force; settings stand in config.yaml and the environment."""


@app.command("show", epilog=EXAMPLES)
def show(
    *,
    config: ConfigFile = None,
    format: InFormat = Format.TEXT,  # noqa: A002 - the option's name
) -> None:
    """Show every setting with its value, secrets hidden, and where the value came from."""
    sourced = sourced_settings(config)
    from sendguard.config.in_force import in_force

    settings = tuple(in_force(sourced))
    say(_json(settings) if format is Format.JSON else "\n".join(lines(settings)))


def lines(settings: Sequence["Setting"]) -> Iterator[str]:
    """Key, value and origin in columns."""
    from sendguard.config.in_force import in_words

    values = [in_words(setting.value) for setting in settings]
    widest = max(map(len, values), default=0)
    keys = max((len(setting.key) for setting in settings), default=0)
    for setting, value in zip(settings, values, strict=True):
        padded = value.ljust(min(widest, _WIDEST_VALUE))
        yield f"{setting.key:<{keys}}  {padded}  {in_words(setting.origin)}"


def _json(settings: Sequence["Setting"]) -> str:
    import json
    from dataclasses import asdict

    return json.dumps({"settings": [asdict(setting) for setting in settings]}, indent=2)
