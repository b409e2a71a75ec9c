"""Two titles held against each other: how likely do they name the same article?"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz import fuzz

from sendguard.judge.numbering import contradiction, holds_number, is_year, numbers_differ
from sendguard.judge.titles import (
    MOST_TITLE,
    numbers,
    series,
    split_title,
    subject,
    telling,
    weight,
    words,
)

# An editor adds to a title ("My experience …") or cuts it ("… for beginners") far more often than
# puts other words in: what one of the two holds whole is like, whatever the other says more.
_WHOLE, _HELD = 0.95, 0.75
_FEW = 3  # telling words; of so short a title a single shared one may be half
_FEW_SHARED, _PERHAPS = 0.42, 0.53
_SAME_WORD = 85  # percent; "organise" and "organize", a typing error
_STEM = 4
_MOST_SPELT = 30  # words that are looked at letter by letter; no title has more that tell
_ENDINGS = frozenset(
    """
    age al ally ance ation ations d e ed ely ement ements en er ers es et ful ic ical ies ing ings
    ion ions ism ist ity ive ize izing less ly ment ments n ng on ons or ors ous r rs s t th ty
    y em ens ung ungen
    """.split()
) | {""}
_SEQUEL = frozenset("better continued edition followup follow redux revisited still".split())
_ANOTHER_NUMBER = 0.3
_SEQUEL_OF_IT, _ONE_REPLACED = 0.5, 0.45
_SAME_BUT_ONE = 4  # words; of fewer, one is too much of the whole
_SAME_SUBJECT = 0.66
_NEARLY_EQUAL = 0.9
_TELLING = 0.5
_LONG_WORD = 6  # letters; shorter ones stand by chance in many an address

Words = tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Pair:
    """Words of a link and of a title to hold against each other.

    Attributes:
        ours: Of the link.
        theirs: Of the page.
        of_series: Both opened with the name of one series, which is left out.
        whole: The title is not cut.
    """

    ours: Words
    theirs: Words
    of_series: bool = False
    whole: bool = False


@dataclass(frozen=True, slots=True)
class Likeness:
    """How alike two titles are.

    Attributes:
        score: 0 to 1.
        why: What parts them, for a person; empty where nothing is decisive.
    """

    score: float
    why: str = ""


def liken(
    meant: str,
    titles: Sequence[str],
    slugs: Sequence[str] = (),
    *,
    names: Words = (),
) -> Likeness:
    """How alike the words of a link and what a page calls itself are.

    Args:
        meant: The words of the link.
        titles: Every title that the page has; at least one.
        slugs: The telling parts of its addresses, as they stand there.
        names: What its site is called.
    """
    meant, slugs = meant[:MOST_TITLE], [slug[:MOST_TITLE] for slug in slugs]
    if any(title.strip() == meant.strip() for title in titles):
        return Likeness(1.0)
    best = _by_words(meant, titles, slugs, names)
    least = _surely_alike(meant, titles)
    if least > _SAME_SUBJECT or any(holds_number(slug, meant) for slug in slugs):
        return Likeness(max(best, least, _SAME_SUBJECT))
    most, why = _surely_apart(meant, titles, names, best)
    return Likeness(min(best, most), why) if why else Likeness(max(best, least))


def _by_words(meant: str, titles: Sequence[str], slugs: Sequence[str], names: Words) -> float:
    pairs = (pair for title in titles for pair in _pairings(meant, title, names))
    alike = max((_alike(pair) for pair in pairs), default=0.0)
    site = _site(names)
    spelt = max((_as_spelt(words(meant), slug, site) for slug in slugs), default=0.0)
    named = any(_only_spelt(words(meant), slug, titles) for slug in slugs)
    return max(alike, spelt, _PERHAPS if named else 0.0)


def _surely_alike(meant: str, titles: Sequence[str]) -> float:
    """How alike they are at least: one is the other cut off, or both are about one thing."""
    if any(_is_cut_off(meant, title) or _is_cut_off(title, meant) for title in titles):
        return _NEARLY_EQUAL
    return _SAME_SUBJECT if any(_share_subject(meant, title) for title in titles) else 0.0


def _surely_apart(
    meant: str, titles: Sequence[str], names: Words, best: float
) -> tuple[float, str]:
    """How alike they are at most, and what parts them; nothing where nothing does."""
    whole = " / ".join(titles)
    if differ := contradiction(meant, whole):
        return _ANOTHER_NUMBER, f"{differ[1]} instead of {differ[0]}"
    if numbers_differ(meant, whole):
        return _ANOTHER_NUMBER, "its numbers are others"
    parts = (part for title in titles for part in split_title(title, names))
    if replaced := next(filter(None, (_one_replaced(meant, part) for part in parts)), None):
        return _ONE_REPLACED, f"“{replaced[1]}” instead of “{replaced[0]}”"
    if best > _SEQUEL_OF_IT and (word := _sequel(meant, whole)):
        return _SEQUEL_OF_IT, f"“{word}” is only in one of the two"
    return 1.0, ""


def _is_cut_off(one: str, other: str) -> bool:
    """Does a title that ends in dots say no more than the beginning of the other one?"""
    cut = one.rstrip()
    if not cut.endswith(("…", "...")):
        return False
    ours, theirs = words(cut), words(other)
    begins = ours[:-1] == theirs[: len(ours) - 1]
    return len(ours) > _FEW and begins and " ".join(theirs).startswith(" ".join(ours))


def same_word(one: str, other: str) -> bool:
    """Equal but for an ending (“testing”, “tests”) or a typing error."""
    if one == other:
        return True
    if not (_can_vary(one) and _can_vary(other)):
        return False
    if one[:_STEM] == other[:_STEM]:
        stem = _common_start(one, other)
        if {one[stem:], other[stem:]} <= _ENDINGS:
            return True
    long = min(len(one), len(other)) > _STEM
    return long and bool(fuzz.ratio(one, other, score_cutoff=_SAME_WORD))


def share_a_word(one: str, other: str) -> bool:
    """Have two texts a telling word in common?"""
    ours, theirs = telling(words(one)), telling(words(other))
    return any(same_word(mine, yours) for mine in ours for yours in theirs)


def share(these: Words, others: Words) -> float:
    """The share of the weight of these words that stands among the others, 0 to 1."""
    there = _There.of(others)
    weights = {word: weight(word) for word in these}
    found = sum(weights[word] for word in weights if there.has(word))
    return found / total if (total := sum(weights.values())) else 0.0


def _pairings(meant: str, title: str, names: Words) -> Iterator[_Pair]:
    """The words to compare: with each part of the title that may stand for it all.

    Parts of one series ("Writing an OS: Testing") are told apart by what is behind its name.
    """
    site = _site(names)
    for number, part in enumerate(split_title(title, names)):
        shared = series(meant, part)
        ours, theirs = (_without(site, words(text)) for text in shared or (meant, part))
        if ours and theirs and (number == 0 or _count(theirs) > 1):
            whole = number == 0
            yield _Pair(ours=ours, theirs=theirs, of_series=shared is not None, whole=whole)


@lru_cache(256)
def _site(names: Words) -> frozenset[str]:
    return frozenset(word for name in names for word in words(name))


def _count(these: Words) -> int:
    return len(telling(these))


def _without(site: frozenset[str], these: Words) -> Words:
    """The words without the site's own name, which all of its pages share."""
    rest = tuple(word for word in these if word not in site)
    return rest if _count(rest) else these


