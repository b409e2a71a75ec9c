"""Which lines of the plain text part belong to which story; the text itself has none."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import pairwise

from sendguard.correct.blocks import Block, names_of
from sendguard.links import Link, plain
from sendguard.read import Campaign, Medium

_FAR = 2_000  # characters in front of an address that may announce it
_MOST = 200  # blocks whose names are looked for in front of each line


def lines_of(
    campaign: Campaign, followed: Sequence[Link], same: Sequence[Link], blocks: Sequence[Block]
) -> tuple[tuple[Link, int | None], ...]:
    """Each line of the text part among `same`, with the number of the block that it belongs to.

    Where there is but one block, it is that one. Else the words in front of a line tell, and where
    they do not, its turn does: the second line is the second block's, if there are as many lines
    as blocks. None where neither tells.

    Args:
        campaign: What went out.
        followed: Every link of it that readers can follow.
        same: Those with one address.
        blocks: Those of the HTML with that address, from 0.
    """
    before = {after.id: link for link, after in pairwise(followed) if link.part == after.part}
    names = [names_of(block) for block in blocks[:_MOST]] if len(blocks) <= _MOST else []
    found: list[tuple[Link, int | None]] = []
    for lines in _by_part(campaign, same):
        for turn, line in enumerate(lines):
            said = _said(campaign, line, before.get(line.id))
            told = [at for at, known in enumerate(names) if any(name in said for name in known)]
            by_turn = turn if len(lines) == len(blocks) else None
            by_words = told[0] if len(told) == 1 else by_turn
            found.append((line, 0 if len(blocks) == 1 else by_words))
    return tuple(found)


def _by_part(campaign: Campaign, same: Sequence[Link]) -> Iterator[list[Link]]:
    parts: defaultdict[int, list[Link]] = defaultdict(list)
    for link in same:
        if campaign.parts[link.part].medium is Medium.TEXT:
            parts[link.part].append(link)
    yield from parts.values()


def _said(campaign: Campaign, link: Link, before: Link | None) -> str:
    """The words since the address before it."""
    start = before.offset + len(before.href) if before else 0
    words = campaign.parts[link.part].text[max(start, link.offset - _FAR) : link.offset]
    return plain(words)
