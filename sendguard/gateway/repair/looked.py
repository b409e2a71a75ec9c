"""What the right addresses of a repair open, and what speaks against them."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from sendguard.correct.known import page_title, site_names
from sendguard.correct.plan import Repair
from sendguard.correct.unopened import find_unopened
from sendguard.gate import Checked
from sendguard.judge.in_words import in_words
from sendguard.values import Severity


@dataclass(frozen=True, slots=True, kw_only=True)
class Looked:
    """What was seen at the right addresses.

    Attributes:
        titles: What the pages are called, by address; those that have a title.
        wrong: Why an address is not right either, a sentence each.
        unseen: What no program can open, and a person has to.
    """

    titles: Mapping[str, str]
    wrong: tuple[str, ...]
    unseen: tuple[str, ...]


def look_at(repairs: Sequence[Repair], checked: Checked) -> Looked:
    """What was seen at the right addresses.

    What is wrong with the other links of the newsletter is no objection: they may be next.

    Args:
        repairs: What is to be repaired.
        checked: The message with its repairs; it has the same links.
    """
    wrong = _wrong(repairs, checked)
    told = {address for address, _ in wrong}
    shut = find_unopened([one for one in repairs if one.address not in told], checked)
    return Looked(
        titles=dict(_titles(repairs, checked)),
        wrong=(*wrong.values(), *(one.says for one in shut if not one.may_vouch)),
        unseen=tuple(one.says for one in shut if one.may_vouch),
    )


def _wrong(repairs: Sequence[Repair], checked: Checked) -> Mapping[tuple[str, str], str]:
    """What blocks, once for each address and rule: its picture and its button say the same."""
    addresses = {one.place.id: one.address for one in repairs}
    links = {one.link.id: one.link for one in checked.links}
    wrong: dict[tuple[str, str], str] = {}
    for found in checked.all_findings:
        address = addresses.get(found.link or "")
        if address and found.severity is Severity.BLOCK and found.approved is None:
            says = in_words(found.says, links.get(found.link or ""), links.values())
            wrong.setdefault((address, found.code), says)
    return wrong


def _titles(repairs: Sequence[Repair], checked: Checked) -> Iterator[tuple[str, str]]:
    visits = {one.link.id: one.visit for one in checked.links}
    sites = site_names(visits.values())
    for one in repairs:
        if title := page_title(visits.get(one.place.id), sites):
            yield one.address, title
