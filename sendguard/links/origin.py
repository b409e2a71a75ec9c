"""Where links built from MJML stand in the MJML itself, and which of them were lost."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from operator import itemgetter

from bs4 import Tag

from sendguard.links.addresses import Hit, find_hits, is_defaults
from sendguard.links.label import is_picture, label_of
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
    if not sources:
        return ()
    written = _written(sources[0], {source.name: source for source in sources})
    defaults = _defaults(Markup.parse(source.text, source.lines) for source in sources)
    return tuple(_with_default(one, defaults) for one in written)


def _defaults(markups: Iterable[Markup]) -> Mapping[str, str]:
    """The addresses that `mj-attributes` gives to elements (or classes, by `.name`)."""
    tags = (tag for markup in markups for tag in markup.tags if tag.get("href"))
    return {
        f".{tag.get('name')}" if tag.name == "mj-class" else tag.name: str(tag["href"])
        for tag in tags
        if is_defaults(tag)
    }


def _with_default(one: Written, defaults: Mapping[str, str]) -> Written:
    tag = one.hit.tag
    if "href" in tag.attrs or not one.hit.followed:
        return one
    names = (*(f".{name}" for name in str(tag.get("mj-class") or "").split()), tag.name, "mj-all")
    href = next((defaults[name] for name in names if name in defaults), "")
    return replace(one, hit=replace(one.hit, href=href))


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
    built: Sequence[Hit], written: Sequence[Written]
) -> tuple[tuple[Place, ...], tuple[LostLink, ...]]:
    """For each built address its place in the MJML; and the links that were not built."""
    origins = _origins(built, written)
    known = {id(origin) for origin in origins if origin}
    lost = (_lost(one) for one in written if one.hit.followed and id(one) not in known)
    return tuple(_places(origins, written[0].place)), tuple(lost)


def _places(origins: Iterable[Written | None], place: Place) -> Iterator[Place]:
    """What the compiler adds by itself (icons of social networks) stands by what is before it."""
    for origin in origins:
        place = origin.place if origin else place
        yield place


def _origins(built: Sequence[Hit], written: Sequence[Written]) -> list[Written | None]:
    """The compiler keeps the order, so each address answers to the next that equals it.

    It may make several of one (an icon and its words, a background for each mail program):
    one that equals nothing to come answers to the last again.
    """
    turns = {followed: _Turns(written, followed=followed) for followed in (True, False)}
    return [turns[hit.followed].take(hit) for hit in built]


class _Turns:
    """The written addresses of one kind, given out in order."""

    def __init__(self, written: Sequence[Written], *, followed: bool) -> None:
        self._written: list[Written] = [one for one in written if one.hit.followed is followed]
        self._last = -1
        self._times = 0

    def take(self, hit: Hit) -> Written | None:
        """The written address that `hit` was built from; None when nobody wrote it."""
        if self._times == 1 and _are_words_of(self._written[self._last].hit, hit):
            self._times = 2
            return self._written[self._last]
        following = range(self._last + 1, len(self._written))
        order = (*following[:1], *range(max(self._last, 0), self._last + 1), *following[1:])
        found: int | None = next(
            (at for at in order if _built_from(hit, self._written[at].hit)), None
        )
        if found is None:
            return None
        self._times = self._times + 1 if found == self._last else 1
        self._last = found
        return self._written[found]


def _built_from(built: Hit, source: Hit) -> bool:
    if built.href == source.href:
        return True
    # Share buttons and `base-url` put the address inside a longer one.
    makes_longer = source.tag.name in {"mj-social-element", "mj-navbar-link"}
    return makes_longer and bool(source.href) and source.href in built.href


def _are_words_of(source: Hit, built: Hit) -> bool:
    """Is it the second link that the compiler makes of an icon of a network: its words?"""
    social = source.tag.name == "mj-social-element" and _built_from(built, source)
    return social and not is_picture(built) and label_of(built) == label_of(source)


def _lost(one: Written) -> LostLink:
    tag = one.hit.tag
    return LostLink(href=one.hit.href, label=label_of(one.hit), element=tag.name, place=one.place)
