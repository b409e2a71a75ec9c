"""`sendguard approve`: a named person lets one finding stand."""

from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, Annotated

import typer

from sendguard.entrypoints.cli.options import ConfigFile
from sendguard.entrypoints.cli.progress import progress
from sendguard.entrypoints.cli.say import complain, say
from sendguard.entrypoints.cli.settings import settings
from sendguard.entrypoints.cli.words import words
from sendguard.errors import SendGuardError, WrongUsage

if TYPE_CHECKING:
    from sendguard.flows.approve import Approved, Word
    from sendguard.gate import Run

EXAMPLES = """\b
Examples:
  sendguard approve campaigns/navigator-42 SG301@L3 --by "Ada Lovelace" \\
    --because "The page is renamed at noon, the editor of the site says"
  sendguard approve campaigns/navigator-42 1f3a9c --by Ada --because "As above" \\
    --until 2026-12-24

\b
FINDING is written as the report has it, SG301@L3 (rule and link), or as the
rule alone where only one finding has it, or as the fingerprint in
--format json, of which six digits are enough.

\b
The campaign is checked first: only what is found now can be approved. The
approval is kept in approvals.yaml in the campaign folder; comments in that
file are not. It counts up to and with its last day, in UTC. Approving again
renews it. Once it is kept, the exit code is 0, whatever else is wrong.
"""
USUAL_DAYS = 30


def approve(  # noqa: PLR0913 - one for each option
    *,
    campaign: Annotated[str, typer.Argument(metavar="CAMPAIGN", help="A campaign folder.")],
    finding: Annotated[
        str, typer.Argument(metavar="FINDING", help="Which one: SG301@L3, or a fingerprint.")
    ],
    by: Annotated[str, typer.Option(metavar="NAME", help="Who lets it stand.")],
    because: Annotated[str, typer.Option(metavar="REASON", help="Why.")],
    until: Annotated[
        str | None,
        typer.Option(
            metavar="DATE",
            help=f"Its last day, like 2026-12-24, in UTC; without it {USUAL_DAYS} days from today.",
        ),
    ] = None,
    config: ConfigFile = None,
) -> None:
    """Let one finding of a campaign stand."""
    word = _word(by, because, until, datetime.now(UTC).date())
    obeyed = settings(config)
    from sendguard.adapters.approvals import ApprovalsOnDisk
    from sendguard.entrypoints.checking import run_check
    from sendguard.flows import approve as flow

    approvals = ApprovalsOnDisk(campaign)
    with progress(shown=True) as on_visited:
        run = run_check([campaign], obeyed, offline=False, on_visited=on_visited)
    _was_read(run)
    say(_told(flow.approve(run, finding, word, approvals, obeyed)))
    if run.unkept:
        complain(run.unkept)


def _was_read(run: "Run") -> None:
    from sendguard.report import totals

    if run.interrupted:
        raise KeyboardInterrupt
    if run.unreadable:
        raise SendGuardError(totals(run))


def _told(approved: "Approved") -> str:
    from sendguard.report import by_whom, totals
    from sendguard.report.layout import LONG, plain

    found = approved.finding
    at = f" at {', '.join(approved.links)}" if approved.links else ""
    return (
        f"{found.code} {found.name}{at}: approved {by_whom(approved.approval)}.\n"
        f"  {plain(found.says, LONG)}\n"
        f"{totals(approved.run)}"
    )


def _word(by: str, because: str, until: str | None, today: date) -> "Word":
    """What the person says, if it can be taken at that."""
    from sendguard.flows.approve import Word
    from sendguard.judge.approval import LONGEST_NAME, LONGEST_REASON

    return Word(
        by=words("--by", by, LONGEST_NAME),
        because=words("--because", because, LONGEST_REASON),
        until=_last_day(until, today),
    )


def _last_day(given: str | None, today: date) -> date:
    from sendguard.judge.approval import last_day_from
    from sendguard.read.section import parse_day

    if given is None:
        return today + timedelta(days=USUAL_DAYS)
    day, latest = parse_day(given), last_day_from(today)
    if day is None:
        raise WrongUsage(f"--until {given!r} is no date: write it like {latest}")
    if day < today:
        raise WrongUsage(f"--until {day} is past: today is {today} in UTC")
    if day > latest:
        raise WrongUsage(f"--until {day} is more than a year away: {latest} is the last day")
    return day
