"""What two copies of one campaign may say otherwise: what is their readers' own."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import compress, count, islice
from operator import ne

from sendguard.gateway.copies.boxes import words_of_boxes
from sendguard.gateway.copies.differences import Difference, differences
from sendguard.gateway.stream import Copy
from sendguard.visit.tokens import LONG, is_token

MOST_DIFFERENT = 200
"""Runs of text that may differ."""

Pair = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Apart:
    """A text that tells what links mean, and where it differs in more than the readers' own.

    Attributes:
        at: Its place among the texts.
        every: What differs there, in order.
    """

    at: int
    every: tuple[Difference, ...]


def agree_in_texts(copy: Copy, first: Copy) -> bool:
    """Whether what differs in texts is no more than readers' own; they have equally many."""
    return apart_in_meaning(copy, first) == ()


@lru_cache(4)  # who asks whether it is nothing asks next what it is
def apart_in_meaning(copy: Copy, first: Copy) -> tuple[Apart, ...] | None:
    """The texts, of those that tell what links mean, that keep two copies from being of one.

    Returns:
        None where any other text does, or too much is different.
    """
    if copy.texts == first.texts:
        return ()
    is_other = map(ne, copy.texts, first.texts)  # of a large newsletter there are many
    differing = [*islice(compress(count(), is_other), MOST_DIFFERENT + 1)]
    if len(differing) > MOST_DIFFERENT:
        return None
    pairs = ((at, copy.texts[at].split(), first.texts[at].split()) for at in differing)
    found = [(at, differences(one, other)) for at, one, other in pairs]
    told = [(at, every) for at, every in found if every is not None]
    if len(told) < len(found) or _is_too_much(copy, told):
        return None
    meaning = {*copy.meaning, *first.meaning}
    elsewhere = [one for at, every in told if at not in meaning for one in every]
    if not all(_may_differ(one, copy.own, first.own) for one in elsewhere):
        return None
    greetings = [one for one in elsewhere if one.is_greeted]
    whose = _Whose.of(copy, greetings, 0), _Whose.of(first, greetings, 1)
    called = {_cores(one.ours, one.theirs) for one in greetings}
    return tuple(
        Apart(at, _left(every, whose))
        for at, every in told
        if at in meaning
        and not _means_the_same(
            (copy.texts[at], first.texts[at]), every, whose, called, is_subject=at == 0
        )
    )


def _left(every: tuple[Difference, ...], whose: "tuple[_Whose, _Whose]") -> tuple[Difference, ...]:
    """What is not the readers' own, as far as they are known."""
    ours, theirs = whose
    return (
        tuple(
            one
            for one in every
            if ours.without(one.ours, vouchers=False) or theirs.without(one.theirs, vouchers=False)
        )
        or every
    )


def _is_too_much(copy: Copy, told: Iterable[tuple[int, Sequence[Difference]]]) -> bool:
    changed = sum(max(len(one.ours), len(one.theirs)) for _, every in told for one in every)
    if changed <= _FEW:
        return False
    return changed > sum(text.count(" ") + 1 for text in copy.texts if text) // 3


def _may_differ(one: Difference, own: frozenset[str], other_own: frozenset[str]) -> bool:
    """A few words in a text; none of them an address, which mail programs make a link of."""
    if not one.is_short or (one.is_all and min(len(one.ours), len(one.theirs)) > _WHOLE):
        return False
    return not (shows_address(one.ours, own) or shows_address(one.theirs, other_own))


def shows_address(words: Iterable[str], own: frozenset[str] = frozenset()) -> bool:
    """Whether one of them is an address, but for the reader's own."""
    return any(_ADDRESS.search(word) and core(word) not in own for word in words)


@dataclass(frozen=True, slots=True)
class _Whose:
    """By which words a reader is known, so that they may stand in a headline."""

    own: frozenset[str]

    @classmethod
    def of(cls, copy: Copy, greetings: Iterable[Difference], side: int) -> "_Whose":
        """Those of the name in `To`; those of his address where he is greeted so."""
        called = {
            part
            for one in greetings
            for word in (one.ours, one.theirs)[side]
            for part in _PART.findall(core(word))
        }
        return cls(copy.own | (words_of_boxes(copy) & called))

    def without(self, words: Iterable[str], *, vouchers: bool) -> list[str]:
        """What is not his."""
        return [
            one
            for one in map(core, words)
            if one and not self.is_his(one) and not (vouchers and _VOUCHER.fullmatch(one))
        ]

    def is_his(self, word: str) -> bool:
        """Whether a word is one of them, or put together of them."""
        parts = _PART.findall(word)
        if word not in self.own and any(part not in self.own or part.isdigit() for part in parts):
            return False
        return any(len(part) > 1 and not part.isdigit() for part in parts)


def _means_the_same(
    texts: Pair,
    every: Sequence[Difference],
    whose: tuple[_Whose, _Whose],
    called: set[Pair],
    *,
    is_subject: bool,
) -> bool:
    """What differs is both readers' own: known from the envelope, or from a greeting."""
    vouchers = all(map(_OF_VOUCHERS.search, texts))
    left = [
        one.without(text.split(), vouchers=vouchers) for one, text in zip(whose, texts, strict=True)
    ]
    return left[0] == left[1] or all(
        (one.is_call and _cores(one.ours, one.theirs) in called)
        or (is_subject and one.is_opening)
        or _are_long_tokens(one)
        for one in every
    )


def _are_long_tokens(one: Difference) -> bool:
    words = [core(word) for word in (*one.ours, *one.theirs)]
    return len(one.ours) == len(one.theirs) and all(len(w) >= LONG and is_token(w) for w in words)


def _cores(ours: Sequence[str], theirs: Sequence[str]) -> Pair:
    return " ".join(map(core, ours)), " ".join(map(core, theirs))


def core(word: str) -> str:
    """A word without the marks around it, and without the s of a genitive."""
    bare = word.lower().strip(_MARKS)
    return bare[:-2] if bare.endswith(("'s", "’s")) else bare


_FEW = 16
_WHOLE = 4
_MARKS = "&.,;:!?()[]{}<>\"'“”„‘’«»…*-–—"
_OF_VOUCHERS = re.compile(r"\b(?:code|coupon|voucher|gutschein|promo|rabatt|use)", re.IGNORECASE)
_VOUCHER = re.compile(r"(?=[^\d]*\d)(?=[\d-]*[a-z])[a-z0-9-]{5,40}")
_PART = re.compile(r"[^\W_]+")
_ADDRESS = re.compile(r"://|^www\.|@|\w\.[a-z]{2,}/", re.IGNORECASE)
