"""When enough of a page has been read to say what it is. Pure, and asked after every piece."""

import html
import re
from dataclasses import dataclass

from sendguard.values import Url
from sendguard.visit.anchors import wanted_anchor
from sendguard.visit.login import speaks_of_login
from sendguard.visit.shell import says_nothing

LIMIT = 128 * 1024
LIMIT_WITH_ANCHORS = 2 * 1024 * 1024
BEYOND_HEADING = 16 * 1024
OFTEN = 100


@dataclass(slots=True)
class Looks:
    """When to ask `enough` of a page that grows: a page in tiny pieces must not cost n² steps.

    The first hundred times whenever something has come; then once it has grown by a 16th; and
    from `LIMIT` on always, since then no look takes long.
    """

    made: int = 0
    next_at: int = 0

    def is_due(self, size: int) -> bool:
        """True when it is time to look at a page of `size` bytes; counted as looked at."""
        if size < min(self.next_at, LIMIT):
            return False
        self.made += 1
        self.next_at = size + 1 + (size // 16 if self.made > OFTEN else 0)
        return True


def limit(url: Url) -> int:
    """How many bytes of the page at `url` are read at most."""
    return LIMIT_WITH_ANCHORS if wanted_anchor(url) else LIMIT


def enough(seen: bytes | bytearray, url: Url) -> bool:
    """True when reading on would not tell more about the page at `url`.

    Where a `#fragment` names a place of it, only the end is enough. Otherwise the head will
    do where it gives a title of the page's own; a title that is only the site's name, an
    error's, a login's or a dealer's in domains needs the first heading and `BEYOND_HEADING`
    bytes behind it. Never more than `limit`.
    """
    if len(seen) >= limit(url):
        return True
    if wanted_anchor(url):
        return False
    return _has_telling_head(seen, url) or _has_heading_and_more(seen)


def _has_telling_head(seen: bytes | bytearray, url: Url) -> bool:
    end = _HEAD_END.search(seen)
    if end is None:
        return False
    head = seen[: end.start()]
    title = _words(_TITLE.search(head))
    own_names = {_plain(_words(_SITE_NAME.search(head))), *_names_of(url.host)}
    return bool(_plain(title)) and _plain(title) not in own_names and not _is_an_errors(title)


def _has_heading_and_more(seen: bytes | bytearray) -> bool:
    begun = _HEADING.search(seen)
    ended = _HEADING_END.search(seen, begun.end()) if begun else None
    return ended is not None and len(seen) - ended.end() >= BEYOND_HEADING


def _words(found: re.Match[bytes] | None) -> str:
    inside = next(filter(None, found.groups()), b"") if found else b""
    return html.unescape(inside.decode("utf-8", "replace")).strip()


def _plain(text: str) -> str:
    return "".join(character for character in text.casefold() if character.isalnum())


def _names_of(host: str) -> set[str]:
    """What a site may call itself: `The Example`, `example.org`, `www.example.org`."""
    bare = host.removeprefix("www.")
    labels = bare.split(".")
    names = {_plain(bare), _plain(host), *map(_plain, labels)}
    return names | {f"the{name}" for name in names}


def _is_an_errors(title: str) -> bool:
    """Of anything that may stand in a page's place, so that its text has to be looked at."""
    tells = _plain(title) not in _SAYS_NOTHING and not says_nothing(title)
    return not tells or bool(_ERROR.search(title)) or speaks_of_login(title)


_HEAD_END = re.compile(rb"</head\b|<body\b", re.IGNORECASE)
# Every repetition has a bound, so that no page can keep us busy.
_TITLE = re.compile(rb"<title\b[^<>]{0,500}>([^<]*)", re.IGNORECASE)
_VALUE = rb"\bcontent\s?=\s?(?:\"([^\"<>]{0,200})\"|'([^'<>]{0,200})')"
_SITE_NAME = re.compile(
    rb"<meta\b[^<>]{0,200}og:site_name[^<>]{0,200}?%b|<meta\b[^<>]{0,200}?%b[^<>]{0,200}og:site_name"
    % (_VALUE, _VALUE),
    re.IGNORECASE,
)
_HEADING = re.compile(rb"<h1\b", re.IGNORECASE)
_HEADING_END = re.compile(rb"</h1\b", re.IGNORECASE)
_ERROR = re.compile(
    r"^\W*(?:40[0-9]|410|50[0-9])\b|\b(?:error|fehler|erreur|errore|erro|fel) (?:404|410|500)\b"
    r"|\b404\W*$|\b(?:page|site|article|content|file) (?:was |could |can)?not (?:be )?found\b"
    r"|^\W*not found\b|^\W*error\b|\bnicht gefunden\b|\b(?:page )?(?:introuvable|non trouvée)\b"
    r"|\bno encontrad[ao]\b|\bnon trovat[ao]\b|\bnão encontrad[ao]\b|\bniet gevonden\b"
    r"|\bhittades inte\b|\bnie znaleziono\b|\bnenalezena?\b|見つかりません|\bdomain\b|\bfor sale\b",
    re.IGNORECASE,
)
_SAYS_NOTHING = frozenset(
    {"home", "homepage", "untitled", "index", "loading", "redirecting", "document", "startseite",
     "accueil", "inicio", "justamoment", "pleasewait", "untitleddocument", "welcome"}
)  # fmt: skip
