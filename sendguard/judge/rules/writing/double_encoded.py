"""SG113, double-encoded."""

import re
from collections.abc import Iterator

from sendguard.judge.answer import opened
from sendguard.judge.hosts import is_redirector
from sendguard.judge.queries import wraps_address
from sendguard.judge.quote import called, quoted, shown
from sendguard.judge.rule import LinkCase, Said, link_rule
from sendguard.links import Role
from sendguard.values import Severity, Url

_AMPERSAND = re.compile(r"[?&]amp(?:;|%3B)", re.IGNORECASE)
# A stroke is left out: sites that build things put %252F into their own addresses.
_TWICE = re.compile(
    r"%25(?:20|2[1-9A-C]|3[ABD-F]|40|5[BD]|7[BD]|[CD][0-9A-F]%25[89AB][0-9A-F]|E[0-9A-F]%25)",
    re.IGNORECASE,
)


@link_rule(
    "SG113",
    severity=Severity.WARN,
    advice="Copy the address from the browser again, into the field for addresses.",
)
def double_encoded(case: LinkCase) -> Iterator[Said]:
    """An address in which a sign was spelt out twice over.

    Why it matters:
        Two programs each made the address safe for HTML or for the web. What the site is
        asked for is not what was copied: a search for “a%20b”, a page without its number.

    Caught:
        &amp;amp; in the HTML, so that the address itself has &amp; in it; %2520, %253D,
        %25C3%25A9 where %20, %3D and a letter were meant.

    Let through:
        An address carried inside another, as click counters and share buttons do, where
        encoding twice is right; %25 for a percent sign; an address with %25 that opens.

    Blind spot:
        %252F, which some sites use rightly. Signs spelt out twice in a counter's address.
    """
    link = case.link
    if link.role is Role.RESOURCE or link.url is None or is_redirector(link.url.host):
        return
    own = _own_part(link.url)
    amp, twice = _AMPERSAND.search(own), _TWICE.search(own)
    if amp:
        says = f"{called(link)} has {quoted(amp.group()[1:])} left over in its address, "
        yield f"{says}where only “&” is meant: {shown(link.url)}"
    elif twice and not opened(case.visit.outcome):
        once = twice.group().replace("%25", "%")
        says = f"{called(link)} has {quoted(twice.group())} in its address"
        yield f"{says}, where {quoted(once)} seems to be meant: {shown(link.url)}"


def _own_part(url: Url) -> str:
    """Path and query up to where another address begins inside."""
    path = url.path
    if wraps_address(path):
        return ""
    own: list[str] = []
    for pair in url.query.split("&"):
        if wraps_address(pair):
            break
        own.append(pair)
    return f"{path}?{'&'.join(own)}"
