"""The repairs that an editor asked for: every place, and the address that it is to carry."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sendguard.correct.addresses import carrying
from sendguard.correct.asked import Asked
from sendguard.correct.places import Chosen, choose_places
from sendguard.errors import WrongUsage
from sendguard.judge.quote import plain, quoted
from sendguard.links import Link
from sendguard.read import Campaign


@dataclass(frozen=True, slots=True, kw_only=True)
class Repair:
    """One place to be put right.

    Attributes:
        place: As it went out.
        right: The right address as the editor wrote it.
        address: The one to stand there: the right one, with the old one's tags for counting.
    """

    place: Link
    right: str
    address: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """All that is to be repaired, and what is left as it is.

    Attributes:
        repairs: In reading order.
        elsewhere: Places with a wrong address outside the stories that are repaired. A line of the
            text part has the story that it belongs to; none where nobody can tell.
        near: Links to other places of a wrong page, or with its address inside their own.
    """

    repairs: tuple[Repair, ...]
    elsewhere: tuple[Link, ...] = ()
    near: tuple[Link, ...] = ()

    @property
    def is_whole(self) -> bool:
        """Is what is left surely another story's, so that no wrong link is left anywhere?"""
        return not any(link.element == "text" and link.story is None for link in self.elsewhere)


def plan_repairs(
    campaign: Campaign,
    links: Sequence[Link],
    asked: Iterable[Asked],
    *,
    everywhere: bool = False,
) -> Plan:
    """What each `--link` changes.

    Args:
        campaign: What went out.
        links: All of its links.
        asked: At least one.
        everywhere: Every place with a wrong address is repaired, in whatever story.

    Raises:
        WrongUsage: A label names no link or several; a link has the right address already; two
            that are asked for name one place.
    """
    wanted = tuple(asked)
    chosen = [choose_places(campaign, links, one.label, everywhere=everywhere) for one in wanted]
    repairs: dict[str, Repair] = {}
    for one, choice in zip(wanted, chosen, strict=True):
        for repair in _repairs(one, choice):
            twin = repairs.setdefault(repair.place.id, repair)
            if twin.right != repair.right:
                raise WrongUsage(_twice(repair, twin))
    order = {link.id: number for number, link in enumerate(links)}
    return Plan(
        repairs=tuple(sorted(repairs.values(), key=lambda repair: order[repair.place.id])),
        elsewhere=_left(repairs, (link for choice in chosen for link in choice.elsewhere)),
        near=_left(repairs, (link for choice in chosen for link in choice.near)),
    )


def _repairs(asked: Asked, chosen: Chosen) -> list[Repair]:
    planned = [
        Repair(place=link, right=asked.right, address=carrying(link.href, asked.right))
        for link in chosen.places
    ]
    repairs = [repair for repair in planned if repair.address != repair.place.href]
    if not repairs:
        raise WrongUsage(
            f"{quoted(asked.label)} has that address already: {plain(asked.right, limit=200)}; "
            "name the right one"
        )
    return repairs


def _twice(repair: Repair, other: Repair) -> str:
    return (
        f"{repair.place.id} cannot open both {plain(other.right, limit=200)} "
        f"and {plain(repair.right, limit=200)}: name each wrong link once"
    )


def _left(repairs: dict[str, Repair], links: Iterable[Link]) -> tuple[Link, ...]:
    return tuple({link.id: link for link in links if link.id not in repairs}.values())
