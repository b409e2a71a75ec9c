"""What in links is nobody's own, as two readers' copies have the same."""

from sendguard.gateway.copies.apart import codes_in, may_be_told_apart
from sendguard.gateway.copies.boxes import addresses_of
from sendguard.gateway.copies.skeleton import OWN
from sendguard.gateway.stream import Copy, Stream


def token_of(told: str) -> str:
    """One of `Copy.tokens`, without its place."""
    return told.rpartition(" ")[2]


def keeps_shared(copy: Copy, stream: Stream) -> bool:
    """Whether a copy has the tokens that are known to be the same for all readers."""
    shared = stream.ruling.shared
    return not shared or all(
        ours == theirs
        for ours, theirs in zip(copy.tokens, stream.first.tokens, strict=False)
        if token_of(theirs) in shared and not theirs.startswith(f"{OWN} ")
    )


def shared_tokens(copy: Copy, first: Copy) -> frozenset[str] | None:
    """Tokens in the links of two readers' copies that are the same in both: those of a page.

    Returns:
        None where they went to the same reader, so that nothing can be told.
    """
    if addresses_of(copy) & addresses_of(first) or len(copy.tokens) != len(first.tokens):
        return None
    return frozenset(
        token_of(ours)
        for ours, theirs in zip(copy.tokens, first.tokens, strict=True)
        if ours == theirs and not ours.startswith(f"{OWN} ")
    ) | (codes_in(copy) & codes_in(first))


def nobodys_tokens(first: Copy) -> frozenset[str]:
    """Those of a message that goes to many as it is."""
    if not first.is_for_many:
        return frozenset()
    tokens = (token_of(told) for told in first.tokens if not told.startswith(f"{OWN} "))
    return frozenset(tokens) | codes_in(first)


def is_of_another_reader(copy: Copy, first: Copy) -> bool:
    """Whether it went to somebody else, or to many."""
    return addresses_of(copy) != addresses_of(first)


def may_have_readers_codes(first: Copy) -> bool:
    """Whether something in its links may be its reader's own, and no header says so."""
    known = {one.rpartition("=")[2] for one in first.own}
    return may_be_told_apart(first, known)
