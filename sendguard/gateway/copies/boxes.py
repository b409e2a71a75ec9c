"""The mail addresses that the reader of a copy is known by."""

from sendguard.gateway.copies.reader import HIS_BOX, words_of_box
from sendguard.gateway.stream import Copy


def addresses_of(copy: Copy) -> set[str]:
    """His, and those that the message names beside him."""
    return {word for word in copy.own if "@" in word and word != HIS_BOX}


def words_of_boxes(copy: Copy) -> set[str]:
    """What of them may be his name."""
    return {word for address in addresses_of(copy) for word in words_of_box(address)}
