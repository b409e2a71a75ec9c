"""The headline, the picture and the button of one story: do they lead to one place?"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from enum import Enum, auto

from sendguard.judge.front_page import is_front_page, same_site
from sendguard.judge.rule import LinkCase
from sendguard.judge.titles import words
from sendguard.links import Role, is_generic
from sendguard.values import Url

_PICTURES = (".png", ".jpg", ".jpeg", ".gif", ".webp", ".svg", ".pdf")
_UNTOLD = 0.5


class _Kind(Enum):
    """In the order in which one is taken for the wrong one: pictures are copied unseen."""

    PICTURE = auto()
    BUTTON = auto()
    HEADLINE = auto()


def disagreeing(cases: Iterable[LinkCase]) -> Mapping[str, str]:
    """By the id of a link that leads elsewhere than its story's others the id of one of those."""
    stories: defaultdict[tuple[int, int], list[tuple[_Kind, LinkCase]]] = defaultdict(list)
    for case in cases:
        story = case.link.story
        if story and story.own and case.link.url and (kind := _kind(case)):
            stories[case.link.part, story.number].append((kind, case))
    found = (_odd_one(story) for story in stories.values())
    return {odd.link.id: other.link.id for odd, other in filter(None, found)}


def _kind(case: LinkCase) -> _Kind | None:
    link = case.link
    if link.role is Role.IMAGE:
        return _Kind.PICTURE
    if link.role is Role.BUTTON and (not link.label or is_generic(link.label)):
        return _Kind.BUTTON
    told = link.role is Role.ARTICLE and link.story is not None
    titled = told and link.story is not None and words(link.label) == words(link.story.headline)
    return _Kind.HEADLINE if titled else None


def _odd_one(story: Sequence[tuple[_Kind, LinkCase]]) -> tuple[LinkCase, LinkCase] | None:
    """The link that leads elsewhere, and one of the others; None where they agree."""
    ends = Counter(_bare(case.link.url) for _, case in story if case.link.url)
    if len(ends) != 2 or len({kind for kind, _ in story}) < 2 or not _are_alike(story):
        return None
    rarest = min(ends.values())
    odd = [(kind, case) for kind, case in story if ends[_bare_of(case)] == rarest]
    _, wrong = min(odd, key=lambda two: two[0].value)
    other = next(case for _, case in story if _bare_of(case) != _bare_of(wrong))
    return wrong, other


def _are_alike(story: Sequence[tuple[_Kind, LinkCase]]) -> bool:
    """Are all of them pages of one site, of which nothing is known? A page that is settles it."""
    urls = [case.link.url for _, case in story if case.link.url]
    pages = not any(is_front_page(url) or url.path.lower().endswith(_PICTURES) for url in urls)
    known = any(case.match is not None and case.match.sureness != _UNTOLD for _, case in story)
    return pages and not known and all(same_site(urls[0], url) for url in urls)


def _bare_of(case: LinkCase) -> str:
    return _bare(case.link.url) if case.link.url else ""


def _bare(url: Url) -> str:
    """The address without what only counts visitors."""
    asked = [part for part in url.query.split("&") if part and not part.startswith(_COUNTING)]
    query = f"?{'&'.join(asked)}" if asked else ""
    return f"{url.host.removeprefix('www.')}{url.path.rstrip('/')}{query}"


_COUNTING = ("utm_", "mc_", "ref=", "source=")
