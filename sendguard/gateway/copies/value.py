"""What may be filled in for a reader: a name, a number, or a word or two."""

from collections.abc import Sequence
from typing import TypeAlias

from sendguard.gateway.copies.differences import may_be_names
from sendguard.gateway.copies.texts import core, shows_address

MOST_WORDS, MOST_LETTERS = 4, 60
"""At one place."""
MOST_OF_WHOLE, MOST_OF_ANY = 3, 2
"""Words that are a whole headline, or could be any and no name."""

Words: TypeAlias = Sequence[str]


def may_say(ours: Words, theirs: Sequence[Words], *, is_whole: bool) -> bool:
    """Whether it may be that each reader gets one of these.

    Args:
        ours: What one copy says at a place.
        theirs: What others say there.
        is_whole: Nothing stands around it.
    """
    if len(theirs) > 1 and not {*theirs[0]}.intersection(*theirs) <= {*ours}:
        return False  # what they all say is not filled in
    if not all(map(_is_value, (ours, *theirs))):
        return False
    if is_whole and max(map(len, (ours, *theirs))) > MOST_OF_WHOLE:
        return False
    if any(map(_is_number, theirs)):
        return all(map(_is_number, (ours, *theirs)))
    # Around a whole headline nothing says so; but one of them may have written his name small.
    return not _is_number(ours) and (not is_whole or all(map(may_be_names, theirs)))


def _is_value(words: Words) -> bool:
    most = MOST_WORDS if _is_number(words) or may_be_names(words) else MOST_OF_ANY
    return (
        0 < len(words) <= most
        and sum(map(len, words)) <= MOST_LETTERS
        and not shows_address(words)
        and any(map(core, words))
    )


def _is_number(words: Words) -> bool:
    counted = sum(any(letter.isdigit() for letter in word) for word in words)
    return 2 * counted >= len(words)
