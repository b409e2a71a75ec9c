"""Front pages: the page that a site shows to those who ask for nothing in particular."""

import re

from sendguard.judge.answer import opened
from sendguard.judge.hosts import site_of
from sendguard.links import plain
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
_BETWEEN_WORDS = re.compile(r"(?:[-_+.~]|%20)+")
_FEWEST_WORDS = 3  # /news-letter and /about_us are pages of the site, /the-may-report is an article
_NUMBER = re.compile(r"\d{2,}")
_TOKEN = re.compile(r"(?=\D*\d)(?=[^a-z]*[a-z])\w{8,}", re.IGNORECASE)
_INDEX = re.compile(r"(?:home|index|default|start|main|welcome)(?:\.\w{2,5})?", re.IGNORECASE)
_ARTICLE_QUERY = re.compile(r"(?:^|&)(?:p|id|article|story|post|page_?id|nid)=\w")
_ADDRESS = re.compile(r"(?:https?://)?((?:[\w-]+\.)+[a-z]{2,24})/?")
_FRONT_PAGE_WORDS = re.compile(
    r"(?:(?:visit|see|go to|to|open|browse|explore|check out|on|zur|besuchen sie|besuche|visitez"
    r"|voir|visita|visite|bezoek) )?"
    r"(?:(?:our|the|my|your|unsere|unserer|notre|le|nuestro|nuestra|el|il nostro|il|nosso|onze) )?"
    r"(?:new )?(?:web ?site|site|home ?page|home|front page|webseite|startseite|site web"
    r"|sitio(?: web)?|pagina web|sito(?: web)?)"
)
_LOGO = re.compile(r"^(?:logo(?: of| von| de)? |the )+|(?:'s)?(?: logo| home ?page| web ?site)+$")


def is_front_page(url: Url) -> bool:
    """`/`, `/index.html` or a language's own `/en/`, with nothing asked of it."""
    if not _COUNTING.fullmatch(url.query) or url.fragment.startswith(("/", "!")):
        return False
    return _is_of_one_language(url.path) or bool(_INDEX_PATH.fullmatch(url.path))


def front_page_instead_of(visit: Visit) -> Url | None:
    """The front page that a deeper address came to rest on; None when it did not."""
    match visit:
        case Visit(asked=Url() as asked, outcome=Answered(landed=landed) as answer) if (
            opened(answer) and is_front_page(landed.url) and not is_front_page(asked)
        ):
            return None if asked.path == "/" else landed.url
        case _:
            return None


def same_site(one: Url, other: Url) -> bool:
    """Both addresses are held by one owner, as far as their names tell."""
    return site_of(one.host) == site_of(other.host)


def looks_like_an_article(url: Url) -> bool:
    """Several steps, a number, or a name of words; not `/home`, `/en/start` or `/news-letter`."""
    steps = [step for step in url.path.split("/") if step and not _INDEX.fullmatch(step)]
    if steps and _is_of_one_language(f"/{steps[0]}"):
        steps = steps[1:]
    if len(steps) > 1 or _ARTICLE_QUERY.search(url.query):
        return True
    return any(map(_names_an_article, steps))


def is_named_like_an_article(url: Url) -> bool:
    """One of its steps is a name of words: `/the-may-report`."""
    return any(len(_words(step)) >= _FEWEST_WORDS for step in url.path.split("/"))


def asks_for_front_page(label: str, front: Url, site_name: str | None = None) -> bool:
    """The words of a link name the site itself: its address, its name, “Visit our website”."""
    said = plain(label)
    if address := _ADDRESS.fullmatch(said):
        return site_of(address.group(1)) == site_of(front.host)
    if _FRONT_PAGE_WORDS.fullmatch(said):
        return True
    name = _squeezed(_LOGO.sub("", said))
    return bool(name) and name in {_squeezed(plain(site_name or "")), _owner(front.host)}


def _is_of_one_language(path: str) -> bool:
    found = _LANGUAGE_PATH.fullmatch(path)
    return found is not None and found.group(1).lower() in _LANGUAGES


def _names_an_article(step: str) -> bool:
    words = _words(step)
    numbered = any(_NUMBER.fullmatch(word) for word in words)
    return numbered or len(words) >= _FEWEST_WORDS or bool(_TOKEN.fullmatch(step))


def _words(step: str) -> list[str]:
    return [word for word in _BETWEEN_WORDS.split(step) if word]


def _owner(host: str) -> str:
    return _squeezed(site_of(host).partition(".")[0])


def _squeezed(text: str) -> str:
    return "".join(letter for letter in text if letter.isalnum())
