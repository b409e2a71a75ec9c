"""The issues before one: those that the user names, or those of its series beside it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache
from typing import TypeAlias

from sendguard.errors import Unreadable
from sendguard.flows.read_newsletter import read_files, read_newsletter
from sendguard.gate import CouldNotRead
from sendguard.links import MOST_EARLIER, Issue, find_links
from sendguard.ports import Opened, OpenPath
from sendguard.read import Brief, Campaign, parse_brief

Told: TypeAlias = tuple[tuple[str, str], ...]
"""Issues that a newsletter is compared with: where each stands, and its digest."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Earlier:
    """Earlier issues.

    Attributes:
        issues: Newest first.
        unreadable: Named by the user, and could not be read.
        unread: Names of folders that stand beside the newsletter and could not be read.
        named: Path and digest of each that the user named; empty where nobody did.
        beside: Folder and digest of each that was found beside the newsletter; no digest where it
            could not be read.
    """

    issues: tuple[Issue, ...] = ()
    unreadable: tuple[CouldNotRead, ...] = ()
    unread: tuple[str, ...] = ()
    named: Told = ()
    beside: Told = ()


@dataclass(frozen=True, slots=True)
class _Series:
    """Issues of a series that stand beside a newsletter.

    Attributes:
        before: Paths of those sent before it, newest first; `MOST_EARLIER` of them at most.
        broken: Folders of which nobody can tell whether they belong to it.
    """

    before: tuple[str, ...] = ()
    broken: tuple[CouldNotRead, ...] = ()


NO_EARLIER = Earlier()
MOST_REMEMBERED = 2_000
MOST_REMEMBERED_BYTES = 5_000


def read_earlier(paths: Sequence[str], open_path: OpenPath) -> Earlier:
    """Read the issues that are named, newest first; `MOST_EARLIER` of them at most."""
    read = [_issue(path, open_path) for path in paths[:MOST_EARLIER]]
    issues = tuple(one for one in read if isinstance(one, Issue))
    return Earlier(
        issues=issues,
        unreadable=tuple(one for one in read if isinstance(one, CouldNotRead)),
        named=tuple((issue.name, issue.digest) for issue in issues),
    )


def earlier_in_series(campaign: Campaign, opened: Opened, open_path: OpenPath) -> Earlier:
    """The issues of the same series in the campaign folders beside it, sent before it."""
    series = _series_beside(campaign.brief, opened, open_path)
    found = read_earlier(series.before, open_path)
    unread = tuple(_folder(one.path) for one in (*series.broken, *found.unreadable))
    digests = {issue.name: issue.digest for issue in found.issues}
    beside = _told(series, lambda path: digests.get(path, ""))
    return Earlier(issues=found.issues, unread=unread, beside=beside)


def earlier_beside(brief: Brief, opened: Opened, open_path: OpenPath) -> Told:
    """As `Earlier.beside`, without building any newsletter: as far as files tell."""

    def digest(path: str) -> str:
        try:
            return read_files(open_path(path)).digest
        except Unreadable:
            return ""

    return _told(_series_beside(brief, opened, open_path), digest)


def _series_beside(now: Brief, opened: Opened, open_path: OpenPath) -> _Series:
    if not now.series or not now.send_at:
        return _Series()
    told = [(path, _brief(path, open_path)) for path in opened.beside()]
    before = [
        (at, path)
        for path, brief in told
        if isinstance(brief, Brief) and (at := _sent_before(brief, now))
    ]
    return _Series(
        before=tuple(path for _, path in sorted(before, reverse=True)[:MOST_EARLIER]),
        broken=tuple(brief for _, brief in told if isinstance(brief, CouldNotRead)),
    )


def _told(series: _Series, digest: Callable[[str], str]) -> Told:
    """By the folder's name alone: the whole place may stand elsewhere on another machine."""
    broken = ((_folder(one.path), "") for one in series.broken)
    return (*((_folder(path), digest(path)) for path in series.before), *broken)


def _folder(path: str) -> str:
    return path.rpartition("/")[2]


def _issue(path: str, open_path: OpenPath) -> Issue | CouldNotRead:
    try:
        campaign = read_newsletter(path, open_path(path))
        return Issue.of(campaign, find_links(campaign).links)
    except Unreadable as error:
        return CouldNotRead.of(path, error)


def _brief(path: str, open_path: OpenPath) -> Brief | CouldNotRead:
    try:
        opened = open_path(path)
        raw = opened.folder.read(opened.name)
        parse = _parse_brief if len(raw) <= MOST_REMEMBERED_BYTES else parse_brief
        return parse(raw, opened.name)
    except Unreadable as error:
        return CouldNotRead.of(path, error)


# A process that watches asks for the same ones again with each check.
_parse_brief = lru_cache(MOST_REMEMBERED)(parse_brief)


def _sent_before(brief: Brief, now: Brief) -> datetime | None:
    """When it was sent, in UTC, where it is an earlier issue of the series."""
    if brief.series != now.series or not brief.send_at or not now.send_at:
        return None
    at = brief.send_at.astimezone(UTC)
    return at if at < now.send_at.astimezone(UTC) else None
