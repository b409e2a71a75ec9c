"""Titles cut into words that can be compared: one spelling, common words weighed down."""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator
from functools import cache, lru_cache

MOST_TITLE = 400
"""Characters of a title that are compared; more never tells two articles apart."""

_WORD = re.compile(r"\d+(?:[.,]\d+)+|\w+(?:['’]\w{1,2}\b)?(?:\+\+|#)?")
_SEPARATORS = re.compile(r"\s+[|\-–—·•»«:/~‹›⋅]+\s+|\s*[|»«·•]\s*")
_SUBJECT = re.compile(r"(.{2,60}?)(?::\s|\s[-–—|]\s|\s[(\[])")
_FILLER = re.compile("[\u00ad\u034f\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff]")
_FIRST_ZEROS = re.compile(r"^0+(?=\d)")
_TELLING = 0.5
_LAST_ZEROS = re.compile(r"(?:\.0+)+$")
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z][a-z])")
_HIRAGANA = re.compile("[\u3041-\u309f]+")  # grammar, as a rule: "is", "of", "was held"
_ROMAN = {"ii": "2", "iii": "3", "iv": "4", "vi": "6", "vii": "7", "viii": "8"}
_NUMBERED = frozenset(
    {"part", "pt", "chapter", "vol", "volume", "episode", "teil", "partie", "parte", "deel"}
)
_SPELT = {
    "one": "1",
    "two": "2",
    "three": "3",
    "four": "4",
    "five": "5",
    "six": "6",
    "seven": "7",
    "i": "1",
    "v": "5",
    "x": "10",
}
_LETTER_NUMBER = re.compile(r"(?<=\w )(?:I|V|X)(?=[:.)\]]|\s[-–—]|$)")
_LETTER_NUMBERS = {"I": "1", "V": "5", "X": "10"}
_VERSION_MARK = re.compile(r"\bv(?=\d)", re.IGNORECASE)
_GLUED_YEAR = re.compile(r"(?<=[^\W\d]{3})(?=(?:19|20)\d\d(?!\d))")
# Said of nearly anything that is published.
_WEAK = frozenset(
    """
    announced announcement announces announcing api article best blog build building code create
    creating doc docs documentation easy example examples first get getting good great guide intro
    introducing introduction make making my new next notes now official page part post really
    reference release released releases series simple thoughts toward towards tutorial
    understanding update updated updates use used using via video write writing
    """.split()
)
_COMMON = frozenset(
    """
    a an the of and or to in on for with from by at as is are be was were it its this that these
    those you your we our i my how what why when where who which not no do does can will new now
    about into up out all more than but if so just der die das ein eine und oder von zu im in am
    an auf fur mit aus bei als ist sind sie wir wie was warum den dem des le la les un une des de
    du et ou a au aux en dans sur pour avec par est sont ce cette que qui vous nous votre notre el
    los las una uno y o del al por para con es son que como su sus mas lo il gli uno e di da nel
    per che come sono o os as um uma no na e do da em por com se het een van voor met op te zijn
    ett och att som pa av for med till some vs versus
    """.split()
)


@lru_cache(maxsize=4_096)
def split_title(title: str, names: tuple[str, ...] = ()) -> tuple[str, ...]:
    """The title, and what is left of it without a site's name behind or in front.

    Args:
        title: As a page gives it.
        names: What the site is called; such a part alone is never returned.
    """
    whole = title[:MOST_TITLE]
    cuts = [found.span() for found in _SEPARATORS.finditer(whole)]
    parts = [whole]
    if cuts:
        parts += [whole[: cuts[-1][0]], whole[cuts[0][1] :]]
        parts += [whole[: cuts[0][0]]] if len(cuts) > 1 else []
    site = {" ".join(words(name)) for name in names}
    fit = tuple(part for part in parts if part.strip() and " ".join(words(part)) not in site)
    return tuple(dict.fromkeys(fit)) or (whole,)


@lru_cache(maxsize=20_000)
def words(text: str) -> tuple[str, ...]:
    """The words of a text in one spelling: no case, accents, or punctuation; numerals as digits.

    Scripts that are written without spaces are cut into pairs of characters.
    """
    return tuple(_spelt(_cut(_plain(text[: 4 * MOST_TITLE]))))