def _alike(pair: _Pair) -> float:
    one, other = share(pair.ours, pair.theirs), share(pair.theirs, pair.ours)
    if pair.of_series and min(_count(pair.ours), _count(pair.theirs)) < _FEW:
        return min(one, other)
    held = _HELD if max(one, other) >= _WHOLE else 0.5
    alike = held * max(one, other) + (1 - held) * min(one, other)
    short = (_count(pair.theirs) <= _FEW and other, _count(pair.ours) <= 1 and one)
    if pair.whole and max(short) >= _FEW_SHARED:
        alike = max(alike, _PERHAPS)
    whole = fuzz.ratio(" ".join(pair.ours), " ".join(pair.theirs)) / 100
    return max(alike, whole if whole >= _NEARLY_EQUAL else 0.0)


def _as_spelt(ours: Words, slug: str, site: frozenset[str]) -> float:
    """The same for an address; one written in one word is searched for the link's long words."""
    theirs = words(slug.replace("-", " "))
    if _count(theirs) > 1:
        pair = _Pair(ours=_without(site, ours), theirs=_without(site, theirs))
        return _alike(pair)
    long = tuple(word for word in ours if len(word) >= _LONG_WORD and word in slug.lower())
    return max(share(ours, long), _PERHAPS) if long else 0.0


