"""Where links built from MJML stand in the MJML itself, and which of them were lost."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from operator import itemgetter

from bs4 import Tag

from sendguard.links.addresses import Hit, find_hits
from sendguard.links.label import label_of
from sendguard.links.link import LostLink
from sendguard.links.markup import Markup
from sendguard.read import Source
from sendguard.values import Place

_INCLUDE = "mj-include"


@dataclass(frozen=True, slots=True)
class Written:
    """An address as the editor wrote it, with its place."""

    hit: Hit
    place: Place


def find_written(sources: tuple[Source, ...]) -> tuple[Written, ...]:
    """Every address of the MJML in reading order, included files in their place."""
    by_name = {source.name: source for source in sources}
    return tuple(_written(sources[0], by_name)) if sources else ()


def _written(source: Source, others: dict[str, Source]) -> Iterator[Written]:
    rest = {name: other for name, other in others.items() if name != source.name}
    markup = Markup.parse(source.text, source.lines)
    hits = (*find_hits(markup, mjml=True), *find_hits(markup.conditional(), mjml=True))
    includes = ((markup.offset(tag), tag) for tag in markup.tags if tag.name == _INCLUDE)
    found: list[tuple[int, Hit | Tag]] = [*((hit.offset, hit) for hit in hits), *includes]
    for offset, one in sorted(found, key=itemgetter(0)):
        if isinstance(one, Hit):
            yield Written(one, source.lines.place(offset))
        elif included := _named(str(one.get("path")), source.name, rest):
            yield from _written(included, rest)


def _named(path: str, includer: str, sources: dict[str, Source]) -> Source | None:
    """The included source; files are named from the campaign folder, whoever includes them."""
    bare = path.removeprefix("./")
    folder = includer.rpartition("/")[0]
    return sources.get(bare) or sources.get(f"{folder}/{bare}")


def place_built(
    built: Iterable[Hit], written: tuple[Written, ...]
) -> tuple[tuple[Place, ...], tuple[LostLink, ...]]:
    """For each built address its place in the MJML; and the links that were not built.

    Equal addresses answer to each other in order. What the compiler adds by itself (icons
    of social networks) takes the place of what comes before it.
    """
    waiting: defaultdict[tuple[str, bool], list[Written]] = defaultdict(list)
    for one in reversed(written):
        waiting[_key(one.hit)].append(one)
    last = written[0].place
    places: list[Place] = []
    met: set[int] = set()
    for hit in built:
        found = _take(waiting, hit, written)
        if found:
            last = found.place
            met.add(id(found))
        places.append(last)
    lost = (_lost(one) for one in written if one.hit.followed and id(one) not in met)
    return tuple(places), tuple(lost)


def _key(hit: Hit) -> tuple[str, bool]:
    return hit.href, hit.followed


def _take(
    waiting: defaultdict[tuple[str, bool], list[Written]], hit: Hit, written: tuple[Written, ...]
) -> Written | None:
    equal = waiting.get(_key(hit))
    if equal:
        return equal.pop() if len(equal) > 1 else equal[-1]
    return next((one for one in written if _wraps(hit, one.hit)), None) if hit.followed else None


def _wraps(built: Hit, source: Hit) -> bool:
    """Did the compiler put the address inside a longer one (share buttons, `base-url`)?"""
    makes_longer = source.tag.name in {"mj-social-element", "mj-navbar-link"}
    return (
        makes_longer
        and bool(source.href)
        and re.search(re.escape(source.href) + "$", built.href) is not None
    )


def _lost(one: Written) -> LostLink:
    tag = one.hit.tag
    return LostLink(href=one.hit.href, label=label_of(tag), element=tag.name, place=one.place)
