"""7. REPORT: this is where people and programs are told what was found."""

from collections.abc import Callable, Mapping
from types import MappingProxyType

from sendguard.gate import Run
from sendguard.report.document import as_json
from sendguard.report.github import as_github
from sendguard.report.junit import as_junit
from sendguard.report.phrases import by_whom
from sendguard.report.text import WIDTH, as_text, totals


def as_html(run: Run) -> str:
    """The report that an editor looks at."""
    from sendguard.report.html import as_html as made  # noqa: PLC0415 - slow, and seldom asked for

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
