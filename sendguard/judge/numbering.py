"""Numbers that decide: part 1 is not part 2, whatever else two titles share."""

import re
from collections import defaultdict
from collections.abc import Mapping
from itertools import pairwise

from sendguard.judge.titles import MOST_TITLE, is_number, numbers, weight, words

_MARKED = re.compile(
    r"(?:#|\b(?:no|nr|n[°º]|č|issue|ausgabe|num[eé]ro|nummer)\.?\s?|第\s?)(\d{1,7})(?![\d.,]*\d)",
    re.IGNORECASE,
)
_SEPARATORS = re.compile(r"[.,_]")
_RUN = re.compile(r"\d+(?:[.,_-]\d+)*")
_TELLING = 0.4
_ISSUE = "#"
# Of one series all of these count the issues.
_ISSUES = frozenset(
    """bulletin digest edition episode issue newsletter no nr number num numero weekly
    ausgabe folge nummer newsletters edicion edizione aflevering zpravodaj""".split()
)
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
    for thing in sorted(ours.keys() & theirs.keys()):
        if not ours[thing] & theirs[thing] and not (
            thing == _ISSUE and ours[thing] & numbers(title)
        ):
            return _told(thing, ours[thing]), _told(thing, theirs[thing])
    return None


def numbers_differ(one: str, other: str) -> bool:
    """Do both have numbers, none of them in common? A year differs only from years."""
    ours, theirs = numbers(one), numbers(other)
    return not ours & theirs and any(
        is_year(mine) == is_year(yours) for mine in ours for yours in theirs
    )


def holds_number(address: str, meant: str) -> bool:
    """Does an address end a run of digits with a number of the link (`#eclair-v0-10-0`)?"""
    runs = [f"-{_SEPARATORS.sub('-', run)}" for run in _RUN.findall(address)]
    spelt = [_SEPARATORS.sub("-", number) for number in numbers(meant) if not is_year(number)]
    return any(_ends_with(run, number) for number in spelt for run in runs)


def _ends_with(run: str, number: str) -> bool:
    """Is `number` the last of the run but for zeros in front and noughts behind (`-0-10-0`)?"""
    while True:
        if run.endswith(number) and run.removesuffix(number).rstrip("0").endswith("-"):
            return True
        rest, _, last = run.rpartition("-")
        if not rest or last.strip("0"):
            return False
        run = rest


def is_year(number: str) -> bool:
    """Is it a year of our time, as far as its looks tell?"""
    return number.isdecimal() and len(number) == 4 and number.startswith(("19", "20"))


def _counted(text: str) -> Mapping[str, set[str]]:
    """The numbers of a title by the word in front of them; months and years by themselves."""
    found: defaultdict[str, set[str]] = defaultdict(set)
    found[_ISSUE].update(number.lstrip("0") for number in _MARKED.findall(text[:MOST_TITLE]))
    for before, word in pairwise(("", *words(text))):
        if word in _MONTH:
            found["month"].add(_MONTH[word])
        elif is_number(word) and is_year(word):
            found["year"].add(word)
        elif before in _MONTH:
            continue  # a day of the month; the same page may tell of several
        elif is_number(word) and not is_number(before) and weight(before) >= _TELLING:
            found[_ISSUE if before in _ISSUES else before].add(word)
    return {thing: these for thing, these in found.items() if these}


def _told(thing: str, these: set[str]) -> str:
    named = " and ".join(sorted(these))
    if thing == _ISSUE:
        return f"#{named}"
    return named if thing in {"month", "year"} else f"{thing} {named}"
