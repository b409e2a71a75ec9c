"""Numbers that decide: part 1 is not part 2, whatever else two titles share."""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from itertools import pairwise

from sendguard.judge.titles import MOST_TITLE, is_number, numbers, weight, words

_MARKED = re.compile(r"(?:#|\b(?:no|nr|n[°º]|č)\.?\s?|第\s?)(\d{1,7})(?![\d.,]*\d)", re.IGNORECASE)
_RUN = re.compile(r"\d+(?:[.,_-]\d+)*")
_TELLING = 0.4
_MONTHS = (
    ("january", "jan", "januar", "januari", "janvier", "enero", "gennaio", "janeiro"),
    ("february", "feb", "februar", "februari", "fevrier", "febrero", "febbraio", "fevereiro"),
    ("march", "mar", "marz", "maart", "mars", "marzo", "marco"),
    ("april", "apr", "avril", "abril", "aprile"),
    ("mai", "mei", "mayo", "maggio", "maio"),  # the English one is a verb as well
    ("june", "jun", "juni", "juin", "junio", "giugno", "junho"),
    ("july", "jul", "juli", "juillet", "julio", "luglio", "julho"),
    ("august", "aug", "augustus", "aout", "agosto"),
    ("september", "sep", "septembre", "septiembre", "settembre", "setembro"),
    ("october", "oct", "oktober", "octobre", "octubre", "ottobre", "outubro"),
    ("november", "nov", "novembre", "noviembre", "novembro"),
    ("december", "dec", "dezember", "decembre", "diciembre", "dicembre", "dezembro"),
)
_MONTH = {name: names[0] for names in _MONTHS for name in names}


def contradiction(meant: str, title: str) -> tuple[str, str] | None:
    """A number of the one and the number that the other has in its place; None without.

    Only what counts the same thing is compared: “part 2” with “part 3”, “#42” with “#41”, a
    month with a month, a year with a year.
    """
    ours, theirs = _counted(meant), _counted(title)
    for thing in ours.keys() & theirs.keys():
        if not ours[thing] & theirs[thing]:
            return _told(thing, ours[thing]), _told(thing, theirs[thing])
    return _marks_differ(meant, title)


def numbers_differ(one: str, other: str) -> bool:
    """Do both have numbers, none of them in common? A year differs only from years."""
    ours, theirs = numbers(one), numbers(other)
    return not ours & theirs and any(
        is_year(mine) == is_year(yours) for mine in ours for yours in theirs
    )


def holds_number(address: str, meant: str) -> bool:
    """Does an address end a run of digits with a number of the link (`#eclair-v0-10-0`)?"""
    runs = [f"-{re.sub('[.,_]', '-', run)}" for run in _RUN.findall(address)]
    spelt = (re.sub("[.,]", "-", number) for number in numbers(meant) if not is_year(number))
    return any(re.search(rf"-0*{number}(?:-0+)*$", run) for number in spelt for run in runs)


def is_year(number: str) -> bool:
    """Is it a year of our time, as far as its looks tell?"""
    return number.isdecimal() and len(number) == 4 and number.startswith(("19", "20"))


def _counted(text: str) -> Mapping[str, set[str]]:
    """The numbers of a title by the word in front of them; months and years by themselves."""
    found: defaultdict[str, set[str]] = defaultdict(set)
    for before, word in pairwise(("", *words(text))):
        if word in _MONTH:
            found["month"].add(_MONTH[word])
        elif is_number(word) and is_year(word):
            found["year"].add(word)
        elif before in _MONTH:
            continue  # a day of the month; the same page may tell of several
        elif is_number(word) and not is_number(before) and weight(before) >= _TELLING:
            found[before].add(word)
    return found


def _marks_differ(meant: str, title: str) -> tuple[str, str] | None:
    """`#42` alone, against any title with another number marked so."""
    ours, theirs = set(_marks(meant)), set(_marks(title))
    if not theirs or not ours or ours & theirs or numbers(title) & ours:
        return None
    return _told("#", ours), _told("#", theirs)


def _marks(text: str) -> Iterator[str]:
    return (found.lstrip("0") for found in _MARKED.findall(text[:MOST_TITLE]))


def _told(thing: str, these: set[str]) -> str:
    named = " and ".join(sorted(these))
    if thing == "#":
        return f"#{named}"
    return named if thing in {"month", "year"} else f"{thing} {named}"
