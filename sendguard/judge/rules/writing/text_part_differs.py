"""SG115, text-part-differs."""

from collections.abc import Iterator, Mapping

from sendguard.judge.hosts import is_redirector
from sendguard.judge.queries import bare_address
from sendguard.judge.quote import called, quoted, shown
from sendguard.judge.rule import About, NewsletterCase, newsletter_rule
from sendguard.links import Link, Role, is_generic, plain
from sendguard.links.merge_tags import has_tag
from sendguard.values import Severity

_TOLD = frozenset({Role.ARTICLE, Role.BUTTON, Role.IMAGE, Role.NAVIGATION, Role.OTHER})
_ENOUGH = 3  # addresses in the text part, to call it a copy of the HTML
_MOSTLY = 0.6  # of them are in the HTML too
_MOST_MISSING = 3  # more are left out on purpose
_SHORTEST_LABEL = 2  # words

_ByAddress = Mapping[str, Link]


@newsletter_rule(
    "SG115",
    severity=Severity.WARN,
    advice="Make the text part anew from the HTML, after the last change to a link.",
)
def text_part_differs(case: NewsletterCase) -> Iterator[About]:
    """The plain text part of a message opens other pages than its HTML.

    Why it matters:
        A link was corrected in the HTML and forgotten in the text. Those who read the text
        (watches, readers aloud, careful people) still get the wrong page.

    Caught:
        The same words over two addresses; an address in the text that the HTML does not
        have; up to three addresses of the HTML that the text leaves out. The last two only
        where most addresses of the text are in the HTML.

    Let through:
        A text that only says where to read the newsletter; other tags for counting; links
        to unsubscribe; addresses that were made into those of a click counter.

    Blind spot:
        A text part with less than three addresses, but for the same words over two.
    """
    html = _by_address(one.link for one in case.links if one.link.element != "text")
    text = _by_address(one.link for one in case.links if one.link.element == "text")
    shared = html.keys() & text.keys()
    swapped = dict(_swapped(html, text)) if shared else {}
    for address, other in swapped.items():
        link = text[address]
        says = f"{called(link)} opens {_at(link)} in the text part, and {_at(other)} in the HTML"
        yield About(link, says)
    if len(text) >= _ENOUGH and len(shared) >= _MOSTLY * len(text):
        told = {bare_address(link.url) for link in swapped.values() if link.url}
        yield from _only_in_text(text, shared | swapped.keys())
        yield from _only_in_html(html, shared | told)


def _by_address(links: Iterator[Link]) -> _ByAddress:
    """The first link to each page, without what no text part needs."""
    found: dict[str, Link] = {}
    for link in links:
        counted = link.url is None or is_redirector(link.url.host) or has_tag(link.href)
        if link.url and link.role in _TOLD and not counted:
            found.setdefault(bare_address(link.url), link)
    return found


def _swapped(html: _ByAddress, text: _ByAddress) -> Iterator[tuple[str, Link]]:
    """Addresses only of the text whose words open another address in the HTML."""
    said: dict[str, Link] = {}
    for link in html.values():
        said.setdefault(plain(link.label), link)
    for address, link in text.items():
        words = plain(link.label)
        telling = len(words.split()) >= _SHORTEST_LABEL and not is_generic(link.label)
        if address not in html and telling and words in said:
            yield address, said[words]


def _only_in_text(text: _ByAddress, known: set[str]) -> Iterator[About]:
    for address, link in text.items():
        if address not in known:
            says = f"{called(link)} opens {_at(link)} in the text part"
            yield About(link, f"{says}, which the HTML does not have")


def _only_in_html(html: _ByAddress, known: set[str]) -> Iterator[About]:
    missing = [link for address, link in html.items() if address not in known]
    if len(missing) <= _MOST_MISSING:
        for link in missing:
            says = f"The address of {quoted(link.label, limit=60)}, {_at(link)}"
            yield About(link, f"{says}, is missing in the text part")


def _at(link: Link) -> str:
    return shown(link.url) if link.url else quoted(link.href)
