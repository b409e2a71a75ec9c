"""Whether two messages are copies of one campaign."""

import re
from collections import defaultdict
from collections.abc import Sequence

from sendguard.gateway.copies.apart import readers_codes
from sendguard.gateway.copies.boxes import addresses_of, words_of_boxes
from sendguard.gateway.copies.shared import keeps_shared
from sendguard.gateway.copies.skeleton import OWN
from sendguard.gateway.copies.texts import Apart, agree_in_texts, apart_in_meaning
from sendguard.gateway.stream import Copy, Stream
from sendguard.visit.encoded import from_base64
from sendguard.visit.tokens import LONG, is_token

Pair = tuple[str, str]


def is_same_campaign(copy: Copy, first: Copy) -> bool:
    """Whether a copy differs from the first one at most in what is its reader's own.

    The same key says that structure and links are the same. A run of text may differ in a few
    words, and what tells the meaning of a link (a headline, a label, the subject) in nothing but
    the reader's name: a headline that changes while its link stays is another campaign.
    """
    return _links_apart(copy, first) is not None and agree_in_texts(copy, first)


def told_apart(copy: Copy, stream: Stream) -> frozenset[str] | None:
    """What in the links of the first copy is its reader's own, as this copy has others there.

    Returns:
        None where it is no copy of this campaign, with what is known of its links by now.
    """
    codes = links_apart(copy, stream)
    return codes if codes is not None and agree_in_texts(copy, stream.first) else None


def links_apart(copy: Copy, stream: Stream) -> frozenset[str] | None:
    """As `told_apart`, whatever the copy says in its texts."""
    codes = _links_apart(copy, stream.first, stream.ruling.personal)
    is_one = codes is not None and not codes & stream.ruling.shared and keeps_shared(copy, stream)
    return codes if is_one else None


def apart_in_words(copy: Copy, stream: Stream) -> tuple[Apart, ...] | None:
    """The headlines and the like that alone keep a copy from being of this campaign.

    Returns:
        None where something else does.
    """
    return None if links_apart(copy, stream) is None else apart_in_meaning(copy, stream.first)


def _links_apart(
    copy: Copy, first: Copy, personal: frozenset[str] = frozenset()
) -> frozenset[str] | None:
    """The first reader's codes that differ; None where structure and links are not of one."""
    if copy.key != first.key or len(copy.texts) != len(first.texts):
        return None
    codes = readers_codes(copy, first, personal, stands_for)
    if codes is None or (codes and _are_of_one_reader(copy, first)):
        return None
    return frozenset(codes) if _agree_in_tokens(copy, first) else None


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
    no_token_may = _are_of_one_reader(copy, first) or copy.is_for_many or first.is_for_many
    places: defaultdict[str, list[tuple[Pair, str]]] = defaultdict(list)
    for ours, theirs in zip(copy.tokens, first.tokens, strict=True):
        place, rest, token = ours.rsplit(" ", 2)
        pair = token, theirs.rpartition(" ")[2]
        if place != OWN:
            places[place].append((pair, rest))
        elif token != pair[1] and not (
            stands_for(token, rest, copy) and stands_for(pair[1], rest, first)
        ):
            return False
    differing = [
        (place, *pair) for place, slots in places.items() for pair, _ in slots if pair[0] != pair[1]
    ]
    if differing and (no_token_may or any(_is_opened(one, copy, first) for one in differing)):
        return False
    return all(_are_readers(slots) for slots in places.values())


def _are_of_one_reader(copy: Copy, first: Copy) -> bool:
    return addresses_of(copy) == addresses_of(first) != set()


def stands_for(value: str, name: str, copy: Copy) -> bool:
    """A number or an address is the reader's, as far as he is known."""
    if value in copy.own or f"{name}={value}" in copy.own:
        return True
    return name == _NAMELESS and value in words_of_boxes(copy)


def _was_mistaken(copy: Copy, first: Copy) -> bool:
    """The number of an article was that of the first reader, too, so the check took it for his."""
    return copy.own != first.own and any(
        ours == theirs and _is_his_number(theirs, first) and not _is_his_number(ours, copy)
        for ours, theirs in zip(copy.tokens, first.tokens, strict=True)
    )


def _is_his_number(told: str, copy: Copy) -> bool:
    place, name, value = told.rsplit(" ", 2)
    return place == OWN and name != _NAMELESS and stands_for(value, name, copy)


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
    if any(len(one) >= LONG and is_token(one) for one in _PARTED.split(token)):
        return True
    told = (from_base64(token) or "").lower()
    return any(address in told for address in addresses_of(copy))


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


_NAMELESS = "-"
# As the check parts them.
_PARTED = re.compile(r"[\s/?&=#;:,.+@<>~|!*$()]+")
