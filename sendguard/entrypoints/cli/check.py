"""`sendguard check`: may these newsletters go out?"""

import os
import sys
from collections.abc import Sequence
from enum import StrEnum
from io import StringIO
from os.path import realpath
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from sendguard.entrypoints.cli.exits import COULD_NOT_WORK, EXIT
from sendguard.entrypoints.cli.options import ConfigFile
from sendguard.entrypoints.cli.progress import progress
from sendguard.entrypoints.cli.say import complain, say, write_whole
from sendguard.entrypoints.cli.settings import settings
from sendguard.entrypoints.endings import INTERRUPTED
from sendguard.errors import SendGuardError, WrongUsage

if TYPE_CHECKING:
    from sendguard.config import Config
    from sendguard.entrypoints.reusing import Reused
    from sendguard.gate import Run
    from sendguard.read import Article

EXAMPLES = """\b
Examples:
  sendguard check issue.html
  sendguard check campaigns/navigator-42 --expect "Read article=How to recover"
  sendguard check october.html --previous september.html --previous august.html
  sendguard check campaigns/* --format json --output result.json
  sendguard check issue.html --format html --output report.html
  sendguard check campaigns/navigator-42 --reuse 1h && ./send navigator-42
  cat issue.eml | sendguard check -

\b
Exit codes: 0 may go out, 1 blocked, 2 wrong usage, 3 unverified,
4 something could not be read, 130 interrupted: what was known is said.
"""

WIDEST = 100  # longer lines are hard to read
_LIKE_A_TERMINAL = {"FORCE_COLOR", "TTY_COMPATIBLE"}  # variables that Rich obeys


class Format(StrEnum):
    """The names in `report.FORMATS`, which is slow to import."""

    TEXT = "text"
    JSON = "json"
    JUNIT = "junit"
    GITHUB = "github"
    HTML = "html"


def check(  # noqa: PLR0913 - one for each option
    *,
    paths: Annotated[
        list[str],
        typer.Argument(
            metavar="PATH...", help="Newsletters or campaign folders; - reads standard input."
        ),
    ],
    format: Annotated[  # noqa: A002 - the option's name
        Format, typer.Option(help="How to say what was found.")
    ] = Format.TEXT,
    output: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Write the report here instead.")
    ] = None,
    expect: Annotated[
        list[str] | None,
        typer.Option(
            metavar="LABEL=TITLE",
            help="What a link must open, a title or an address; may be repeated.",
        ),
    ] = None,
    previous: Annotated[
        list[str] | None,
        typer.Option(
            metavar="PATH", help="An issue before this one; may be repeated, newest first."
        ),
    ] = None,
    offline: Annotated[bool, typer.Option("--offline", help="Open no link at all.")] = False,
    fresh: Annotated[
        bool, typer.Option("--fresh", help="Open every link anew, also those just checked.")
    ] = False,
    reuse: Annotated[
        str | None,
        typer.Option(
            metavar="TIME",
            help="Answer from a campaign's last pass, if it is no older and nothing has changed.",
        ),
    ] = None,
    config: ConfigFile = None,
) -> None:
    """Check newsletters: does every link open what it should?"""
    oldest_s = _oldest_s(reuse, offline=offline, fresh=fresh)
    articles = tuple(map(expected_article, expect or ()))
    obeyed = settings(config)
    if output:
        _refuse_to_overwrite(output, (*paths, *(previous or ())))
    reused = _reuse(paths, obeyed, articles, previous or (), oldest_s)
    run = reused.run if reused else None
    made: list[str] = []
    if run is None:
        from sendguard.entrypoints.checking import run_check, told_made

        with progress(shown=not offline) as on_visited:
            run = run_check(
                paths,
                obeyed,
                articles,
                previous or (),
                offline=offline,
                fresh=fresh,
                on_visited=on_visited,
                passed=reused.passed if reused else None,
                on_made=lambda file: made.append(told_made(file)),
            )
    tell(run, format, output)
    if reused:
        _say_what_cannot_be_reused(run, obeyed)
    for says in (*made, *([run.unkept] if run.unkept else [])):
        complain(says)
    raise typer.Exit(exit_code(run))


