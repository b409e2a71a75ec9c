"""What in an address may stand for one reader: ids, hashes and keys, told by their looks alone."""

import re
from collections.abc import Iterator

SHORTEST = 8
LONG = 16
"""From so many characters on a token stands for one message or reader by itself."""


def may_be_token(value: str) -> bool:
    """Nobody wrote it in words: a long number, or letters, digits and cases mixed.

    Every token is among them, and so are names such as `HowToRecover` and `20261122`: whoever has
    two of them at hand asks `is_token` as well.

    Args:
        value: A segment of a path, or what a parameter says, without its encoding.
    """
    if len(value) < SHORTEST or not value.isascii():
        return False
    if _HEX.fullmatch(value):
        return True
    return not _WORDS.fullmatch(value) and len(_LONG_WORD.findall(value)) < 2


def is_token(value: str) -> bool:
    """Chance made it: a hash, a UUID, a key; some real ones are not seen as such."""
    if _HEX.fullmatch(value):
        return len(value) >= LONG or not (value.isdigit() or value.isalpha())
    return may_be_token(value) and _in_words(value) < WORDY * len(value)


def pieces_of(address: str) -> Iterator[str]:
    """What stands between the marks of an address, and each parameter that is a number.

    A host is no part of it: the numbers in it are nobody's.
    """
    for piece in _BETWEEN.split(_HOST.sub("", address)):
        name, sign, value = piece.partition("=")
        if sign and _NUMBER.fullmatch(value):
            yield f"{name}={value}"
        for part in (name, value):
            yield part
            if not is_token(part):
                yield from _NUMBERS.findall(part)


def _in_words(value: str) -> int:
    """How many characters stand in what looks like words or dates."""
    return sum(len(word) for word in _WORDLIKE.findall(value[:_MOST]))


WORDY = 0.65
_MOST = 200
_WORD = r"(?:[A-Z]?[a-z]++|[A-Z]++|\d{1,7}+(?!\d))"
_WORDS = re.compile(rf"[\W_]*+{_WORD}(?:[\W_]++{_WORD})*+[\W_]*+")
_LONG_WORD = re.compile(r"(?<![A-Za-z0-9])[A-Z]?[a-z]{4,}+(?![A-Za-z0-9])")
_WORDLIKE = re.compile(r"[A-Z]?[a-z]{3,}|[A-Z][a-z]{2}|\d{4,}")
_BETWEEN = re.compile(r"[\s/?&#;:,.+@<>~|!*]+|%(?:25)*(?:2f|3f|26|23|3a|2c|40)", re.IGNORECASE)
_HOST = re.compile(r"//[^/?#\s<>]*")
_NUMBER = re.compile(r"\d{1,15}")
_NUMBERS = re.compile(r"(?<![A-Za-z0-9])\d{3,15}(?![A-Za-z0-9])")
_HEX = re.compile(r"[0-9a-f]{8,}|[0-9A-F]{8,}|[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}")
