"""What is known of a wrong link: from the places that have it, and from what was seen there."""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from sendguard.correct.apology import WrongLink
from sendguard.correct.triage import Mistake
from sendguard.judge.answer import opened
from sendguard.links import Link, Role, is_generic
from sendguard.values import Url
from sendguard.visit import Answered, Trouble, Unreachable, Visit

NO_SITES: Mapping[str, str] = {}

_BETWEEN = re.compile(r"\s+[|\-–—·•»:]\s+")


def wrong_link(
    places: Sequence[Link],
    right: Url,
    *,
    seen: Visit | None = None,
    expected: Visit | None = None,
    sites: Mapping[str, str] = NO_SITES,
) -> WrongLink:
    """One wrong link as readers know it.

    Args:
        places: All that had the wrong address, at least one.
        right: What they should open.
        seen: What was at the wrong address; None where nobody looked.
        expected: What is at the right one; None where nobody looked.
        sites: As `site_names` tells them.
    """
    telling = _most_telling(places)
    return WrongLink(
        label=_words(telling),
        headline=telling.story.headline if telling.story else None,
        opened=page_title(seen, sites),
        title=page_title(expected, sites),
        right=right,
        dead=is_dead(seen),
    )


def mistake(
    places: Sequence[Link], right: Url, *, seen: Visit | None = None, expected: Visit | None = None
) -> Mistake:
    """The same for triage."""
    telling = _most_telling(places)
    return Mistake(
        name=wrong_link(places, right).name,
        href=telling.href,
        wrong=telling.url,
        right=right,
        roles=frozenset(place.role for place in places),
        seen=seen,
        expected=expected,
    )


def page_title(visit: Visit | None, sites: Mapping[str, str] = NO_SITES) -> str | None:
    """What the page is called, without its site's name; None where no page was seen."""
    match visit:
        case Visit(outcome=Answered(page=page, landed=landed) as answer) if page and opened(answer):
            site = page.site_name or sites.get(landed.url.host)
            return _without_site(page.best_title, site) if page.best_title else None
        case _:
            return None


def site_names(visits: Iterable[Visit]) -> Mapping[str, str]:
    """By host, what the titles of all its pages end with, where several were seen."""
    titles: defaultdict[str, set[str]] = defaultdict(set)
    for visit in visits:
        match visit:
            case Visit(outcome=Answered(page=page, landed=landed)) if page and page.best_title:
                titles[landed.url.host].add(page.best_title)
            case _:
                pass
    ends = {host: {_end(title) for title in some} for host, some in titles.items()}
    return {
        host: end
        for host, (end, *others) in ((host, tuple(some)) for host, some in ends.items())
        if end and not others and len(titles[host]) > 1
    }


def _end(title: str) -> str:
    cuts = list(_BETWEEN.finditer(title))
    return title[cuts[-1].end() :] if cuts else ""


def is_dead(visit: Visit | None) -> bool:
    """Surely no page was there; a wall proves nothing."""
    match visit:
        case Visit(outcome=Answered(walled=None) as answer):
            return answer.landed.status >= 400 or answer.is_no_page
        case Visit(outcome=Unreachable(trouble=trouble)):
            return trouble is not Trouble.NO_NETWORK
        case _:
            return False


def _most_telling(places: Sequence[Link]) -> Link:
    """The one whose words say most; the lines of a plain text part come last."""
    marked_up = [place for place in places if place.element != "text"] or list(places)
    named = (place for place in marked_up if (words := _words(place)) and not is_generic(words))
    return next(named, marked_up[0])


def _words(place: Link) -> str:
    """What a reader sees of it; few see an alt text, and a picture is known by its headline."""
    return "" if place.role is Role.IMAGE and place.story else place.label


def _without_site(title: str, site: str | None) -> str:
    cuts = list(_BETWEEN.finditer(title))
    if not cuts or not site:
        return title
    if title[cuts[-1].end() :].casefold() == site.casefold():
        return title[: cuts[-1].start()]
    if title[: cuts[0].start()].casefold() == site.casefold():
        return title[cuts[0].end() :]
    return title
