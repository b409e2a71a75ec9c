"""What an answer is: a page, or something that stands in a page's place. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass

from selectolax.lexbor import LexborHTMLParser

from sendguard.values import Url
from sendguard.visit import login, parked, soft_404
from sendguard.visit.own_text import own_text
from sendguard.visit.says_missing import squeezed
from sendguard.visit.shell import is_shell
from sendguard.visit.visit import Hop, Kind, Page


@dataclass(frozen=True, slots=True)
class Seeming:
    """What an answer seems to be, and what shows it, each a few words for a person."""

    kind: Kind = Kind.PAGE
    signs: tuple[str, ...] = ()


def what_it_seems(
    tree: LexborHTMLParser, raw: bytes, page: Page, hops: Sequence[Hop], *, is_whole: bool = True
) -> Seeming:
    """What a page seems to be; nearly always just that.

    Args:
        tree: The page; it may lose its menus here, so that it is of no further use.
        raw: The same as it came.
        page: Its facts.
        hops: How it was reached.
        is_whole: All of it is there that could tell; else that it lacks something tells nothing.
    """
    names = _names(page, hops[-1].url)
    offers = parked.parked_signs(tree, raw, page, hops)
    errors = soft_404.first_signs(tree, page, hops, names)
    asks = login.asks_for_login(tree, page, hops)
    if not (offers or errors or asks):
        is_empty = is_whole and is_shell(tree, page, hops[-1].url, names)
        return Seeming(Kind.SHELL) if is_empty else Seeming()
    seconds = soft_404.second_signs(tree, page, hops[-1].url) if errors else ()
    words = len(own_text(tree).split())
    if offers:
        return _parked(offers, words, page)
    if errors:
        # Of a page that broke off, all the text may have been behind.
        thin = () if page.cut_short else soft_404.thinness(words)
        return Seeming(Kind.SOFT_404, (*errors, *thin, *seconds))
    return Seeming(Kind.LOGIN) if words < login.THIN else Seeming()


def _parked(offers: tuple[str, ...], words: int, page: Page) -> Seeming:
    if words >= parked.THIN:
        return Seeming()
    if page.cut_short:
        return Seeming(Kind.PARKED, offers[:1])
    return Seeming(Kind.PARKED, (*offers, f"it has next to no text of its own ({words} words)"))


def _names(page: Page, url: Url) -> frozenset[str]:
    """What the site may call itself, letters and digits alone."""
    bare = url.host.removeprefix("www.")
    names = {squeezed(bare), *map(squeezed, bare.split(".")), squeezed(page.site_name or "")}
    return frozenset(names | {f"the{name}" for name in names}) - {"", "the"}
