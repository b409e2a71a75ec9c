"""7. REPORT: this is where people and programs are told what was found."""

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING

from sendguard.gate import Run
from sendguard.report.layout import WIDTH
from sendguard.report.phrases import by_whom
from sendguard.report.totals import run_line

if TYPE_CHECKING:
    from rich.text import Text


def totals(run: Run) -> str:
    """The line that says why, as it ends the report."""
    return str(run_line(run))


def as_text(run: Run, width: int = WIDTH) -> "Text":
    """The report for a terminal, in lines of about `width` cells."""
    from sendguard.report.text import as_text as made

    return made(run, width)


def as_json(run: Run) -> str:
    """The report that other programs read; see schema.json."""
    from sendguard.report.document import as_json as made

    return made(run)


def as_junit(run: Run) -> str:
    """The report that build servers show as tests."""
    from sendguard.report.junit import as_junit as made

    return made(run)


def as_github(run: Run) -> str:
    """The report that GitHub shows beside the lines of a file."""
    from sendguard.report.github import as_github as made

    return made(run)


def as_html(run: Run) -> str:
    """The report that an editor looks at."""
    from sendguard.report.html import as_html as made

    return made(run)


FORMATS: Mapping[str, Callable[[Run], str]] = MappingProxyType(
    {
        "text": lambda run: as_text(run).plain,
        "json": as_json,
        "junit": as_junit,
        "github": as_github,
        "html": as_html,
    }
)

__all__ = [
    "FORMATS",
    "WIDTH",
    "as_github",
    "as_html",
    "as_json",
    "as_junit",
    "as_text",
    "by_whom",
    "totals",
]
