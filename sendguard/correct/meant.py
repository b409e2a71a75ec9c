"""What the links of a correction are meant to open: said then, in the folder since, and now."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import replace
from typing import TypeAlias

from sendguard.errors import WrongUsage
from sendguard.intent import choose_links
from sendguard.links import Link
from sendguard.read import Article, Campaign

_Named: TypeAlias = tuple[str, Article]
"""The address that an article is about, and the article."""
_Naming: TypeAlias = Callable[[Article, Sequence[Link]], _Named]


def meant_now(
    sent: Campaign, links: Sequence[Link], now: Campaign | None, expected: Iterable[Article] = ()
) -> tuple[Article, ...]:
    """What is declared of the links that went out; what was said last counts.

    None names its link by id: ids are others' once an apology stands on top. What is said since it
    went out is said of every place with that address.

    Args:
        sent: What went out.
        links: All of its links.
        now: The folder as it is; None where there is none. What it says of other links is its own.
        expected: What the command line says.

    Raises:
        WrongUsage: One of `expected` names no link, or links with different addresses.
    """
    old, new = sent.brief.articles, now.brief.articles if now else ()
    known = {_key(one) for one in old}
    before = [named for one in old for named in _if_it_names(one, links, _named)]
    changed = [one for one in new if _key(one) not in known]
    since = [named for one in changed for named in _if_it_names(one, links, _addressed)]
    said = [_addressed(one, links) for one in expected]
    return tuple(dict((*before, *since, *said)).values())


def _key(article: Article) -> tuple[str, str | None, str | None]:
    return article.link, article.title, article.url


def _if_it_names(article: Article, links: Sequence[Link], how: _Naming) -> Iterator[_Named]:
    with suppress(WrongUsage):
        yield how(article, links)


def _addressed(article: Article, links: Sequence[Link]) -> _Named:
    """The same, of every place with that address: its headline speaks of the page, too."""
    href, one = _named(article, links)
    return href, replace(one, link=href) if href.strip() not in {"", "#"} else one


def _named(article: Article, links: Sequence[Link]) -> _Named:
    """The address that it is about, and the article, by another name than an id."""
    link = choose_links(article.link, links)[0]
    if article.link.strip() != link.id:
        return link.href, article
    with suppress(WrongUsage):
        choose_links(link.label, links)
        return link.href, replace(article, link=link.label)
    return link.href, replace(article, link=link.href)
