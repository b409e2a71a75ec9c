"""What else belongs to links that an editor has put right herself, in part perhaps."""

from collections import defaultdict
from collections.abc import Iterator, Sequence

from sendguard.correct.addresses import carrying, leads_somewhere, page_at, page_of
from sendguard.correct.blocks import Block, find_blocks
from sendguard.correct.plan import Plan, Repair
from sendguard.correct.text_lines import Line, in_story, lines_of
from sendguard.errors import WrongUsage
from sendguard.judge.quote import called, plain
from sendguard.links import Link, Role, find_links
from sendguard.read import Campaign, Medium


def plan_of(sent: Campaign, repairs: Sequence[Repair]) -> Plan:
    """The repairs with all else that has the wrong address in the same stories.

    What the editor forgot in a story that she mended, its headline or its line of the text part,
    belongs to it; what stands in other stories is told, and left.

    Args:
        sent: What went out.
        repairs: Links of it with the addresses that they have in the folder now.

    Raises:
        WrongUsage: A story is mended in part, and its links have several addresses now.
    """
    links = find_links(sent).links
    followed = [link for link in links if link.role is not Role.RESOURCE]
    all_of_them = {repair.place.id: repair for repair in repairs}
    pages: defaultdict[str, list[Repair]] = defaultdict(list)
    for repair in repairs:
        if repair.place.role is not Role.RESOURCE and leads_somewhere(repair.place):
            pages[page_of(repair.place)].append(repair)
    elsewhere: list[Link] = []
    for page, here in pages.items():
        same = [link for link in followed if page_of(link) == page]
        shown = [link for link in same if sent.parts[link.part].medium is Medium.HTML]
        blocks = find_blocks(shown, followed)
        lines = lines_of(sent, followed, same, blocks)
        for repair in _forgotten(blocks, lines, here):
            all_of_them.setdefault(repair.place.id, repair)
        of_text = {line[0].id: in_story(line, blocks) for line in lines}
        elsewhere += (of_text.get(link.id, link) for link in same)
    return Plan(
        repairs=tuple(all_of_them[link.id] for link in links if link.id in all_of_them),
        elsewhere=tuple(link for link in elsewhere if link.id not in all_of_them),
    )


def _forgotten(
    blocks: Sequence[Block], lines: Sequence[Line], repairs: Sequence[Repair]
) -> Iterator[Repair]:
    """Places of the stories that were mended, with the address that the mended ones have now."""
    mended = {repair.place.id: repair.address for repair in repairs}
    for number, block in enumerate(blocks):
        whole = (*block, *(line for line, at in lines if at == number))
        left = [link for link in whole if link.id not in mended]
        now = {page_at(mended[one.id]): mended[one.id] for one in whole[::-1] if one.id in mended}
        if len(now) > 1 and left:
            raise WrongUsage(_unclear(left[0], tuple(now.values())))
        for link in left if now else ():
            right = next(iter(now.values()))
            yield Repair(place=link, right=right, address=carrying(link.href, right))


def _unclear(left: Link, now: Sequence[str]) -> str:
    addresses = " and ".join(plain(address, 200) for address in now[:2])
    return (
        f"{left.id} {called(left)} still has the wrong address, and the other links of its story "
        f"open {addresses} now: mend it in the folder, too"
    )
