"""Intents made surer by what the site itself calls its articles."""

from collections.abc import Iterable, Mapping
from dataclasses import replace

from sendguard.intent.feed.known import KnownArticle, key
from sendguard.intent.intent import HEADLINE_LIKE, From, Intent
from sendguard.values import Url

TITLE_OF_FEED = 0.97
"""How sure it is that words name an article that the feed calls just so."""

FEWEST_WORDS, FEWEST_IN_RUNNING_TEXT = 2, 4  # “Interview” is the title of many
_SPACELESS = "\u0e00"  # Thai, Chinese, Japanese, Korean


def refine(intents: Mapping[str, Intent], known: Iterable[KnownArticle]) -> Mapping[str, Intent]:
    """The intents by link id; those that name exactly one article of the feed have its address."""
    addresses = unique_addresses(known)
    return {id_: _refined(intent, addresses) for id_, intent in intents.items()}


def unique_addresses(known: Iterable[KnownArticle]) -> Mapping[str, Url]:
    """For each title that one article alone has, its address; by `key`."""
    found: dict[str, Url | None] = {}
    for one in known:
        if one.named:
            name = key(one.title)
            first = found.setdefault(name, one.url)
            found[name] = first if first and _bare(first) == _bare(one.url) else None
    return {name: url for name, url in found.items() if url}


def _refined(intent: Intent, addresses: Mapping[str, Url]) -> Intent:
    if intent.source is From.DECLARED or not intent.title:
        return intent
    name = key(intent.title)
    url = addresses.get(name)
    if url is None or not _is_titles_own(intent, _length(name)):
        return intent
    return replace(intent, url=url, source=From.FEED, sureness=TITLE_OF_FEED)


def _is_titles_own(intent: Intent, length: int) -> bool:
    """Are the words said of this link alone, and enough of them to be no coincidence?"""
    if intent.sureness >= HEADLINE_LIKE:
        return length >= FEWEST_WORDS
    # A headline over several links, or over a call to act, need not name what each opens.
    return intent.source is From.LABEL and length >= FEWEST_IN_RUNNING_TEXT


def _length(name: str) -> int:
    """In words; scripts without spaces have about two letters to a word."""
    return max(len(name.split()), sum(letter >= _SPACELESS for letter in name) // 2)


def _bare(url: Url) -> str:
    return url.host.removeprefix("www.") + url.path.rstrip("/") + url.query
