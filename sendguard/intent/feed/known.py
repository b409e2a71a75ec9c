"""What is known of the articles of a site, and what a feed turned out to be."""

import re
from dataclasses import dataclass
from typing import TypeAlias
from urllib.parse import unquote

from sendguard.links import plain
from sendguard.values import Url

MOST_TITLE = 400
"""Characters of a title that are kept; more never tells two articles apart."""

_WORD = re.compile(r"[\w+#]+")  # C++ is not C#
_COUNTING = re.compile(r"utm_\w+=[^&]*", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownArticle:
    """An article that the site says it has.

    Attributes:
        title: As the feed gives it; of a sitemap, which has none, the words of the address.
        url: Where it is, without what only counts visitors.
        named: False where `title` was only made from the address.
    """

    title: str
    url: Url
    named: bool = True


@dataclass(frozen=True, slots=True)
class Articles:
    """A feed, or a sitemap with addresses in it."""

    known: tuple[KnownArticle, ...]


@dataclass(frozen=True, slots=True)
class Parts:
    """A sitemap that only names other sitemaps."""

    urls: tuple[Url, ...]


@dataclass(frozen=True, slots=True)
class NoFeed:
    """Nothing that articles could be read from; `says` is fit to follow “it”."""

    says: str


FeedContent: TypeAlias = Articles | Parts | NoFeed


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """All that came of reading a campaign's feed.

    Attributes:
        articles: In the order of the feed.
        trouble: Why it could not be read, fit to follow “it”; None when it could.
    """

    articles: tuple[KnownArticle, ...] = ()
    trouble: str | None = None


NOTHING_KNOWN = Known()


def article(title: str | None, address: str, base: Url) -> KnownArticle | None:
    """The article at an address; None when that is no web address.

    Args:
        title: None where the site does not give one.
        address: As written, perhaps relative.
        base: Where the feed stands.
    """
    url = Url.parse(address, base)
    if url is None:
        return None
    words = " ".join((title or "")[: 4 * MOST_TITLE].split())[:MOST_TITLE]
    bare = without_counting(url.page)
    return KnownArticle(title=words or slug_words(bare), url=bare, named=bool(words))


def without_counting(url: Url) -> Url:
    """The address without the `utm_` parameters that feeds are fond of."""
    address, _, query = url.text.partition("?")
    kept = "&".join(filter(None, _COUNTING.sub("", query).split("&")))
    return Url(f"{address}?{kept}" if kept else address)


def slug(url: Url) -> str:
    """The last step of the path without its ending, as it is written."""
    steps = [step for step in unquote(url.path).split("/") if step]
    last = steps[-1] if steps else ""
    return last.rpartition(".")[0] if re.search(r"\.[a-z]{2,5}$", last) else last


def slug_words(url: Url) -> str:
    """The last step of the path, as words."""
    return re.sub(r"[-_+\s]+", " ", slug(url)).strip()


def key(title: str) -> str:
    """A title for comparing: no case, accents or punctuation."""
    return " ".join(_WORD.findall(plain(title[:MOST_TITLE])))
