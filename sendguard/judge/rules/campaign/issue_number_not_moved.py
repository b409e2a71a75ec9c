"""SG402, issue-number-not-moved."""

from collections.abc import Iterator

from sendguard.judge.earlier.marks import find_standstill
from sendguard.judge.quote import ago, quoted
from sendguard.judge.rule import NewsletterCase, Said, newsletter_rule
from sendguard.links import Issue, plain
from sendguard.values import Severity


@newsletter_rule(
    "SG402",
    severity=Severity.WARN,
    advice="Give the subject and the first heading this issue's own number, date or words.",
)
def issue_number_not_moved(case: NewsletterCase) -> Iterator[Said]:
    """A subject or a first heading that is an earlier issue's.

    Why it matters:
        Subject and heading are copied with the rest, and they are what every reader sees,
        the links only those who click.

    Caught:
        With the issues before: the number or the date of one of them; a date before the
        last issue's, in a subject that is otherwise the same; the very subject of one of
        two or more that all had subjects of their own.

    Let through:
        A subject without number or date that never changes; numbers and dates that did
        not move on before either, such as a month over weekly issues; a number that
        begins again.

    Blind spot:
        Dates in figures other than 2026-11-24, and months in other languages than English,
        unless the whole subject is the same.
    """
    if not case.earlier:
        return
    now = Issue.of(case.campaign, ())
    subjects = [issue.subject for issue in case.earlier]
    headings = [issue.heading for issue in case.earlier]
    said = (
        _says("subject", now.subject, subjects)
        or _same_subject(now.subject, subjects)
        or _says("first heading", now.heading, headings)
    )
    if said:
        yield said


def _says(what: str, now: str | None, before: list[str | None]) -> str | None:
    found = find_standstill(now, before)
    if found is None or now is None:
        return None
    mark = "date" if found.date else "number"
    if not found.back:
        last = quoted(before[0] or "")
        return f"The {what} {quoted(now)} has a date before that of the last issue: {last}"
    then = before[found.back - 1] or ""
    return f"The {what} {quoted(now)} has the {mark} that it had {ago(found.back)}: {quoted(then)}"


def _same_subject(now: str | None, before: list[str | None]) -> str | None:
    told = [plain(subject or "") for subject in before]
    if not now or plain(now) not in told or len(told) < 2 or len(set(told)) < len(told):
        return None
    return f"The subject {quoted(now)} was the subject {ago(told.index(plain(now)) + 1)} already"