def _oldest_s(reuse: str | None, *, offline: bool, fresh: bool) -> float | None:
    """How old a pass may be that is answered from; None where none may.

    Raises:
        WrongUsage: It is no time, or stands beside an option that asks for something else.
    """
    if reuse is None:
        return None
    if offline or fresh:
        other = "--offline" if offline else "--fresh"
        raise WrongUsage(f"--reuse and {other} do not go together: leave one out")
    from sendguard.config.duration import parse_duration

    try:
        return parse_duration(reuse)
    except ValueError as error:
        raise WrongUsage(f"--reuse {reuse!r}: {error}") from error


def _reuse(
    paths: Sequence[str],
    config: "Config",
    articles: Sequence["Article"],
    previous: Sequence[str],
    oldest_s: float | None,
) -> "Reused | None":
    """What earlier checks answer; None where nobody asked for that."""
    if oldest_s is None:
        return None
    from sendguard.entrypoints.reusing import find_passed

    return find_passed(paths, config, articles, previous, oldest_s)


def _say_what_cannot_be_reused(run: "Run", config: "Config") -> None:
    bare = [one.campaign.path for one in run.newsletters if one.campaign.id is None]
    if config.database is None:
        complain("--reuse: checked now, because nothing is kept (`database:` is null)")
    elif bare:
        from sendguard.judge.quote import plain

        complain(f"--reuse: {plain(bare[0])} was checked now; only campaign folders are kept")


def exit_code(run: "Run") -> int:
    """What to exit with after a check."""
    if run.interrupted:
        return INTERRUPTED
    return COULD_NOT_WORK if run.unreadable or run.unkept else EXIT[run.decision]


def _refuse_to_overwrite(output: Path, read: Sequence[str]) -> None:
    """Complain where the report could not be written, or would replace what it is about.

    Raises:
        SendGuardError: There is no such folder.
        WrongUsage: It is a file that is to be read.
    """
    if not output.absolute().parent.is_dir():
        raise SendGuardError(f"{output} cannot be written: there is no folder {output.parent}")
    if any(realpath(output) == realpath(path) for path in read if path != "-"):
        raise WrongUsage(f"--output {output} would overwrite the newsletter: give another name")


def tell(run: "Run", form: Format, output: Path | None) -> None:
    """Show the report; where that is for a program or in a file, one line says why besides."""
    from sendguard.report import FORMATS, totals

    if form is Format.TEXT and output is None:
        say(_for_this_terminal(run))
        return
    document = FORMATS[form](run)
    if output:
        write_whole(output, f"{document}\n")
    elif document:
        say(document)
    complain(totals(run))


def _for_this_terminal(run: "Run") -> str:
    """The report in colours and as wide as the terminal, plain where there is none."""
    from sendguard.report import WIDTH, as_text

    if not (sys.stdout.isatty() or _LIKE_A_TERMINAL & os.environ.keys()):
        return as_text(run, WIDTH).plain  # Rich's console is a tenth of what a reused pass takes
    from rich.console import Console

    here = Console(highlight=False)
    width = min(here.width, WIDEST) if here.is_terminal else WIDTH
    # Written by us: Rich exits with 1, which means "blocked", when a reader has left.
    shown = StringIO()
    colours = here.is_terminal and not here.no_color
    console = Console(
        file=shown,
        highlight=False,
        force_terminal=here.is_terminal,
        no_color=not colours,
        width=width,
    )
    console.print(as_text(run, width), soft_wrap=True, end="")
    return shown.getvalue()


def expected_article(text: str) -> "Article":
    """What `--expect` says, parted at its first `=`."""
    from sendguard.read import Article
    from sendguard.values import Url

    label, equals, meant = (part.strip() for part in text.partition("="))
    if not (label and equals and meant):
        raise WrongUsage(f'--expect "{text}": write it as "LABEL=TITLE" or "LABEL=https://…"')
    if Url.parse(meant):
        return Article(link=label, url=meant)
    return Article(link=label, title=meant)
