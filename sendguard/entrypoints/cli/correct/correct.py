"""`sendguard correct`: the one-command corrected resend."""

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from sendguard.entrypoints.cli.options import ConfigFile, Yes
from sendguard.entrypoints.cli.settings import settings
from sendguard.errors import WrongUsage

if TYPE_CHECKING:
    from sendguard.entrypoints.cli.correct.order import Order

EXAMPLES = """\b
Examples:
  sendguard correct navigator-42 --link "Read article=https://example.org/right"
  sendguard correct navigator-42 --link "L7=https://example.org/right" --dry-run
  sendguard correct navigator-42 --test-to editor@example.org
  sendguard correct 3f9a2c71d0e4 --link "Read article=https://example.org/right"
  sendguard correct --original issue.eml --audience readers.csv --link "L3=https://…"

\b
Without --link it takes the links that you have mended in the campaign's folder
since it went out. It stops what is not sent yet, repairs the link and nothing
else, apologises, checks the result like any newsletter, shows it, and asks
once. Everybody who got the wrong version gets the correction, once.
"""


class To(StrEnum):
    """Who gets the correction."""

    EVERYONE = "everyone"
    CLICKED = "clicked"


class SaidHarm(StrEnum):
    """What the wrong address does, said by a person who has looked."""

    HOSTILE = "hostile"
    PERSONAL_DATA = "personal-data"
    NONE = "none"


def correct(  # noqa: PLR0913 - one for each thing that the user says
    *,
    campaign: Annotated[
        str | None,
        typer.Argument(
            metavar="CAMPAIGN", help="What went out: its name, folder, or fingerprint at the gate."
        ),
    ] = None,
    link: Annotated[
        list[str] | None,
        typer.Option(
            metavar="LABEL=URL", help="A wrong link and its right address; may be repeated."
        ),
    ] = None,
    expect: Annotated[
        list[str] | None,
        typer.Option(
            metavar="LABEL=TITLE", help="What a link should open: a title or address; repeatable."
        ),
    ] = None,
    original: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="What SendGuard did not send: an .eml or a folder."),
    ] = None,
    audience: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="Who got that one: CSV with an email column."),
    ] = None,
    sender: Annotated[
        str | None, typer.Option(metavar="TEXT", help="Who that one is from, if it does not say.")
    ] = None,
    to: Annotated[To, typer.Option(help="Who gets the correction.")] = To.EVERYONE,
    clicked: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="For --to clicked: CSV of those who clicked."),
    ] = None,
    everywhere: Annotated[
        bool, typer.Option("--everywhere", help="Repair the address in every story.")
    ] = False,
    reason: Annotated[
        str | None, typer.Option(metavar="TEXT", help="Why it happened, in your own words.")
    ] = None,
    make_good: Annotated[
        str | None, typer.Option(metavar="TEXT", help="What readers get for their trouble.")
    ] = None,
    prevention: Annotated[
        str | None, typer.Option(metavar="TEXT", help="What will keep it from happening again.")
    ] = None,
    harm: Annotated[
        SaidHarm | None, typer.Option(help="What the wrong address does, if you have looked.")
    ] = None,
    test_to: Annotated[
        str | None, typer.Option(metavar="ADDRESS", help="Send one copy there, and queue nothing.")
    ] = None,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Do everything but stop, queue and send.")
    ] = False,
    yes: Yes = False,
    force: Annotated[
        bool, typer.Option("--force", help="Go on against an objection; it is recorded.")
    ] = False,
    again: Annotated[
        bool, typer.Option("--again", help="Correct once more what was corrected.")
    ] = False,
    config: ConfigFile = None,
) -> None:
    """Put a wrong link right, apologise, and send the correction to those who got it."""
    from sendguard.correct.asked import Asked
    from sendguard.correct.triage import Harm
    from sendguard.entrypoints.cli.check import expected_article
    from sendguard.entrypoints.cli.correct.order import Order
    from sendguard.entrypoints.cli.correct.steps import obey

    if (to is To.CLICKED) != (clicked is not None):
        raise WrongUsage("--to clicked and --clicked FILE go together: the file says who clicked")
    order = Order(
        campaign=campaign,
        original=original,
        audience=audience,
        sender=sender,
        links=tuple(map(Asked.parse, link or ())),
        expected=tuple(map(expected_article, expect or ())),
        clicked=clicked,
        reason=reason,
        make_good=make_good,
        prevention=prevention,
        harm=Harm(harm.value) if harm else None,
        everywhere=everywhere,
        test_to=test_to,
        dry_run=dry_run,
        yes=yes,
        force=force,
        again=again,
    )
    _refuse_what_contradicts(order)
    raise typer.Exit(obey(order, settings(config)))


def _refuse_what_contradicts(order: "Order") -> None:
    if (order.campaign is None) == (order.original is None):
        raise WrongUsage(
            "name the campaign that went out, or with --original the newsletter that "
            "somebody else sent"
        )
    if order.sender is not None and order.original is None:
        raise WrongUsage("--sender is for a newsletter that somebody else sent: see --original")
    if order.original is not None and not order.links:
        raise WrongUsage('--original needs the wrong link: --link "Read article=https://…"')
