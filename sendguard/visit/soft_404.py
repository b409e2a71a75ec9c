"""Soft 404s: answers with success that say in words that there is no such page.

The first signs are looked for on every page and cost next to nothing; the second ones
only where there is a first.
"""

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from urllib.parse import unquote

from selectolax.lexbor import LexborHTMLParser

from sendguard.values import Url
from sendguard.visit.acting_words import folded
from sendguard.visit.says_missing import is_saying, says_missing, speaks_of_missing, squeezed
from sendguard.visit.visit import Answered, Hop, Outcome, Page

THIN = 120
"""Words of its own; a page that says only that it is missing has fewer."""

SAME_AS_INVENTED = "an address beside it that we made up shows the very same page"


def first_signs(
    tree: LexborHTMLParser, page: Page, hops: Sequence[Hop], names: Collection[str]
) -> tuple[str, ...]:
    """What makes a page look like an error page; empty for nearly all.

    Args:
        tree: The page.
        page: Its facts. One that describes itself as an article is none.
        hops: How it was reached. An address that has to do with missing pages (`/what-is-a-404`)
            is expected to say so.
        names: What the site is called, as `says_missing.squeezed` spells it.
    """
    asked, landed = hops[0].url, hops[-1].url
    if page.headline or _speaks_of_missing(asked) or _goes_on_about_missing(landed):
        return ()
    found = (_in_words(tree, page, names), _in_address(asked, landed), _in_marks(tree))
    return tuple(sign for sign in found if sign)


def second_signs(tree: LexborHTMLParser, page: Page, landed: Url) -> tuple[str, ...]:
    """What makes it sure, in the head of a page that has one of the `first_signs`."""
    return tuple(_seconds(tree, page, landed))


def thinness(own_words: int) -> tuple[str, ...]:
    """The same, of its text."""
    few = own_words < THIN
    return (f"it has next to no text of its own ({own_words} words)",) if few else ()


def first_on_site(hops: Sequence[Hop]) -> Url:
    """The address to try a neighbour of: the landed one, or what led to an error page from it."""
    landed = hops[-1].url
    if is_error_address(landed) and len(hops) > 1 and hops[-2].url.host == landed.host:
        return hops[-2].url
    return landed


def with_made_up(answer: Answered, found: Outcome, *, alike: bool) -> Answered:
    """A soft 404 with what became of an address that nobody can have made a page for.

    The same page there is the strongest sign; where the site knows what it does not have,
    the page in question is at most suspected. No answer says nothing.

    Args:
        answer: One that has `first_signs`.
        found: What was at the other address.
        alike: The two pages tell the same.
    """
    if not isinstance(found, Answered) or found.walled is not None:
        return answer
    status = found.landed.status
    if 200 <= status < 300 and (alike or found.signs[:1] == answer.signs[:1]):
        return replace(answer, signs=(*answer.signs, SAME_AS_INVENTED))
    knows = 200 <= status < 300 or status in {404, 410}
    return replace(answer, signs=answer.signs[:1]) if knows else answer


def is_error_address(url: Url) -> bool:
    """Its last step is the name of an error page: `/404`, `/page-not-found.html`."""
    step = _last_step(url)
    return step in _ERROR_STEPS or is_saying(step)


def _in_words(tree: LexborHTMLParser, page: Page, names: Collection[str]) -> str | None:
    untitled = squeezed(page.title or "") in {"", *names}
    heading = page.heading or (_second_heading(tree) if untitled else None)
    for what, text in (("title", page.title), ("heading", heading)):
        if text and says_missing(text, names):
            return f"its {what} says “{text}”"
    return None


def _second_heading(tree: LexborHTMLParser) -> str | None:
    node = tree.css_first("h2")
    return " ".join(node.text(deep=True)[:500].split()) if node else None


def _in_address(asked: Url, landed: Url) -> str | None:
    if asked.page == landed.page:
        return None
    if is_error_address(landed) and not is_error_address(asked):
        return f"it was sent on to an error page ({landed.path})"
    is_own = asked.host.removeprefix("www.") == landed.host.removeprefix("www.")
    if is_own and _is_search(landed) and not _is_search(asked):
        return f"it was sent on to a search of the site ({landed.path})"
    return None


def _in_marks(tree: LexborHTMLParser) -> str | None:
    """WordPress and others write it into the body's classes."""
    body = tree.body
    classes = ((body.attributes.get("class") if body else None) or "")[:2_000].lower().split()
    return "the site itself marks it as an error page" if _MARKS.intersection(classes) else None


def _seconds(tree: LexborHTMLParser, page: Page, landed: Url) -> Iterator[str]:
    if page.canonical and _is_elsewhere(page.canonical, landed):
        yield f"it gives {page.canonical.text} as its real address"
    robots = tree.css_first('meta[name="robots" i][content*="noindex" i]')
    if robots is not None:
        yield "it asks search engines to leave it out"


def _is_elsewhere(canonical: Url, landed: Url) -> bool:
    is_root = canonical.path == "/" and not canonical.query
    return (is_root and landed.path != "/") or (
        is_error_address(canonical) and canonical.path != landed.path
    )


def _speaks_of_missing(url: Url) -> bool:
    return any(map(speaks_of_missing, _steps(url)))


def _goes_on_about_missing(url: Url) -> bool:
    """The address says more where an error page's would end: `/blog/404-not-found-explained`."""
    return any(speaks_of_missing(step) and not is_saying(step) for step in _steps(url))


def _steps(url: Url) -> list[str]:
    steps = [*_EXTENSION.sub("", url.path).split("/"), *url.query.split("&")]
    return [_folded(step) for step in steps if step]


def _is_search(url: Url) -> bool:
    steps = set(url.path.lower().strip("/").split("/"))
    return bool(steps & _SEARCHES) or bool(_SEARCH_QUERY.search(url.query))


def _last_step(url: Url) -> str:
    return _folded(_EXTENSION.sub("", url.path.rstrip("/").rpartition("/")[2]))


def _folded(step: str) -> str:
    return folded(unquote(step[:300]))


_EXTENSION = re.compile(r"\.(?:html?|php|aspx?|jsp|shtml)$", re.IGNORECASE)
_ERROR_STEPS = frozenset(
    """404error error404 errorpage error404page notfound pagenotfound nichtgefunden introuvable
    404page filenotfound sidanfinnsinte""".split()
) | {"error page", "error", "errors", "fehler", "erreur", "nicht gefunden", "not available"}
_MARKS = frozenset({"error404", "error-404", "page-404", "page404", "not-found", "is-404"})
_SEARCHES = frozenset("search suche recherche buscar busqueda cerca ricerca zoeken sok".split())
_SEARCH_QUERY = re.compile(r"(?:^|&)(?:s|q|search|query|keyword)=")
