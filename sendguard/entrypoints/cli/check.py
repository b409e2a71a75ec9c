"""`sendguard check`: may these newsletters go out?"""

from collections.abc import Sequence
from enum import StrEnum
from io import StringIO
from os.path import realpath
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from sendguard.entrypoints.cli.exits import COULD_NOT_WORK, EXIT
from sendguard.entrypoints.cli.progress import progress
from sendguard.entrypoints.cli.say import complain, say, write_whole
from sendguard.entrypoints.cli.settings import settings
from sendguard.entrypoints.endings import INTERRUPTED
from sendguard.errors import SendGuardError, WrongUsage

if TYPE_CHECKING:
    from sendguard.gate import Run
    from sendguard.read import Article

EXAMPLES = """\b
Examples:
  sendguard check issue.html
  sendguard check campaigns/navigator-42 --expect "Read article=How to recover"
  sendguard check october.html --previous september.html --previous august.html
  sendguard check campaigns/* --format json --output result.json
  sendguard check issue.html --format html --output report.html
  cat issue.eml | sendguard check -

\b
Exit codes: 0 may go out, 1 blocked, 2 wrong usage, 3 unverified,
4 something could not be read, 130 interrupted: what was known is said.
"""

WIDEST = 100  # longer lines are hard to read


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
    config: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="Settings; else a config.yaml here."),
    ] = None,
) -> None:
    """Check newsletters: does every link open what it should?"""
    articles = tuple(map(_article, expect or ()))
    obeyed = settings(config)
    if output:
        _refuse_to_overwrite(output, (*paths, *(previous or ())))
    from sendguard.entrypoints.checking import run_check

    with progress(shown=not offline) as on_visited:
        run = run_check(
            paths,
            obeyed,
            articles,
            previous or (),
            offline=offline,
            fresh=fresh,
            on_visited=on_visited,
        )
    tell(run, format, output)
    if run.unkept:
        complain(run.unkept)
    raise typer.Exit(_exit_code(run))


def _exit_code(run: "Run") -> int:
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
    from rich.console import Console

    from sendguard.report import WIDTH, as_text

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


def _article(text: str) -> "Article":
    """What `--expect` says, parted at its first `=`."""
    from sendguard.read import Article
    from sendguard.values import Url

    label, equals, meant = (part.strip() for part in text.partition("="))
    if not (label and equals and meant):
        raise WrongUsage(f'--expect "{text}": write it as "LABEL=TITLE" or "LABEL=https://…"')
    if Url.parse(meant):
        return Article(link=label, url=meant)
    return Article(link=label, title=meant)
