"""`sendguard doctor`: what works, and what to do about what does not."""

from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from sendguard.entrypoints.cli.exits import COULD_NOT_WORK
from sendguard.entrypoints.cli.options import ConfigFile, Format, InFormat
from sendguard.entrypoints.cli.say import say
from sendguard.entrypoints.cli.settings import DEFAULT, sourced_settings
from sendguard.errors import BadConfig

if TYPE_CHECKING:
    from sendguard.config import Config, Sourced
    from sendguard.entrypoints.cli.doctor.examine import Look
    from sendguard.report.health import Part

EXAMPLES = """\b
Examples:
  sendguard doctor
  sendguard doctor --config staging.yaml --format json

\b
One line for each part: ok, a warning, or what is wrong and what to do. Nobody
is sent anything, and nothing is changed. Exit code 0 where nothing is wrong
(there may be warnings), else 4.
"""
_SETTINGS = "settings"
_LONGEST_LOCAL_S = 1.5
"""The mail server that nobody named is on this computer, which is quick to answer."""


def doctor(
    *,
    config: ConfigFile = None,
    format: InFormat = Format.TEXT,  # noqa: A002 - the option's name
) -> None:
    """Say what works: settings, database, watch, clock, disk, mail, addresses, campaigns."""
    from sendguard.report.health import health_as_json, health_as_text
    from sendguard.report.health.told import works

    parts = tuple(_parts(config))
    say(health_as_json(parts) if format is Format.JSON else health_as_text(parts))
    if not works(parts):
        raise typer.Exit(COULD_NOT_WORK)


def _parts(file: Path | None) -> "Iterator[Part]":
    from sendguard.entrypoints.cli.doctor.examine import examine
    from sendguard.report.health.part import fine, unknown, wrong

    try:
        sourced = sourced_settings(file)
    except BadConfig as error:
        yield from (wrong(_SETTINGS, line) for line in str(error).splitlines())
        yield from examine(_without_settings())
        yield unknown("the rest", "cannot be looked at before the settings are right")
        return
    yield fine(_SETTINGS, _read_from(file, sourced))
    yield from examine(_looks(sourced.config))


def _read_from(file: Path | None, sourced: "Sourced") -> str:
    """Which file it was, and what else was heard."""
    variables = sum(":" not in origin for origin in sourced.origins.values())
    here = f"{file or DEFAULT}" if file or DEFAULT.exists() else f"defaults: no {DEFAULT} is here"
    more = f"; {variables} from the environment" if variables else ""
    return f"{here}{more}"


def _looks(config: "Config") -> "tuple[tuple[str, Look], ...]":
    from sendguard.entrypoints.cli.doctor import (
        campaigns,
        gateway,
        listen,
        machine,
        mail,
        outside,
        store,
    )

    is_named = config.smtp.is_named
    try_default = partial(mail.look_at_smtp, config, is_used=True, longest_s=_LONGEST_LOCAL_S)
    return (
        (
            store.DATABASE,
            partial(store.look_at_store, config, None if is_named else try_default),
        ),
        ("clock", machine.look_at_clock),
        ("disk", partial(machine.look_at_disk, config.database)),
        ("listen", partial(listen.look_at_listen, config)),
        ("notify", partial(outside.look_at_notify, config)),
        ("smtp", partial(mail.look_at_smtp, config, is_used=is_named)),
        ("listener", partial(gateway.look_at_listeners, config)),
        ("next hop", partial(gateway.look_at_next_hop, config)),
        ("dkim", partial(mail.look_at_dkim, config)),
        *((("unsubscribe", partial(mail.look_at_unsubscribe, config)),) if is_named else ()),
        ("templates", partial(mail.look_at_templates, config)),
        ("ca_file", partial(outside.look_at_trust, config)),
        ("campaigns", partial(campaigns.look_at_campaigns, config)),
    )


def _without_settings() -> "tuple[tuple[str, Look], ...]":
    from sendguard.entrypoints.cli.doctor import machine

    return (
        ("clock", machine.look_at_clock),
        ("disk", partial(machine.look_at_disk, None)),
    )
