"""Issue numbers and dates in a subject or a heading, and whether they moved on."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from sendguard.judge.earlier.address import numberless
from sendguard.links import plain

_NUMBER = re.compile(
    r"(?:#|№|n°|\b(?:issue|no|nr|num|number|edition|episode|ausgabe|nummer|numero|edicion|"
    r"edizione|edicao|utgave)\b\.?)\s*[#:]?\s*(\d{1,5})\b"
)
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
_MONTH = re.compile(r"\b(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\b")
_DAY = re.compile(r"\b(\d{1,2})(?:st|nd|rd|th)?\b")
_ISO = re.compile(r"\b((?:19|20)\d\d)-(\d\d)(?:-(\d\d))?\b")
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_LONGEST = 300  # characters that are read
_FEWEST = 2
_TO_THE_DAY = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Standstill:
    """A number or a date that did not move on.

    Attributes:
        back: Whose it is, in issues ago; 0 where it is older than the last issue's and nobody's.
        date: It is a date.
    """

    back: int
    date: bool


def issue_number(text: str | None) -> int | None:
    """The number of "Issue 12", "#12" or "No. 12"; None without one."""
    found = _NUMBER.search(_read(text))
    return int(found[1]) if found else None


def find_standstill(now: str | None, before: Sequence[str | None]) -> Standstill | None:
    """What in `now` did not move on from what earlier issues said, newest first."""
    number, numbers = issue_number(now), [issue_number(text) for text in before]
    if number is not None and any(one is not None for one in numbers):
        known = [one for one in numbers if one is not None]
        moves = len(set(known)) == len(known)
        return (
            Standstill(back=numbers.index(number) + 1, date=False)
            if moves and number in known
            else None
        )
    return _standstill_of_dates(_read(now), [_read(text) for text in before])


def _standstill_of_dates(now: str, before: Sequence[str]) -> Standstill | None:
    """The same but for the date, and the date the same or older.

    A month may be that of several issues, so it has to have moved on with each of them.
    """
    date = _date(now)
    dates = [_date(text) for text in before if numberless(text) == numberless(now)]
    if not date or not dates or len(set(dates)) < len(dates):
        return None
    if date in dates and (len(date) == _TO_THE_DAY or len(dates) >= _FEWEST):
        return Standstill(back=before.index(now) + 1 if now in before else 1, date=True)
    last = _date(before[0])
    older = len(last) == len(date) and date < last and date not in dates
    return Standstill(back=0, date=True) if older else None


def _read(text: str | None) -> str:
    return plain((text or "")[:_LONGEST])


def _date(text: str) -> tuple[int, ...]:
    """Year, month and day, as far as they are told; empty without year and month."""
    if iso := _ISO.search(text):
        return tuple(int(part) for part in iso.groups() if part)
    year, month = _YEAR.search(text), _MONTH.search(text)
    if not year or not month:
        return ()
    day = _DAY.search(text)
    told = (int(year[0]), _MONTHS.index(month[1]) + 1)
    return (*told, int(day[1])) if day else told
