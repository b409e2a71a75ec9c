"""Whether two messages are copies of one campaign."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from sendguard.gateway.copies.differences import Difference, differences
from sendguard.gateway.copies.skeleton import BOX
from sendguard.gateway.stream import Copy, Stream
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
        if _token(theirs) in shared
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
        if ours == theirs
    )


def _agree_in_tokens(copy: Copy, first: Copy) -> bool:
    """Whether what differs in links is the readers' own, and no id of a page.

    Of links to one place with one kind of id, either all are the same in both copies or all differ:
    those that were changed stand out among those that were not. What is the same twice in one copy
    is the same twice in the other.
    """
    if copy.tokens == first.tokens:
        return True
    if len(copy.tokens) != len(first.tokens) or _addresses(copy) == _addresses(first) != set():
        return False
    places: defaultdict[str, list[tuple[Pair, str]]] = defaultdict(list)
    for ours, theirs in zip(copy.tokens, first.tokens, strict=True):
        place, rest, token = ours.rsplit(" ", 2)
        pair = token, theirs.rpartition(" ")[2]
        if place != BOX:
            places[place].append((pair, rest))
        elif token != pair[1] and not (token in copy.own and pair[1] in first.own):
            return False
    return all(_are_readers(slots) for slots in places.values())


def _token(told: str) -> str:
    return told.rpartition(" ")[2]


def _addresses(copy: Copy) -> set[str]:
    return {word for word in copy.own if "@" in word}


def _are_readers(slots: Sequence[tuple[Pair, str]]) -> bool:
    pairs = {pair for pair, _ in slots}
    differing = [pair for pair in pairs if pair[0] != pair[1]]
    if not differing:
        return True
    if len(differing) < len(pairs) or not _one_to_one(pairs):
        return False
    is_long = all(min(map(len, pair)) >= LONG for pair in differing)
    return (is_long or len(set(slots)) > 1) and all(map(_could_be_readers, differing))


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
    names = {pair for _, every in told for pair in _names_in_greeting(every)}
    meaning = {*copy.meaning, *first.meaning}
    return all(
        _is_own(one, copy.own, first.own, names, is_subject=at == 0)
        if at in meaning
        else _may_differ(one, copy.own, first.own)
        for at, every in told
        for one in every
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


def _is_own(
    one: Difference,
    own: frozenset[str],
    other_own: frozenset[str],
    names: set[Pair],
    *,
    is_subject: bool,
) -> bool:
    """What differs is both readers' own: known from the envelope, or from a greeting."""
    if _cores(one.ours, one.theirs) in names or (is_subject and one.is_call):
        return True
    return all(_is_of(word, own) for word in one.ours) and all(
        _is_of(word, other_own) for word in one.theirs
    )


def _is_of(word: str, own: frozenset[str]) -> bool:
    core = _core(word)
    if is_token(core) or is_token(core.upper()):
        return True  # a voucher
    if core in own:
        return "@" in core or not any(character.isdigit() for character in core)
    parts = _PART.findall(core)
    return not core or (bool(parts) and all(part in own and part.isalpha() for part in parts))


def _names_in_greeting(every: Sequence[Difference]) -> Iterator[Pair]:
    for one in every:
        if one.is_greeted and not any(c.isdigit() for c in "".join((*one.ours, *one.theirs))):
            yield _cores(one.ours, one.theirs)


def _cores(ours: Sequence[str], theirs: Sequence[str]) -> Pair:
    return " ".join(map(_core, ours)), " ".join(map(_core, theirs))


def _core(word: str) -> str:
    """A word without the marks around it, and without the s of a genitive."""
    core = word.lower().strip(_MARKS)
    return core[:-2] if core.endswith(("'s", "’s")) else core


_FEW = 16
_WHOLE = 4
_MARKS = ".,;:!?()[]{}<>\"'“”„‘’«»…*-–—"
_PART = re.compile(r"[^\W_]+")
_ADDRESS = re.compile(r"://|^www\.|@|\w\.[a-z]{2,}/", re.IGNORECASE)
