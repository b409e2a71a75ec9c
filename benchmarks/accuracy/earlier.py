"""Issues before, for issues that came without: those of their series that stand beside them."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from html import escape

from benchmarks.accuracy.shapes import Issue

MOST = 6
_NEAR_DAYS, _NEAR_NUMBERS = 60, 6
_DATE = re.compile(r"(\d{4})-(\d{2})-(\d{2})")
_NUMBER = re.compile(r"\d+")


@dataclass(frozen=True, slots=True)
class Filed:
    """An issue, with the series and the file that it comes from."""

    issue: Issue
    series: str
    file: str


def with_earlier(filed: Sequence[Filed]) -> tuple[Issue, ...]:
    """Every issue; one without any before it gets those that went out shortly before."""
    return tuple(
        it.issue if it.issue.previous else replace(it.issue, previous=_before(it, filed))
        for it in filed
    )


def _before(one: Filed, others: Sequence[Filed]) -> tuple[str, ...]:
    at, near = _order(one.file)
    found = {
        _order(other.file)[0]: mended(other.issue)
        for other in others
        if _series(other) == _series(one) and 0 < at - _order(other.file)[0] <= near
    }
    return tuple(found[number] for number in sorted(found, reverse=True))[:MOST]


def _series(filed: Filed) -> tuple[str, bool, bool]:
    """Translations are a series of their own, and so are dated and numbered files."""
    dated = _DATE.search(filed.file) is not None
    return filed.series, "/fr/" in filed.file, dated


def _order(file: str) -> tuple[int, int]:
    """Where in its series a file stands, by its date or its number, and how far is near."""
    if found := _DATE.search(file):
        year, month, day = map(int, found.groups())
        return date(year, month, day).toordinal(), _NEAR_DAYS
    numbers = _NUMBER.findall(file)
    return int(numbers[-1]) if numbers else 0, _NEAR_NUMBERS


def mended(issue: Issue) -> str:
    """The issue as it went out in the end: each wrong address replaced by the right one."""
    html = issue.html
    for it in issue.mistakes:
        if it.wrong:
            html = html.replace(f'href="{escape(it.wrong)}"', f'href="{escape(it.right)}"')
    return html
