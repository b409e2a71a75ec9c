"""Which lines of the plain text part belong to which story; the text itself has none."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import TypeAlias

from sendguard.correct.blocks import Block, names_of
from sendguard.links import Link, Role, is_call, is_generic, plain
from sendguard.read import Campaign, Medium

_FAR = 2_000  # characters in front of an address that may announce it
_MOST = 200  # blocks whose names are looked for in front of each line

Line: TypeAlias = tuple[Link, int | None]
"""An address of the text part, with the number of the block that it belongs to; None for none."""


def lines_of(
    campaign: Campaign, followed: Sequence[Link], same: Sequence[Link], blocks: Sequence[Block]
) -> tuple[Line, ...]:
    """Each line of the text part among `same`, with the number of the block that it belongs to.

    Where there is but one block, it is that one. Else the words in front of a line tell. A line
    that only asks to read on belongs to the story that is told above it, if all that stands
    between the two is told in that story too. Where no words tell, its turn does: the second line
    is the second block's, or that of their second link, if there are as many of them as lines. None
    where nothing tells.

    Args:
        campaign: What went out.
        followed: Every link of it that readers can follow.
        same: Those with one address.
        blocks: Those of the HTML with that address, from 0.
    """
    wanted = {link.id for link in same}
    found: list[Line] = []
    for every in by_part(campaign, followed):
        if len(blocks) == 1:
            lines: list[Line] = [(link, 0) for link in every]
        else:
            lines = list(_Announced.by(blocks).lines(campaign, every))
        found += _by_turn([line for line in lines if line[0].id in wanted], blocks)
    return tuple(found)


def in_story(line: Line, blocks: Sequence[Block]) -> Link:
    """The line with the story that it belongs to, for those who are told of it."""
    link, at = line
    story = None if at is None else next((one.story for one in blocks[at] if one.story), None)
    return replace(link, story=story)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Announced:
    """What is known of the blocks by their words.

    Attributes:
        names: Of each block; empty where there are too many of them.
        words: Of the stories of each.
    """

    names: Sequence[frozenset[str]]
    words: Sequence[str]

    @classmethod
    def by(cls, blocks: Sequence[Block]) -> "_Announced":
        some = blocks if len(blocks) <= _MOST else ()
        return cls(
            names=[names_of(block) for block in some],
            words=[plain(" ".join({one.story.words for one in b if one.story})) for b in some],
        )

    def lines(self, campaign: Campaign, every: Sequence[Link]) -> Iterator[Line]:
        """Every link of one text part, with the block that is told of where it stands."""
        before = {after.id: link for link, after in pairwise(every)}
        at: int | None = None
        for link in every:
            said = said_before(campaign, link, before.get(link.id))
            told = self._named(said)
            at = told if told is not None or not self._goes_on(said, link, at) else at
            yield link, at

    def _named(self, said: str) -> int | None:
        """The block that the words name; of several the one with the last headline."""
        words = plain(said)
        named = [n for n, known in enumerate(self.names) if any(name in words for name in known)]
        if len(named) < 2:
            return named[0] if named else None
        lines = "\n".join(["", *map(plain, said.splitlines())])
        last = {n: max(lines.rfind(f"\n{name}") for name in self.names[n]) for n in named}
        furthest = max(last.values())
        latest = [n for n in named if last[n] == furthest >= 0]
        return latest[0] if len(latest) == 1 else None

    def _goes_on(self, said: str, link: Link, at: int | None) -> bool:
        """Does all that stands between belong to this story, or ask no more than to read on?"""
        if at is None:
            return False
        asks = plain(link.label)
        known = {"", asks} if is_generic(asks) or is_call(asks) else {""}
        lines = map(plain, said.splitlines())
        return all(line in known or line in self.words[at] for line in lines)


def _by_turn(lines: Sequence[Line], blocks: Sequence[Block]) -> Sequence[Line]:
    """The same, with the turn for those that no words tell of, unless it contradicts the words."""
    one_each = tuple(range(len(blocks)))
    worded = tuple(
        at for at, block in enumerate(blocks) for link in block if link.role is not Role.IMAGE
    )
    for turns in (one_each, worded):
        pairs = [(at, turn) for (_, at), turn in zip(lines, turns, strict=False)]
        if len(turns) == len(lines) and all(at in {None, turn} for at, turn in pairs):
            return [(link, turn) for (link, _), turn in zip(lines, turns, strict=True)]
    return lines


def by_part(campaign: Campaign, links: Sequence[Link]) -> Iterator[Sequence[Link]]:
    """Those in plain text, each text part's together."""
    parts: defaultdict[int, list[Link]] = defaultdict(list)
    for link in links:
        if campaign.parts[link.part].medium is Medium.TEXT:
            parts[link.part].append(link)
    yield from parts.values()


def said_before(campaign: Campaign, link: Link, before: Link | None) -> str:
    """The words since the address before it."""
    start = before.offset + len(before.href) if before else 0
    return campaign.parts[link.part].text[max(start, link.offset - _FAR) : link.offset]
