"""Every link of a campaign, in reading order."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import replace

from bs4 import Tag

from sendguard.errors import Unreadable
from sendguard.links.addresses import Hit, find_hits
from sendguard.links.drawings import refuse_hidden
from sendguard.links.label import before, behind, first_in_entries, label_of
from sendguard.links.link import MOST_LINKS, Found, Link, LostLink, Role, Story, Unmade
from sendguard.links.markup import Markup
from sendguard.links.origin import find_written, place_built
from sendguard.links.plain_text import TextHit, find_text_hits
from sendguard.links.roles import role_of, told_role
from sendguard.links.stories import Stories
from sendguard.links.unmade import find_unmade
from sendguard.read import Campaign, Medium, Part
from sendguard.values import Place, Url

TRACKED = "@TrackLink"  # listmonk's mark on addresses that it will wrap (listmonk, Templating)


def find_links(campaign: Campaign) -> Found:
    """Every address that a reader can follow or a mail program loads.

    Raises:
        Unreadable: There are more than `MOST_LINKS`, or more tags than can be read, or a drawing
            hides a link.
    """
    links: list[Link] = []
    lost: tuple[LostLink, ...] = ()
    unmade: tuple[Unmade, ...] = ()
    for number, part in enumerate(campaign.parts):
        here = _in_part(part, campaign)
        links += (replace(link, part=number) for link in here.links) if number else here.links
        lost += here.lost
        unmade += here.unmade
    if len(links) > MOST_LINKS:
        says = f"has {len(links):,} links; SendGuard checks at most {MOST_LINKS:,}"
        raise Unreadable(says, campaign.parts[0].lines.place(0))
    numbered = (replace(link, id=f"L{number}") for number, link in enumerate(links, start=1))
    return Found(tuple(numbered), lost, unmade)


def _in_part(part: Part, campaign: Campaign) -> Found:
    return Found(tuple(_in_text(part))) if part.medium is Medium.TEXT else _in_html(part, campaign)


def _in_html(part: Part, campaign: Campaign) -> Found:
    markup = Markup.parse(part.text, part.lines)
    shown, outlook = [*find_hits(markup)], [*find_hits(markup.conditional())]
    hits = sorted((*shown, *outlook), key=lambda hit: hit.offset)
    refuse_hidden(part.text, (*(hit.href for hit in hits), *_bases(markup)), part.lines)
    lost: tuple[LostLink, ...] = ()
    places = tuple(part.lines.place(hit.offset) for hit in hits)
    if written := find_written(campaign.sources):
        places, lost = place_built(hits, written)
    base, tales = _base(markup), _tales(Stories(markup), shown, hits)
    entries = first_in_entries(shown, markup)
    links = (
        _link(hit, place, base, tale, entries.get(id(hit)))
        for hit, place, tale in zip(hits, places, tales, strict=True)
    )
    found = Found(_one_each(links), lost, find_unmade(markup, campaign.sources))
    markup.let_go()
    return found


def _tales(stories: Stories, shown: list[Hit], hits: list[Hit]) -> tuple[Story | None, ...]:
    """The story of each hit; what only Outlook shows has that of the next link of all others."""
    told: list[Story | None] = []
    others = {id(hit) for hit in shown}
    coming: Story | None = None
    for hit in reversed(hits):
        if id(hit) in others and hit.followed:
            coming = stories.around(hit.tag)
        told.append(coming if hit.followed else None)
    return tuple(reversed(told))


def _base(markup: Markup) -> Url | None:
    """What relative addresses are relative to (HTML, `base href`: the first one counts)."""
    return next(filter(None, map(Url.parse, _bases(markup))), None)


def _bases(markup: Markup) -> Iterator[str]:
    return (str(tag.get("href") or "") for tag in markup.tags if tag.name == "base")


def _link(hit: Hit, place: Place, base: Url | None, story: Story | None, entry: int | None) -> Link:
    label = label_of(hit) if hit.followed or hit.tag.name == "img" else ""
    front = before(hit.tag) if hit.followed else ""
    jump = hit.href.startswith("#") or not hit.href
    url = Url.parse(hit.href.removesuffix(TRACKED), None if jump else base)
    return Link(
        id="",
        href=hit.href,
        url=url,
        label=label,
        element=hit.tag.name,
        role=role_of(hit, url, label, front),
        place=place,
        story=story,
        aside=front,
        behind=behind(hit.tag) if hit.followed else "",
        acts=hit.tag.name == "form" or _is_pixel(hit.tag),
        entry=entry,
        offset=hit.offset,
    )


def _is_pixel(tag: Tag) -> bool:
    """Is it a picture of one dot, which tells the sender that the letter was opened?"""
    sizes = {str(tag.get(name)).removesuffix("px") for name in ("width", "height")}
    return tag.name == "img" and sizes <= {"0", "1"}


def _one_each(links: Iterable[Link]) -> tuple[Link, ...]:
    """One link for each place: the compiler makes several of one social icon or background."""
    made: defaultdict[tuple[Place, str, bool], list[Link]] = defaultdict(list)
    for link in links:
        made[link.place, link.href, link.role is Role.RESOURCE].append(link)
    return tuple(map(_the_one, made.values()))


def _the_one(made: list[Link]) -> Link:
    """The first one with a label, which knows of the others."""
    one = next((link for link in made if link.label), made[0])
    if len(made) == 1:
        return one
    return replace(one, also=tuple(link.offset for link in made if link is not one))


def _in_text(part: Part) -> Iterator[Link]:
    for hit in find_text_hits(part.text):
        yield _text_link(hit, part.lines.place(hit.offset))


def _text_link(hit: TextHit, place: Place) -> Link:
    full = f"http://{hit.href}" if hit.href.lower().startswith("www.") else hit.href
    url = Url.parse(full)
    return Link(
        id="",
        href=hit.href,
        url=url,
        label=hit.label,
        element="text",
        role=told_role(hit.href, url, hit.label) or Role.ARTICLE,
        place=place,
        aside=hit.label,
        offset=hit.offset,
    )
