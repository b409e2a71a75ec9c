"""From the name of a wrong link to every place that belongs to it, and to no other."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from urllib.parse import unquote

from sendguard.correct.addresses import leads_somewhere, page_of
from sendguard.correct.blocks import Block, find_blocks, names_of, tells
from sendguard.correct.text_headlines import with_headlines
from sendguard.correct.text_lines import Line, in_story, lines_of
from sendguard.errors import WrongUsage
from sendguard.intent import SeveralAddresses, choose_links
from sendguard.judge.quote import quoted
from sendguard.links import Link, Role, plain
from sendguard.read import Campaign, Medium

_MOST_TOLD = 12


class SeveralStories(WrongUsage):
    """The label stands in several stories with the same address; the message lists them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Chosen:
    """A wrong link.

    Attributes:
        label: As the editor named it.
        wrong: Its address as written.
        places: What belongs to it: the headline, image, button, VML twin and text-part line of its
            story, in reading order.
        elsewhere: Places outside it with the same address: right there, for all that is known.
        near: Links that open another place of the same page, or carry the address inside their
            own, as share buttons do; nothing changes them.
    """

    label: str
    wrong: str
    places: tuple[Link, ...]
    elsewhere: tuple[Link, ...] = ()
    near: tuple[Link, ...] = ()


def choose_places(
    campaign: Campaign, links: Sequence[Link], label: str, *, everywhere: bool = False
) -> Chosen:
    """The places that belong to the link called `label`.

    Args:
        campaign: What went out.
        links: All of its links.
        label: The link's label, alt text, headline, present address or id.
        everywhere: Every place with that address belongs to it.

    Raises:
        WrongUsage: No link answers to the label, or links to several addresses or in several
            stories do.
    """
    named = with_headlines(campaign, links)
    seeds = _seeds(label, named)
    page = page_of(seeds[0])
    if not leads_somewhere(seeds[0]):
        return Chosen(label=label, wrong=seeds[0].href, places=seeds)
    followed = [link for link in named if link.role is not Role.RESOURCE]
    same = [link for link in followed if page_of(link) == page]
    blocks, lines = _parted(campaign, followed, same)
    places = same if everywhere else _belonging(blocks, lines, seeds, label)
    taken = {link.id for link in places}
    of_text = {line[0].id: in_story(line, blocks) for line in lines}
    return Chosen(
        label=label,
        wrong=seeds[0].href,
        places=tuple(link for link in same if link.id in taken),
        elsewhere=tuple(of_text.get(link.id, link) for link in same if link.id not in taken),
        near=tuple(link for link in followed if _is_near(link, seeds[0], page)),
    )


def _seeds(label: str, links: Sequence[Link]) -> tuple[Link, ...]:
    try:
        return choose_links(label, links)
    except SeveralAddresses as error:
        raise WrongUsage(error.by_line) from error


def _parted(
    campaign: Campaign, followed: Sequence[Link], same: Sequence[Link]
) -> tuple[Sequence[Block], Sequence[Line]]:
    """What `same` fall into, and the lines of the text part among them.

    In plain text alone each line is for itself: nothing tells that two are about one thing.
    """
    shown = [link for link in same if campaign.parts[link.part].medium is Medium.HTML]
    if not shown:
        return [(link,) for link in same], ()
    blocks = find_blocks(shown, followed)
    return blocks, lines_of(campaign, followed, same, blocks)


def _belonging(
    blocks: Sequence[Block], lines: Sequence[Line], seeds: Sequence[Link], label: str
) -> Sequence[Link]:
    picked = _picked(blocks, seeds, label) or _told_by_lines(lines, seeds)
    if not picked and len(seeds) == 1:
        return seeds  # a line of the text that nothing tells the story of is itself alone
    if not picked:
        raise SeveralStories(_several(label, [(seed,) for seed in seeds]))
    in_blocks = [link for at in picked for link in blocks[at]]
    return [*in_blocks, *(line for line, at in lines if at in picked)]


def _picked(blocks: Sequence[Block], seeds: Sequence[Link], label: str) -> set[int]:
    """The blocks in which the seeds stand; several only where they surely are about one thing."""
    named = {link.id for link in seeds}
    picked = {at for at, block in enumerate(blocks) if any(link.id in named for link in block)}
    parts: defaultdict[int, list[Block]] = defaultdict(list)
    for at in sorted(picked):
        parts[blocks[at][0].part].append(blocks[at])
    if any(len(part) > 1 and not _are_one(part, seeds) for part in parts.values()):
        raise SeveralStories(_several(label, [blocks[at] for at in sorted(picked)]))
    return picked


def _are_one(blocks: Sequence[Block], seeds: Sequence[Link]) -> bool:
    """Is it one article named twice, as in a table of contents and in its own story?"""
    names = [names_of(block) for block in blocks]
    told = {plain(link.label) for link in seeds if tells(link)}
    return any(all(name in known for known in names) for name in told)


def _told_by_lines(lines: Iterable[Line], seeds: Sequence[Link]) -> set[int]:
    """The block of the lines of the text part that are all that was named, if it is one."""
    named = {link.id for link in seeds}
    blocks = {at for line, at in lines if line.id in named}
    return {at for at in blocks if at is not None} if len(blocks) == 1 else set()


def _is_near(link: Link, wrong: Link, page: str) -> bool:
    here = page_of(link)
    bare = page.partition("#")[0]
    if wrong.url is None or here == page:
        return False
    inside = f"{unquote(link.href)}\n".partition(wrong.url.text.partition("?")[0])[2][:1]
    return here.partition("#")[0] == bare or (bool(inside) and inside in "\n?#&\"'")


def _several(label: str, blocks: Sequence[Block]) -> str:
    told = "".join(f"\n  {told_place(block[0])}" for block in blocks[:_MOST_TOLD])
    more = len(blocks) - _MOST_TOLD
    return (
        f"{quoted(label)} stands in {len(blocks)} places that need not belong together, with one "
        f"address; name one by its id, or take all of them with --everywhere:{told}"
        + (f"\n  and {more} more" if more > 0 else "")
    )


def told_place(link: Link) -> str:
    """A place among others with its address: `L9 “Read article” under “Winter soups”`."""
    under = f" under {quoted(link.story.headline)}" if link.story else ""
    where = f"{under}, in the text part" if link.element == "text" else under
    return f"{link.id} {quoted(link.label, limit=40)}{where}"
