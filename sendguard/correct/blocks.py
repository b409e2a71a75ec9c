"""Places with one address, parted into those that a reader takes for one thing."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import TypeAlias

from sendguard.links import Link, Role, is_call, is_generic, plain

Block: TypeAlias = tuple[Link, ...]
"""The headline, image, button and VML twin of one story; or links that follow on one another."""

_SHORTEST_NAME = 4  # characters; less is found in any text


def find_blocks(same: Sequence[Link], followed: Sequence[Link]) -> tuple[Block, ...]:
    """The blocks that `same` fall into, in reading order.

    Links of one story are one block. Where there are no stories, links are one that stand in a row
    with no other link between them. A picture over its headline in a row of its own stands, as
    the markup has it, in the story before; it is taken for what it shows.

    Args:
        same: Links with one address.
        followed: Every link of the campaign that readers can follow, those among them.
    """
    at = {link.id: number for number, link in enumerate(followed)}
    blocks: defaultdict[tuple[int, int, int], list[Link]] = defaultdict(list)
    begun, last = 0, -2
    for link in same:
        begun = begun if at[link.id] == last + 1 else at[link.id]
        last = at[link.id]
        run = (link.part, link.story.number, 0) if link.story else (link.part, 0, begun)
        blocks[run].append(link)
    return _joined([tuple(block) for block in blocks.values()], at)


def _joined(blocks: Iterable[Block], at: Mapping[str, int]) -> tuple[Block, ...]:
    joined: list[Block] = []
    for block in sorted(blocks, key=lambda block: at[block[0].id], reverse=True):
        if joined and _leads_into(block, joined[-1], at):
            joined[-1] = (*block, *joined[-1])
        else:
            joined.append(block)
    return tuple(reversed(joined))


def _leads_into(block: Block, following: Block, at: Mapping[str, int]) -> bool:
    """Is it nothing but pictures right over a story, in none that is surely their own?"""
    first, last, over = block[0], block[-1], following[0]
    in_a_row = at[over.id] - at[first.id] == len(block) and at[over.id] - at[last.id] == 1
    pictures = all(link.role is Role.IMAGE and not _is_settled(link) for link in block)
    return in_a_row and pictures and over.story is not None and over.part == first.part


def _is_settled(link: Link) -> bool:
    return link.story is not None and link.story.own


def names_of(block: Block) -> frozenset[str]:
    """The words that tell what a block is about: its headline, and labels that say something."""
    told = [link.label for link in block if tells(link)]
    headlines = [link.story.headline for link in block if link.story]
    names = (plain(name) for name in (*told, *headlines))
    return frozenset(name for name in names if len(name) >= _SHORTEST_NAME)


def tells(link: Link) -> bool:
    """Does the label name what the link opens, rather than asking to open it?"""
    return bool(link.label) and not is_generic(link.label) and not is_call(link.label)
