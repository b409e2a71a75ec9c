"""What a finding says, for people who have no list in which a link has a number."""

import re
from collections.abc import Iterable

from sendguard.judge.quote import called, plain, quoted
from sendguard.links import Link

_LONGEST_HEADLINE = 60
_NUMBERED = re.compile(
    r"\b((?:what|which) (?=L[0-9]+ should open\b)|opens the same address as (?=L[0-9]+,))(L[0-9]+)"
)
"""As rules say it; anything else that looks so may be somebody's own words."""


def in_words(says: str, about: Link | None, links: Iterable[Link]) -> str:
    """The sentence, with links called by their words and their headlines.

    Args:
        says: Of a finding.
        about: The link that it is about, by which the sentence may begin; None for none.
        links: All of the newsletter.
    """
    name = called(about) if about else ""
    if about and says.startswith(f"{name} "):
        says = f"{told_link(about)}{says.removeprefix(name)}"
    if not _NUMBERED.search(says):
        return says
    names = {link.id: told_link(link) for link in links}
    return _NUMBERED.sub(lambda found: _named(found, names.get(found[2])), says)


def told_link(link: Link) -> str:
    """What an editor would call a link: its words, and its headline where that says more."""
    headline = link.story.headline if link.story else ""
    if not plain(headline) or plain(headline) == plain(link.label):
        return called(link)
    return f"{called(link)} under {quoted(headline, _LONGEST_HEADLINE)}"


def _named(found: re.Match[str], name: str | None) -> str:
    if name is None:
        return found[0]
    begun = name if name.startswith("“") else f"{name[0].lower()}{name[1:]}"
    return f"{found[1]}{begun}"