def _only_spelt(ours: Words, slug: str, titles: Sequence[str]) -> bool:
    """Does an address share two telling words with the link that no title has?"""
    told = {word for title in titles for word in words(title)}
    spelt = words(slug.replace("-", " "))
    return sum(weight(word) > _TELLING and word not in told for word in spelt if word in ours) > 1


@dataclass(frozen=True, slots=True)
class _There:
    """The words of the other side, to look for one among them."""

    words: frozenset[str]
    varying: Words
    initials: str

    @classmethod
    def of(cls, others: Words) -> "_There":
        varying = tuple(filter(_can_vary, dict.fromkeys(others)))[:_MOST_SPELT]
        return cls(frozenset(others), varying, "".join(word[0] for word in others))

    def has(self, word: str) -> bool:
        if word in self.words or any(same_word(word, other) for other in self.varying):
            return True
        return len(word) > 2 and word in self.initials  # PIP, performance improvement plan


def _can_vary(word: str) -> bool:
    return len(word) >= _STEM and word.isalpha()


def _common_start(one: str, other: str) -> int:
    pairs = zip(one, other, strict=False)
    return next((at for at, (a, b) in enumerate(pairs) if a != b), min(len(one), len(other)))


def _sequel(meant: str, title: str) -> str | None:
    """A word that tells a sequel from what it follows, where only one of the two has it."""
    ours, theirs = (words(text) for text in (meant, title))
    only = _SEQUEL.intersection(ours) ^ _SEQUEL.intersection(theirs)
    shortened = {"edition"} if "ed" in ours + theirs else set()
    return next(iter(sorted(only - shortened)), None)


def _one_replaced(meant: str, title: str) -> tuple[str, str] | None:
    """“How Bergen saved its trams” and “How Lyon saved its trams”: the two words that differ."""
    ours, theirs = words(meant), words(title)
    if len(ours) < _SAME_BUT_ONE or len(ours) != len(theirs):
        return None
    pairs = zip(ours, theirs, strict=True)
    differ = [pair for pair in pairs if pair[0] != pair[1] and not same_word(*pair)]
    return differ[0] if len(differ) == 1 and _are_names(*differ[0]) else None


def _are_names(one: str, other: str) -> bool:
    """Are both telling words, and neither the other one cut off?"""
    both = (one, other)
    telling = all(word.isalpha() and len(word) > 2 and weight(word) > _TELLING for word in both)
    return telling and not one.startswith(other) and not other.startswith(one)


def _share_subject(meant: str, title: str) -> bool:
    """Is the page about what the link names first, or about the very number it names?"""
    name = words(subject(meant))
    telling = any(weight(word) > _TELLING for word in name)
    if telling and not subject(title) and share(name, words(title)) > 0.8:
        return True
    return any(len(one) > 2 and not is_year(one) for one in numbers(meant) & numbers(title))
