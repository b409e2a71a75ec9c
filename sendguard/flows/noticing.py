"""Notice campaign folders that are new, were changed or are gone, and plan their checks."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from sendguard.config import Watch
from sendguard.errors import Unreadable
from sendguard.ports import OpenPath
from sendguard.ports.watching import Folders, Glance, Moments
from sendguard.read import parse_brief
from sendguard.watch import Seen, plan

MOST_WRITTEN = 3
"""More folders that appear at one look are not written but put there: an archive."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Noticed:
    """What one look at the folders showed.

    Attributes:
        is_there: Whether there is a place for campaigns at all.
        is_known: Whether that could be found out.
        new: Names of campaigns that are new or were changed.
        gone: Names of those that are there no more.
        passed_over: Names of folders that are passed over, though a newsletter has come into them.
    """

    is_there: bool = True
    is_known: bool = True
    new: tuple[str, ...] = ()
    gone: tuple[str, ...] = ()
    passed_over: tuple[str, ...] = ()


class Noticing:
    """Looks at folders as cheaply as can be: files are read once, and when they were changed.

    Every method may raise `BadStore`; what was not planned then is planned at the next look.

    Args:
        folders: The campaigns.
        open_path: Opens them.
        moments: Where their checks are planned.
        when: When they are to be made.
    """

    def __init__(
        self, folders: Folders, open_path: OpenPath, moments: Moments, when: Watch
    ) -> None:
        self._folders = folders
        self._open_path = open_path
        self._moments = moments
        self._when = when
        self._read: dict[str, int] = {}
        self._last: Mapping[str, Glance] = {}
        self._names: frozenset[str] | None = None
        self._appeared: set[str] = set()
        self._passed_over: frozenset[str] = frozenset()

    def begin_anew(self) -> None:
        """Trust nothing that was seen: somebody else may have planned meanwhile."""
        self._read.clear()
        self._names = None

    def has_appeared(self, campaign: str) -> bool:
        """Did its folder come while somebody looked, and not among many others?"""
        return campaign in self._appeared

    def path_of(self, campaign: str) -> str | None:
        """How one names a campaign to `sendguard check`; None where it is gone."""
        glance = self._last.get(campaign)
        return glance.path if glance and self._folders.is_there(glance.path) else None

    def look(self, now: datetime) -> Noticed:
        """Look once, and plan."""
        try:
            there = self._folders.glance()
        except OSError:  # of the machine, and it is written there
            return Noticed(is_known=False)
        if there is None:
            # A disk that is not mounted is no reason to forget what stands on it.
            return Noticed(is_there=False)
        planned = self._moments.planned()
        # What one may not look into may be anything, but for a campaign that was there before.
        there = {name: one for name, one in there.items() if one.is_open or name in planned}
        before, self._last = self._last, there
        self._see_who_appeared(frozenset(there))
        known = {name: one for name, one in there.items() if one.is_known}
        unread = {name: one for name, one in known.items() if self._read.get(name) != one.marks}
        quiet = [name for name, one in unread.items() if self._is_quiet(one, before.get(name), now)]
        new = [name for name in quiet if self._plan(name, there[name], now)]
        gone = [name for name in planned if name not in there]
        for name in gone:
            self._moments.forget(name)
            self._read.pop(name, None)
        return Noticed(new=tuple(new), gone=tuple(gone), passed_over=self._newly_passed_over())

    def _see_who_appeared(self, names: frozenset[str]) -> None:
        came = names - self._names if self._names is not None else frozenset()
        if len(came) <= MOST_WRITTEN:
            self._appeared |= came
        self._appeared &= names
        self._names = names

    def _newly_passed_over(self) -> tuple[str, ...]:
        before, self._passed_over = self._passed_over, frozenset(self._folders.passed_over())
        return tuple(sorted(self._passed_over - before))

    def _is_quiet(self, glance: Glance, before: Glance | None, now: datetime) -> bool:
        """Is nobody writing it any more?"""
        if before and before.marks == glance.marks:
            return True
        return now - glance.changed > timedelta(seconds=self._when.look_every_s)

    def _plan(self, name: str, glance: Glance, now: datetime) -> bool:
        try:
            content = self._folders.content(glance.path)
        except OSError:  # of the machine: the next look will tell
            return False
        seen = Seen(campaign=name, content=content, send_at=self._send_at(glance.path), at=now)
        is_new = self._moments.plan(seen, plan(seen, self._when.before, self._when.after))
        self._read[name] = glance.marks
        return is_new

    def _send_at(self, path: str) -> datetime | None:
        """When it is to be sent; None where it cannot be read, which a check will say."""
        try:
            opened = self._open_path(path)
            return parse_brief(opened.folder.read(opened.name), opened.name).send_at
        except Unreadable:
            return None
