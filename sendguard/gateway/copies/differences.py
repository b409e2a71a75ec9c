"""Where two runs of text differ, by words."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

MOST_WORDS = 8
MOST_LETTERS = 100
MOST_PLACES = 20
MOST_NAMES = 5
GREETED = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """One place in a run of text where two copies differ.

    Attributes:
        ours, theirs: The words of each there; either may be empty, not both.
        at: How many of our words stand in front of it.
        is_all: The runs have nothing in common.
        is_greeted: Names that a greeting ends with: "Dear Anna,".
        is_call: Somebody is called by his name there, with a comma behind it or in front.
        is_opening: The call opens the run, or a greeting and he are all of it.
    """

    ours: tuple[str, ...]
    theirs: tuple[str, ...]
    at: int = 0
    is_all: bool = False
    is_greeted: bool = False
    is_call: bool = False
    is_opening: bool = False

    @property
    def is_short(self) -> bool:
        """Is it a name, a number or a place rather than another text?"""
        return all(
            len(words) <= MOST_WORDS and sum(map(len, words)) + len(words) <= MOST_LETTERS
            for words in (self.ours, self.theirs)
        )


def differences(ours: Sequence[str], theirs: Sequence[str]) -> tuple[Difference, ...] | None:
    """Where they differ, in order; None where that is in too many places, or too much.

    The work is bounded by the number of words, however much they differ.
    """
    found: list[Difference] = []
    at = over = same = 0
    while at < len(ours) or over < len(theirs):
        if at < len(ours) and over < len(theirs) and ours[at] == theirs[over]:
            at, over, same = at + 1, over + 1, same + 1
            continue
        step = _next_same(ours[at : at + _AHEAD], theirs[over : over + _AHEAD])
        if step is None or len(found) == MOST_PLACES:
            return None
        found.append(_difference(ours, theirs, (at, at + step[0]), (over, over + step[1])))
        at, over = at + step[0], over + step[1]
    if not same and len(found) == 1:
        only = found[0]
        return (
            Difference(
                ours=only.ours,
                theirs=only.theirs,
                is_all=True,
                is_greeted=only.is_greeted,
                is_call=False,
            ),
        )
    return tuple(found)


def _next_same(ours: Sequence[str], theirs: Sequence[str]) -> tuple[int, int] | None:
    """How many words on both sides go together again; None where they do not, soon enough.

    One word alone may be the same by chance, so two are asked for where there are two.
    """
    ends = len(ours) < _AHEAD and len(theirs) < _AHEAD
    for total in range(1, len(ours) + len(theirs) + 1):
        for step in range(max(0, total - len(theirs)), min(total, len(ours)) + 1):
            over = total - step
            if step == len(ours) and over == len(theirs):
                return (step, over) if ends else None
            if step > MOST_WORDS or over > MOST_WORDS:
                continue
            if ours[step : step + 2] == theirs[over : over + 2] and step < len(ours):
                return step, over
    return None


def _difference(
    ours: Sequence[str], theirs: Sequence[str], span: tuple[int, int], other: tuple[int, int]
) -> Difference:
    here, there = tuple(ours[slice(*span)]), tuple(theirs[slice(*other)])
    names = all(may_be_names(words) for words in (here, there))
    first = ours[0] if ours else ""
    ends = span[1] == len(ours) and other[1] == len(theirs)
    stopped = all(words and words[-1][-1] in ",!" for words in (here, there))
    opening = not span[0] and stopped
    called = opening or (ends and span[0] > 0 and ours[span[0] - 1].endswith(","))
    behind = 0 < span[0] <= GREETED and bool(_GREETING.match(first))
    greeted = stopped and behind
    return Difference(
        ours=here,
        theirs=there,
        at=span[0],
        is_greeted=names and greeted,
        is_call=names and (called or greeted),
        is_opening=names and (opening or (behind and span[0] == 1 and ends)),
    )


def may_be_names(words: Sequence[str]) -> bool:
    """A few words, each with a capital where their script has such, but for a `von`."""
    if not 0 < len(words) <= MOST_NAMES or any(c.isdigit() for word in words for c in word):
        return False
    first, *others = words
    return _is_capital(first) and (not others or _is_capital(others[-1]))


def _is_capital(word: str) -> bool:
    letters = [letter for letter in word if letter.isalpha()]
    return bool(letters) and not letters[0].islower()


_AHEAD = MOST_WORDS + 3
_GREETING = re.compile(
    r"(?:dear|hi|hello|hey|hiya|welcome|greetings|good|hallo|liebe[rs]?|guten|sehr|servus"
    r"|moin|grüezi|bonjour|bonsoir|cher|chère|chers|salut|hola|estimad[oa]|querid[oa]|buen[oa]s"
    r"|ciao|car[oa]|gentile|buongiorno|olá|oi|prezad[oa]|car[oa]|bom|beste|geachte|hoi|goede"
    r"|hej|hei|kära|kære|kjære|hyvä|witaj|cześć|drog[ia]|dzień|szanown[ya]|ahoj|milý|milá|vážen[ýá]"
    r"|dobrý|kedves|tisztelt|szia|dragă|bună|stimate|merhaba|sayın|sevgili|здравствуйте|привет"
    r"|уважаем\w*|дорог\w*|γεια|αγαπητ\w*|shalom)\b",
    re.IGNORECASE,
)
