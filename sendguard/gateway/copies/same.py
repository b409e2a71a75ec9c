"""Whether two messages are copies of one campaign."""

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sendguard.gateway.copies.differences import Difference, differences
from sendguard.gateway.copies.reader import HIS_BOX, words_of_box
from sendguard.gateway.copies.skeleton import OWN
from sendguard.gateway.stream import Copy, Stream
from sendguard.visit.encoded import from_base64
from sendguard.visit.tokens import LONG, is_token

MOST_DIFFERENT = 200
"""Runs of text that may differ."""

Pair = tuple[str, str]


def is_same_campaign(copy: Copy, first: Copy) -> bool:
    """Whether a copy differs from the first one at most in what is its reader's own.

    The same key says that structure and links are the same. A run of text may differ in a few
    words, and what tells the meaning of a link (a headline, a label, the subject) in nothing but
    the reader's name: a headline that changes while its link stays is another campaign.
    """
    return (
        copy.key == first.key
        and len(copy.texts) == len(first.texts)
        and _agree_in_tokens(copy, first)
        and _agree_in_texts(copy, first)
    )


def is_copy_of(copy: Copy, stream: Stream) -> bool:
    """Whether a copy is of this campaign, with what is known of its links by now."""
    return is_same_campaign(copy, stream.first) and keeps_shared(copy, stream)


def keeps_shared(copy: Copy, stream: Stream) -> bool:
    """Whether a copy has the tokens that are known to be the same for all readers."""
    shared = stream.ruling.shared
    return not shared or all(
        ours == theirs
        for ours, theirs in zip(copy.tokens, stream.first.tokens, strict=False)
        if _token(theirs) in shared and not theirs.startswith(f"{OWN} ")
    )


def shared_tokens(copy: Copy, first: Copy) -> frozenset[str] | None:
    """Tokens in the links of two readers' copies that are the same in both: those of a page.

    Returns:
        None where they went to the same reader, so that nothing can be told.
    """
    if _addresses(copy) & _addresses(first) or len(copy.tokens) != len(first.tokens):
        return None
    return frozenset(
        _token(ours)
        for ours, theirs in zip(copy.tokens, first.tokens, strict=True)
        if ours == theirs and not ours.startswith(f"{OWN} ")
    )


def _agree_in_tokens(copy: Copy, first: Copy) -> bool:
    """Whether what differs in links is the readers' own, and no id of a page.

    Of links to one place with one kind of id, either all are the same in both copies or all differ:
    those that were changed stand out among those that were not. What is the same twice in one copy
    is the same twice in the other.
    """
    if len(copy.tokens) != len(first.tokens) or _was_mistaken(copy, first):
        return False
    if copy.tokens == first.tokens:
        return True
    is_same_reader = _addresses(copy) == _addresses(first) != set()
    places: defaultdict[str, list[tuple[Pair, str]]] = defaultdict(list)
    for ours, theirs in zip(copy.tokens, first.tokens, strict=True):
        place, rest, token = ours.rsplit(" ", 2)
        pair = token, theirs.rpartition(" ")[2]
        if place != OWN:
            places[place].append((pair, rest))
        elif token != pair[1] and not (
            _stands_for(token, rest, copy) and _stands_for(pair[1], rest, first)
        ):
            return False
    differing = [
        (place, *pair) for place, slots in places.items() for pair, _ in slots if pair[0] != pair[1]
    ]
    if differing and (is_same_reader or any(_is_opened(one, copy, first) for one in differing)):
        return False
    return all(_are_readers(slots) for slots in places.values())


def _stands_for(value: str, name: str, copy: Copy) -> bool:
    """A number or an address is the reader's, as far as he is known."""
    if value in copy.own or f"{name}={value}" in copy.own:
        return True
    return name == _NAMELESS and value in _words_of_boxes(copy)


def _was_mistaken(copy: Copy, first: Copy) -> bool:
    """The number of an article was that of the first reader, too, so the check took it for his."""
    return copy.own != first.own and any(
        ours == theirs and _is_his_number(theirs, first) and not _is_his_number(ours, copy)
        for ours, theirs in zip(copy.tokens, first.tokens, strict=True)
    )


def _is_his_number(told: str, copy: Copy) -> bool:
    place, name, value = told.rsplit(" ", 2)
    return place == OWN and name != _NAMELESS and _stands_for(value, name, copy)


def _is_opened(slot: tuple[str, str, str], copy: Copy, first: Copy) -> bool:
    """What the check of the first copy opened is in every copy as it is there.

    A link with a token in its path is not opened at all; one with a token for a parameter is opened
    without it, so the other copy's is to be one that is left out as well, or made as it is: one of
    sixty keys looks like words by chance.
    """
    place, ours, theirs = slot
    is_left_out = _is_shut(ours, copy) or len(ours) == len(theirs) >= LONG
    return not _is_shut(theirs, first) or (_is_parameter(place) and not is_left_out)


