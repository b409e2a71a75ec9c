"""Front pages: the page that a site shows to those who ask for nothing in particular."""

import re

from sendguard.judge.answer import opened
from sendguard.judge.hosts import site_of
from sendguard.values import Url
from sendguard.visit import Answered, Visit

_LANGUAGES = frozenset(
    """ar bg bn ca cs cy da de el en es et eu fa fi fr ga gl he hi hr hu id is it ja ko lt lv ms
    nb nl nn no pl pt ro ru sk sl sr sv ta th tr uk ur vi zh""".split()
)
_LANGUAGE_PATH = re.compile(r"/([a-z]{2})(?:[-_][a-z]{2})?/?", re.IGNORECASE)
_INDEX_PATH = re.compile(r"/(?:(?:index|default)\.(?:html?|php|aspx?))?", re.IGNORECASE)
# `/?p=12` is an article of many a site; what only counts visitors is not.
_COUNTING = re.compile(
    r"(?:(?:utm_\w+|ref|source|fbclid|gclid|mc_[ce]id|_hs\w+|lang|hl)(?:=[^&]*)?(?:&|$))*",
    re.IGNORECASE,
)


def is_front_page(url: Url) -> bool:
    """`/`, `/index.html` or a language's own `/en/`, with nothing asked of it."""
    if not _COUNTING.fullmatch(url.query) or url.fragment.startswith(("/", "!")):
        return False
    language = _LANGUAGE_PATH.fullmatch(url.path)
    if language:
        return language.group(1).lower() in _LANGUAGES
    return bool(_INDEX_PATH.fullmatch(url.path))


def front_page_instead_of(visit: Visit) -> Url | None:
    """The front page that a deeper address came to rest on; None when it did not."""
    match visit:
        case Visit(url=Url() as asked, outcome=Answered(landed=landed) as answer) if (
            opened(answer) and is_front_page(landed.url) and not is_front_page(asked)
        ):
            return None if asked.path == "/" else landed.url
        case _:
            return None


def same_site(one: Url, other: Url) -> bool:
    """Both addresses are held by one owner, as far as their names tell."""
    return site_of(one.host) == site_of(other.host)
