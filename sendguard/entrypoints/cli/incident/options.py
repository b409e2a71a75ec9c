"""The options that tell something of an incident, as they were given and as they are meant."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from sendguard.entrypoints.cli.instants import past_instant
from sendguard.entrypoints.cli.words import words
from sendguard.errors import WrongUsage
from sendguard.incident import Kind, Note, Said, Told
from sendguard.incident.words import LONGEST_NOTE
from sendguard.judge.approval import LONGEST_NAME


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """Each as it was given."""

    consequences: Sequence[str]
    whys: Sequence[str]
    whys_anew: bool
    one_off: bool
    systemic: bool
    told: Sequence[str]
    how: str | None
    prevention: Sequence[str]
    by: str | None
    found: str | None
    stopped: str | None
    repaired: str | None
    sent: str | None
    close: bool

    def said(self, now: datetime) -> Said:
        """What they say.

        Raises:
            WrongUsage: One of them cannot be taken at that.
        """
        by = words("--by", self.by, LONGEST_NAME) if self.by is not None else None
        said = Said(
            found_at=_instant("--found", self.found, now),
            stopped_at=_instant("--stopped", self.stopped, now),
            repaired_at=_instant("--repaired", self.repaired, now),
            sent_at=_instant("--sent", self.sent, now),
            consequences=_notes("--consequence", self.consequences, now, by),
            whys=_notes("--why", self.whys, now, by),
            whys_anew=self.whys_anew,
            kind=self._kind(),
            told=tuple(self._told(now, by)),
            prevention=_notes("--prevention", self.prevention, now, by),
            closed_at=now if self.close else None,
        )
        if by and said.says_nothing:
            raise WrongUsage("--by says who says something: say it, with --consequence for one")
        return said

    def _kind(self) -> Kind | None:
        if self.one_off and self.systemic:
            raise WrongUsage("--one-off and --systemic do not go together")
        return Kind.ONE_OFF if self.one_off else Kind.SYSTEMIC if self.systemic else None

    def _told(self, now: datetime, by: str | None) -> Iterable[Told]:
        if self.how is not None and not self.told:
            raise WrongUsage("--how says how somebody was told: name them with --told")
        how = words("--how", self.how, LONGEST_NOTE) if self.how is not None else None
        for who in self.told:
            yield Told(who=words("--told", who, LONGEST_NOTE), how=how, at=now, by=by)


def _notes(option: str, given: Iterable[str], now: datetime, by: str | None) -> tuple[Note, ...]:
    return tuple(Note(text=words(option, text, LONGEST_NOTE), at=now, by=by) for text in given)


def _instant(option: str, given: str | None, now: datetime) -> datetime | None:
    return past_instant(option, given, now).astimezone(UTC) if given is not None else None