def _is_parameter(place: str) -> bool:
    return "?" in place or "&" in place


def _is_shut(token: str, copy: Copy) -> bool:
    """Whether no check opens an address with it, as it is one reader's."""
    if any(len(one) >= LONG and is_token(one) for one in token.split("/")):
        return True
    told = (from_base64(token) or "").lower()
    return any(address in told for address in _addresses(copy))


def _token(told: str) -> str:
    return told.rpartition(" ")[2]


def _addresses(copy: Copy) -> set[str]:
    return {word for word in copy.own if "@" in word and word != HIS_BOX}


def _words_of_boxes(copy: Copy) -> set[str]:
    return {word for address in _addresses(copy) for word in words_of_box(address)}


def _are_readers(slots: Sequence[tuple[Pair, str]]) -> bool:
    pairs = {pair for pair, _ in slots}
    differing = [pair for pair in pairs if pair[0] != pair[1]]
    if not differing:
        return True
    if len(differing) < len(pairs) or not _one_to_one(pairs):
        return False
    return all(map(_could_be_readers, differing))


def _one_to_one(pairs: set[Pair]) -> bool:
    return len({one for one, _ in pairs}) == len(pairs) == len({other for _, other in pairs})


def _could_be_readers(pair: Pair) -> bool:
    """Chance made one of them; or they have nothing in common but their length."""
    one, other = pair
    if is_token(one) or is_token(other):
        return True
    is_alike = one[:4] == other[:4] or one[-4:] == other[-4:] or one.isdigit()
    return len(one) == len(other) >= LONG and not is_alike


def _agree_in_texts(copy: Copy, first: Copy) -> bool:
    if copy.texts == first.texts:
        return True
    texts = zip(copy.texts, first.texts, strict=True)
    differing = [(at, one, other) for at, (one, other) in enumerate(texts) if one != other]
    if len(differing) > MOST_DIFFERENT:
        return False
    found = [(at, differences(one.split(), other.split())) for at, one, other in differing]
    told = [(at, every) for at, every in found if every is not None]
    if len(told) < len(found) or _is_too_much(copy, told):
        return False
    meaning = {*copy.meaning, *first.meaning}
    greetings = [one for at, every in told if at not in meaning for one in every if one.is_greeted]
    ours, theirs = _Whose.of(copy, greetings, 0), _Whose.of(first, greetings, 1)
    called = {_cores(one.ours, one.theirs) for one in greetings}
    return all(
        _means_the_same(
            (copy.texts[at], first.texts[at]), every, (ours, theirs), called, is_subject=at == 0
        )
        if at in meaning
        else all(_may_differ(one, copy.own, first.own) for one in every)
        for at, every in told
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
    return not any(
        _ADDRESS.search(word) and _core(word) not in whose
        for words, whose in ((one.ours, own), (one.theirs, other_own))
        for word in words
    )


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
            for part in _PART.findall(_core(word))
        }
        return cls(copy.own | (_words_of_boxes(copy) & called))

    def without(self, words: Iterable[str], *, vouchers: bool) -> list[str]:
        """What is not his."""
        cores = [_core(word) for word in words]
        return [
            core
            for core in cores
            if core and not self.is_his(core) and not (vouchers and _VOUCHER.fullmatch(core))
        ]

    def is_his(self, core: str) -> bool:
        """Whether a word is one of them, or put together of them."""
        parts = _PART.findall(core)
        if core not in self.own and any(part not in self.own or part.isdigit() for part in parts):
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
    words = [_core(word) for word in (*one.ours, *one.theirs)]
    return len(one.ours) == len(one.theirs) and all(len(w) >= LONG and is_token(w) for w in words)


def _cores(ours: Sequence[str], theirs: Sequence[str]) -> Pair:
    return " ".join(map(_core, ours)), " ".join(map(_core, theirs))


def _core(word: str) -> str:
    """A word without the marks around it, and without the s of a genitive."""
    core = word.lower().strip(_MARKS)
    return core[:-2] if core.endswith(("'s", "’s")) else core


_FEW = 16
_WHOLE = 4
_MARKS = "&.,;:!?()[]{}<>\"'“”„‘’«»…*-–—"
_NAMELESS = "-"
_OF_VOUCHERS = re.compile(r"\b(?:code|coupon|voucher|gutschein|promo|rabatt|use)", re.IGNORECASE)
_VOUCHER = re.compile(r"(?=[^\d]*\d)(?=[\d-]*[a-z])[a-z0-9-]{5,40}")
_PART = re.compile(r"[^\W_]+")
_ADDRESS = re.compile(r"://|^www\.|@|\w\.[a-z]{2,}/", re.IGNORECASE)
