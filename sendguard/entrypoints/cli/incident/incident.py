"""`sendguard incident`: what is known of a mistake that went out, and what people add to it."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from sendguard.entrypoints.cli.options import ConfigFile, Format, InFormat
from sendguard.entrypoints.cli.say import say, write_whole
from sendguard.entrypoints.cli.settings import settings
from sendguard.errors import WrongUsage

EXAMPLES = """\b
Examples:
  sendguard incident
  sendguard incident navigator-42
  sendguard incident navigator-42 --by Ada --consequence "A reader lost her ticket"
  sendguard incident navigator-42 --why "The button was copied from last issue" \\
    --why "The draft is a copy of last issue" --systemic --told "The sponsor"
  sendguard incident navigator-42 --report --output incident.md
  sendguard incident navigator-41 --open --found "2026-11-24 09:12 Europe/Berlin"

\b
`sendguard correct` opens the record of a mistake and keeps its clock; for one
that was put right by other means, --open begins it. A campaign is named by its
folder, also one that is gone, or by its correction's; its last incident is
meant. TIME is written with its time zone.
"""


def incident(  # noqa: PLR0913 - one for each option
    *,
    which: Annotated[
        str | None,
        typer.Argument(metavar="[CAMPAIGN|NUMBER]", help="Which one; without it, all are listed."),
    ] = None,
    consequence: Annotated[
        list[str] | None, typer.Option(metavar="TEXT", help="What it cost; repeatable.")
    ] = None,
    why: Annotated[
        list[str] | None,
        typer.Option(metavar="TEXT", help="Why it happened, then why that was so: five at most."),
    ] = None,
    whys_anew: Annotated[
        bool, typer.Option("--whys-anew", help="Drop the whys that are there.")
    ] = False,
    one_off: Annotated[
        bool, typer.Option("--one-off", help="It will not happen again in the same way.")
    ] = False,
    systemic: Annotated[
        bool, typer.Option("--systemic", help="It would happen again if nothing were changed.")
    ] = False,
    told: Annotated[
        list[str] | None, typer.Option(metavar="WHO", help="Who was told of it; repeatable.")
    ] = None,
    how: Annotated[
        str | None, typer.Option(metavar="TEXT", help="How they were told: by phone, say.")
    ] = None,
    prevention: Annotated[
        list[str] | None,
        typer.Option(metavar="TEXT", help="What will keep it from happening again; repeatable."),
    ] = None,
    by: Annotated[str | None, typer.Option(metavar="NAME", help="Who says all this.")] = None,
    begin: Annotated[
        bool, typer.Option("--open", help="Begin the record of a mistake that is not known yet.")
    ] = False,
    found: Annotated[
        str | None, typer.Option(metavar="TIME", help="When the mistake was seen.")
    ] = None,
    stopped: Annotated[
        str | None, typer.Option(metavar="TIME", help="When nothing more of it went out.")
    ] = None,
    repaired: Annotated[
        str | None, typer.Option(metavar="TIME", help="When a right version was there.")
    ] = None,
    sent: Annotated[
        str | None,
        typer.Option(metavar="TIME", help="When the correction went out by other means."),
    ] = None,
    close: Annotated[
        bool, typer.Option("--close", help="It is over: the next mistake is another one.")
    ] = False,
    report: Annotated[
        bool, typer.Option("--report", help="As a report in Markdown, for others.")
    ] = False,
    format: InFormat = Format.TEXT,  # noqa: A002 - the option's name
    output: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Write it here instead.")
    ] = None,
    config: ConfigFile = None,
) -> None:
    """Show and complete the record of a mistake that went out."""
    from sendguard.entrypoints.cli.incident.answer import Asked, Form, answer
    from sendguard.entrypoints.cli.incident.options import Options

    if report and format is Format.JSON:
        raise WrongUsage("--report is Markdown: leave --format out")
    now = datetime.now(UTC)
    options = Options(
        consequences=consequence or (),
        whys=why or (),
        whys_anew=whys_anew,
        one_off=one_off,
        systemic=systemic,
        told=told or (),
        how=how,
        prevention=prevention or (),
        by=by,
        found=found,
        stopped=stopped,
        repaired=repaired,
        sent=sent,
        close=close,
    )
    asked = Asked(
        which=which,
        begin=begin,
        said=options.said(now),
        form=Form.MARKDOWN if report else Form(format),
        now=now,
    )
    document = answer(asked, settings(config).database)
    if output:
        write_whole(output, f"{document}\n")
    else:
        say(document)