def subject(title: str) -> str:
    """What a title opens with and then says more of ("nom 5.0: faster parsers"); may be empty."""
    opening = _SUBJECT.match(title[:MOST_TITLE])
    return opening[1] if opening else ""


def series(one: str, other: str) -> tuple[str, str] | None:
    """What stands behind the name that two titles open with; None where they share none."""
    ours, theirs = (_SUBJECT.match(title[:MOST_TITLE]) for title in (one, other))
    if not ours or not theirs or words(ours[1]) != words(theirs[1]):
        return None
    return one[ours.end() :], other[theirs.end() :]


@lru_cache(maxsize=50_000)
def weight(word: str) -> float:
    """How much a word tells: common words little, numbers and long words most."""
    if word in _COMMON:
        return 0.15
    if word in _WEAK:
        return 0.4
    if any(map(str.isdigit, word)):
        return 1.2
    if _HIRAGANA.fullmatch(word):
        return 0.2
    return min(0.5 + len(word) / 8, 1.5)


def telling(these: Iterable[str]) -> tuple[str, ...]:
    """Those of the words that tell one title from another."""
    return tuple(word for word in these if weight(word) > _TELLING)


@lru_cache(maxsize=4_096)
def numbers(text: str) -> frozenset[str]:
    """The numbers that tell one issue, part, version or year from another."""
    return frozenset(word for word in words(text) if is_number(word))


def scripts(text: str) -> frozenset[str]:
    """The scripts of its letters: `LATIN`, `CJK`, `CYRILLIC`…; a single letter counts for none."""
    if text.isascii():
        return _LATIN if sum(map(str.isalpha, text[:MOST_TITLE])) > 1 else frozenset()
    found = Counter(_script(letter) for letter in text[:MOST_TITLE] if letter.isalpha())
    return frozenset(name for name, letters in found.items() if letters > 1)


_LATIN = frozenset({"LATIN"})


@lru_cache(maxsize=4096)
def _script(letter: str) -> str:
    name = unicodedata.name(letter, "OTHER").partition(" ")[0]
    return "CJK" if name in {"CJK", "HIRAGANA", "KATAKANA", "HANGUL"} else name


def is_number(word: str) -> bool:
    """Is a word of `words` a number?"""
    return not word[:1].isalpha() and all(sign.isdigit() or sign in ".," for sign in word)


def _plain(text: str) -> str:
    counted = _LETTER_NUMBER.sub(lambda found: _LETTER_NUMBERS[found[0]], _FILLER.sub("", text))
    parted = _CAMEL.sub(" ", _GLUED_YEAR.sub(" ", _VERSION_MARK.sub("", counted)))
    shown = parted.replace("&", " and ").replace("’", "'")
    letters = unicodedata.normalize("NFKD", shown.casefold())
    bare = "".join(letter for letter in letters if not unicodedata.combining(letter))
    return unicodedata.normalize("NFKC", bare).replace("_", " ")


def _cut(text: str) -> Iterator[str]:
    for word in _WORD.findall(text):
        if word.isascii() or not _wide().search(word):
            yield _short(word) if is_number(word) else word.replace("'s", "").replace("'", "")
            continue
        wide = _wide().pattern
        for piece in re.findall(f"{wide}|[^\\W]+?(?={wide}|$)", word):
            yield from _pairs(piece) if _wide().match(piece) else (piece,)


@cache
def _wide() -> re.Pattern[str]:
    """Scripts without spaces; made when one is met, because so wide a class takes a while."""
    return re.compile("[\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff\u0e00-\u0e7f]+")


def _short(number: str) -> str:
    """A number without the zeros that tell nothing: 5.0 is 5, and 07 is 7."""
    return _LAST_ZEROS.sub("", _FIRST_ZEROS.sub("", number))


def _pairs(text: str) -> list[str]:
    return [text[at : at + 2] for at in range(max(len(text) - 1, 1))]


def _spelt(found: Iterable[str]) -> Iterator[str]:
    before = ""
    for word in found:
        roman = _ROMAN.get(word, word) if before else word  # "I" that opens a title is a person
        yield _SPELT.get(roman, roman) if before in _NUMBERED else roman
        before = word
