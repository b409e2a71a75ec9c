"""An address taken apart into the words that may tell whether opening it acts."""

import re
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from urllib.parse import parse_qsl, unquote, urlsplit

from sendguard.visit.acting_words import folded

_MOST_ENCODINGS = 4

_LONGEST_NAME = 300
_SHORTEST_SECRET = 8
_FIRST_STEPS = 32
_MOST_STEPS = 2 * _FIRST_STEPS
"""Segments of a path, or parameters, that are looked at."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Parts:
    """An address taken apart.

    Attributes:
        host: In lower case.
        segments: Of the path, without their encodings, as they are written.
        words: The single words of each segment, folded.
        query: Names and values, without their encodings and without what only counts visitors.
        is_article: One of the segments is a headline: `how-to-vote-in-ohio`.
    """

    host: str
    segments: tuple[str, ...]
    words: tuple[tuple[str, ...], ...]
    query: tuple[tuple[str, str], ...]
    is_article: bool


@lru_cache(4096)
def taken_apart(address: str) -> Parts:
    """The parts of an address that parses."""
    split = urlsplit(address)
    steps = _both_ends([part for part in decoded(split.path).split("/") if part])
    segments = tuple(_BEHIND_STEP.split(step)[0] for step in steps)
    behind = [pair for step in steps for pair in _pairs_of(step)]
    pairs = "&".join(_both_ends([*behind, *_BETWEEN_PAIRS.split(split.query)]))
    parsed = parse_qsl(pairs, keep_blank_values=True, errors="replace", separator="&")
    query = [(_NUMBERED.sub("", decoded(name)), decoded(value)) for name, value in parsed]
    return Parts(
        host=(split.hostname or "").lower(),
        segments=segments,
        words=tuple(words_of(segment) for segment in segments),
        query=tuple((name, value) for name, value in query if not _TRACKING.match(name)),
        is_article=any(_is_slug(segment) for segment in segments),
    )


def _pairs_of(step: str) -> list[str]:
    """Parameters that stand in a path: `/x;action=leave`, `/leave=1`, `/x%3Faction=leave`."""
    first, *behind = _BEHIND_STEP.split(step)
    name, _, value = first.partition("=")
    return [first, *behind] if name and value.strip("=") else behind


def _both_ends(steps: list[str]) -> list[str]:
    """The first and the last of very many: each may be held against each other."""
    return steps if len(steps) <= _MOST_STEPS else [*steps[:_FIRST_STEPS], *steps[-_FIRST_STEPS:]]


def decoded(text: str) -> str:
    """Without any of its encodings: whoever answers may undo one more than we would."""
    for _ in range(_MOST_ENCODINGS):
        if "%" not in text:
            break
        text = unquote(text)
    return text


def words_of(segment: str) -> tuple[str, ...]:
    """Its single words, folded, without the ending of a file; itself where that is no name."""
    if len(segment) > _LONGEST_NAME:
        return (segment,)
    stem = _EXTENSION.sub("", segment)
    return tuple(folded(word) for word in _BETWEEN_WORDS.split(stem) if word)


def is_token(value: str) -> bool:
    """True for what could stand for one person or message: an id, a hash, a mail address."""
    return bool(_TOKEN.fullmatch(value)) and not _is_slug(value)


def is_personal(value: str) -> bool:
    """As `is_token`, but no mere number: `answer/6283677` is a page for everyone."""
    return is_token(value) and not value.isdigit()


def is_opaque(value: str) -> bool:
    """Nobody would write it: letters, digits and cases change all the time, or a mail address."""
    if "@" in value or _UUID.fullmatch(value):
        return True
    return len(value) >= _SHORTEST_SECRET and value.isalnum() and _changes(value) >= len(value) / 4


def _changes(value: str) -> int:
    """How often a digit follows a letter, a letter a digit, or a capital a small letter."""
    return sum(
        one.isdigit() != two.isdigit() or (one.islower() and two.isupper())
        for one, two in pairwise(value[:_LONGEST_NAME])
    )


def is_number(value: str) -> bool:
    """A number that is no year, or one of a few answers."""
    return bool(_NUMBER.fullmatch(value))


def _is_slug(segment: str) -> bool:
    words = [word for word in _SLUG_GAP.split(_EXTENSION.sub("", segment)) if word]
    return len([word for word in words if word.isalpha() and len(word) > 1]) >= 3


_TRACKING = re.compile(
    r"(?:utm_.*|mc_[ce]id|fbclid|gclid|msclkid|_hs\w+|mkt_tok|ck_subscriber_id|vero_\w+|oly_\w+"
    r"|ref|source|src|cmp|cmpid|lang|hl)$",
    re.IGNORECASE,
)
_EXTENSION = re.compile(
    r"\.(?:php\d?|[psx]?html?|a[sx]hx|axd|aspx?|jspx?|json|xml|p[ly]|rb|do|cgi|action|cfm)$",
    re.IGNORECASE,
)
# All of ASCII that is no letter or digit.
_BETWEEN_WORDS = re.compile(r"[-_.~+!:;,\s/?&=()\[\]{}<>$@*|'\"#%^`\\]+|(?<=[a-z])(?=[A-Z])")
_BEHIND_STEP = re.compile(r"[;?]|&(?=\w{1,40}=)")
_BETWEEN_PAIRS = re.compile(r"&(?:amp;)?|;")
_NUMBERED = re.compile(r"\[\d{0,9}\]$")
_SLUG_GAP = re.compile(r"[-_+\s]+")
_NUMBER = re.compile(r"(?!(?:19|20)\d\d$)\d{1,9}|yes|no|maybe|up|down", re.IGNORECASE)
_UUID = re.compile(r"[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}", re.IGNORECASE)
_TOKEN = re.compile(
    r"[^@\s]+@[^@\s]+\.[a-z]+"  # a mail address
    r"|(?=[\w.~+/=-]*\d)(?=[\w.~+/=-]*[a-z])[\w.~+/=-]{6,}"  # letters and digits mixed
    r"|\d{5,}"
    r"|[\w.~+/=-]{20,}",
    re.IGNORECASE,
)
