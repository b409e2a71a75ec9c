"""One visit told for several links, where their addresses differ in the `#fragment` alone."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace

from sendguard.values import Url
from sendguard.visit.anchors import wanted_anchor
from sendguard.visit.visit import Answered, Hop, Visit


def by_page(addresses: Iterable[Url]) -> tuple[tuple[Url, ...], ...]:
    """The different addresses, those of one page together, in the order of the first of each."""
    pages: defaultdict[Url, list[Url]] = defaultdict(list)
    for url in dict.fromkeys(addresses):
        pages[url.page].append(url)
    return tuple(map(tuple, pages.values()))


def to_ask(addresses: Sequence[Url]) -> Url:
    """The one of a page to ask for: one that names a place in it, so that it is read to its end."""
    return next((url for url in addresses if wanted_anchor(url)), addresses[0])


def as_asked(visit: Visit, url: Url) -> Visit:
    """The visit as it would have been for another address of the same page."""
    if visit.url is None or visit.url == url:
        return visit
    if not isinstance(visit.outcome, Answered):
        return replace(visit, url=url)
    hops = tuple(
        _with_fragment(hop, visit.url.fragment, url.fragment) for hop in visit.outcome.hops
    )
    return replace(visit, url=url, outcome=replace(visit.outcome, hops=hops))


def told_for(visit: Visit, url: Url, asked: Url) -> Visit:
    """A visit as the newsletter's own address has it, where another was asked in its place."""
    visit = as_asked(visit, asked)
    return visit if asked == url else replace(visit, url=url, instead=asked)


def _with_fragment(hop: Hop, asked: str, wanted: str) -> Hop:
    """A redirect that names a place of its own keeps it."""
    if hop.url.fragment != asked:
        return hop
    page = hop.url.page.text
    return replace(hop, url=Url(f"{page}#{wanted}" if wanted else page))
