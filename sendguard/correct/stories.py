"""What else belongs to links that an editor has put right herself."""

from collections import defaultdict
from collections.abc import Iterator, Sequence

from sendguard.correct.addresses import leads_somewhere, page_of
from sendguard.correct.blocks import find_blocks
from sendguard.correct.plan import Plan, Repair
from sendguard.correct.text_lines import lines_of
from sendguard.links import Link, Role, find_links
from sendguard.read import Campaign, Medium


def plan_of(sent: Campaign, repairs: Sequence[Repair]) -> Plan:
    """The repairs with the lines of the text part that tell the same stories.

    Args:
        sent: What went out.
        repairs: Links of it with the addresses that they have in the folder now.
    """
    links = find_links(sent).links
    followed = [link for link in links if link.role is not Role.RESOURCE]
    all_of_them = {repair.place.id: repair for repair in repairs}
    pages: defaultdict[str, list[Repair]] = defaultdict(list)
    for repair in repairs:
        if repair.place.role is not Role.RESOURCE and leads_somewhere(repair.place):
            pages[page_of(repair.place)].append(repair)
    same = {page: [link for link in followed if page_of(link) == page] for page in pages}
    for page, here in pages.items():
        for repair in _lines(sent, followed, same[page], here):
            all_of_them.setdefault(repair.place.id, repair)
    return Plan(
        repairs=tuple(all_of_them[link.id] for link in links if link.id in all_of_them),
        elsewhere=tuple(
            link for here in same.values() for link in here if link.id not in all_of_them
        ),
    )


def _lines(
    sent: Campaign, followed: Sequence[Link], same: Sequence[Link], repairs: Sequence[Repair]
) -> Iterator[Repair]:
    """The lines of stories whose repaired links all have one address now."""
    shown = [link for link in same if sent.parts[link.part].medium is Medium.HTML]
    blocks = find_blocks(shown, followed)
    by_id = {repair.place.id: repair.address for repair in repairs}
    now = [{by_id[link.id] for link in block if link.id in by_id} for block in blocks]
    for line, at in lines_of(sent, followed, same, blocks):
        if at is not None and len(now[at]) == 1:
            address = next(iter(now[at]))
            yield Repair(place=line, right=address, address=address)
