"""What the plain text of a copy says of its campaign: its links, and its paragraphs."""

import re
from collections.abc import Iterator

from sendguard.gateway.copies.markup import Read, run_of
from sendguard.gateway.copies.reader import Reader
from sendguard.gateway.copies.skeleton import Skeletons


def read_plain(text: str, reader: Reader, *, is_all: bool) -> Read:
    """Take the plain text of one copy apart.

    Lines are put together again where they were broken: a longer name breaks them elsewhere.

    Args:
        text: It.
        reader: Whose copy it is.
        is_all: There is no HTML beside it, so that it alone tells what a link is meant to open.
    """
    skeletons = Skeletons(reader)
    texts: list[str] = []
    tags: list[str] = []
    meaning: list[int] = []
    pieces = _LINK.split(reader.taken_out(text.strip()))
    for at, piece in enumerate(pieces):
        if at % 2:
            tags.append(skeletons.of(piece))
            continue
        paragraphs = [run_of(one) for one in _BLANK_LINES.split(piece)]
        texts += paragraphs
        tags.append(str(len(paragraphs)))
        if is_all and at + 1 < len(pieces):
            meaning += _announcing(texts)
    return Read(tags=tags, texts=texts, meaning=meaning, tokens=skeletons.tokens)


def _announcing(texts: list[str]) -> Iterator[int]:
    """Which paragraphs say what the link behind them is: the last one, and titles above it."""
    last = True
    for at in range(len(texts) - 1, max(-1, len(texts) - 1 - _AHEAD), -1):
        if not texts[at]:
            continue
        if last or _TITLE.fullmatch(texts[at]):
            yield at
        last = False


_LINK = re.compile(r"((?:https?://|www\.|mailto:)[^\s<>\"]{1,8000})", re.IGNORECASE)
_BLANK_LINES = re.compile(r"\n[ \t\r]*\n\s*")
_AHEAD = 4
# A few words that end in none of the marks that sentences and greetings end in.
_TITLE = re.compile(r"(?:[^\s]{1,60} ){1,11}[^\s]{0,60}[^\s.,!;]")
