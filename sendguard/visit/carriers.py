"""The redirectors that carry their target in their own address, and how each of them writes it."""

import json
import re
from collections.abc import Callable, Iterator
from functools import lru_cache
from typing import TypeAlias
from urllib.parse import parse_qsl, unquote

from sendguard.values import Url
from sendguard.visit.encoded import from_base64
from sendguard.visit.proofpoint import unmasked, with_bytes_back

# A name has a few labels; a hostile one has thousands.
_MOST_LABELS = 6

_MOST_PARAMETERS = 100

Read: TypeAlias = Callable[[Url], str | None]


def carried(url: Url) -> str | None:
    """The target as the redirector writes it, decoded once; None where `url` carries none."""
    return next((text for read in _readers(url) if (text := read(url))), None)


def may_carry(host: str, path: str) -> bool:
    """Whether an address may carry a target, told quickly: where this says no, it carries none."""
    return _is_door(host) or any(written.match(path) for written, _ in _BY_PATH)


@lru_cache(4096)
def _is_door(host: str) -> bool:
    labels = host.lower().rstrip(".").split(".")[-_MOST_LABELS:]
    tails = (".".join(labels[at:]) for at in range(len(labels)))
    return any(tail in _BY_HOST for tail in tails) or "google" in labels


def _readers(url: Url) -> Iterator[Read]:
    labels = url.host.rstrip(".").split(".")[-_MOST_LABELS:]
    for at in range(len(labels)):
        for path, read in _BY_HOST.get(".".join(labels[at:]), ()):
            if url.path.lower().startswith(path):
                yield read
    if _GOOGLE.fullmatch(url.host) and url.path == "/url":
        yield _parameter("q", "url")
    yield from (read for path, read in _BY_PATH if path.match(url.path))


def _parameter(*names: str) -> Read:
    """Reads the first of the parameters that is there."""

    def read(url: Url) -> str | None:
        found = _parameters(url)
        return next((found[name] for name in names if name in found), None)

    return read


def _parameters(url: Url) -> dict[str, str]:
    """What stands behind the `?`; of several of one name the first, as most servers take it."""
    query = "&".join(url.query.split("&")[:_MOST_PARAMETERS])
    pairs = parse_qsl(query, keep_blank_values=True, errors="replace")
    return dict(reversed(pairs))


def _proofpoint_v2(url: Url) -> str | None:
    masked = _parameters(url).get("u")
    return unmasked(masked) if masked else None


def _proofpoint_v3(url: Url) -> str | None:
    return with_bytes_back(url.text.partition("/v3/")[2])


def _in_base64(*names: str) -> Read:
    """Reads a parameter in base64; Bing puts two letters in front."""

    def read(url: Url) -> str | None:
        found = _parameters(url)
        token = next((found[name] for name in names if name in found), "")
        return from_base64(token.removeprefix("a1"))

    return read


def _last_in_base64(url: Url) -> str | None:
    return from_base64(url.path.rstrip("/").rpartition("/")[2])


def _behind_numbers(url: Url) -> str | None:
    """Buttondown's token: a number, a hash and the target, with bars between."""
    told = from_base64(url.path.rstrip("/").rpartition("/")[2]) or ""
    at = told.find("http")
    return told[at:] if at >= 0 else None


def _first_http(url: Url) -> str | None:
    """The last part of the path, where it is an encoded address."""
    return unquote(url.path.rstrip("/").rpartition("/")[2])


def _whole_query(url: Url) -> str | None:
    return url.query


def _counted(url: Url) -> str | None:
    """Amazon's and others' `/L0/https:%2F%2Fexample.org%2Fa/1/…`."""
    rest = _COUNTED.sub("", url.path, count=1)
    encoded = _ENCODED_SLASH.match(rest)
    end = _BEHIND_COUNTED.search(rest)
    part = rest.partition("/")[0] if encoded else rest[: end.start()] if end else rest
    return unquote(part)


def _postmark(url: Url) -> str | None:
    found = _POSTMARK.match(url.path)
    return f"http{found[1]}://{unquote(found[2])}" if found else None


def _in_json(*keys: str) -> Read:
    """Reads a token in the path: JSON in base64, perhaps signed behind a dot."""

    def read(url: Url) -> str | None:
        token = next((part for part in url.path.split("/") if part.startswith("eyJ")), "")
        return _told_by(_from_json(token.partition(".")[0]), keys)

    return read


def _mandrill(url: Url) -> str | None:
    """A `p` whose JSON has JSON in its own `p`."""
    found = _parameters(url)
    outer = _told_by(_from_json(found.get("p", "")), ("p",))
    return _told_by(_parsed(outer or ""), ("url",)) or found.get("url")


def _told_by(document: object, keys: tuple[str, ...]) -> str | None:
    values = (document.get(key) for key in keys) if isinstance(document, dict) else ()
    return next((value for value in values if isinstance(value, str)), None)


def _from_json(token: str) -> object:
    return _parsed(from_base64(token) or "")


def _parsed(text: str) -> object:
    try:
        return json.loads(text)
    except (ValueError, RecursionError):  # nested deeper than anyone means
        return None


_GOOGLE = re.compile(r"(?:www\.)?google\.(?:com?\.)?[a-z]{2,3}")
_COUNTED = re.compile(r"^/C?L0/")
_ENCODED_SLASH = re.compile(r"https?:%2f", re.IGNORECASE)
_BEHIND_COUNTED = re.compile(r"/\d+/[\w-]{6,}")
_POSTMARK = re.compile(r"/[23](s?)/([^/]+)/")

# Any site may have these under a name of its own.
_BY_PATH: tuple[tuple[re.Pattern[str], Read], ...] = (
    (re.compile(r"/C?L0/https?:", re.IGNORECASE), _counted),
    (re.compile(r"/lnk/[^/]+/\d+/[^/]+/aHR0c"), _last_in_base64),  # Mailjet
    (re.compile(r"/e/c/eyJ"), _in_json("href")),  # Customer.io
    (re.compile(r"/redirect/2/eyJ"), _in_json("e")),  # Substack
    (re.compile(r"/wis/clicktime/v1/query"), _parameter("url")),  # Trend Micro
)

_KIT = (("/", _last_in_base64),)
_FACEBOOK = (("/l.php", _parameter("u")), ("/flx/warn", _parameter("u")))
_VK = (("/away", _parameter("to")),)
_PROOFPOINT = (
    ("/v1/url", _parameter("u")),
    ("/v2/url", _proofpoint_v2),
    ("/v3/__", _proofpoint_v3),
)

# What stands below a name belongs to it; the path begins so.
_BY_HOST: dict[str, tuple[tuple[str, Read], ...]] = {
    # Those that rewrite mail on its way in, as a forwarded newsletter shows them.
    "safelinks.protection.outlook.com": (("/", _parameter("url")),),
    "safelinks.protection.office365.us": (("/", _parameter("url")),),
    "statics.teams.cdn.office.net": (("/evergreen-assets/safelinks/", _parameter("url")),),
    "urldefense.com": _PROOFPOINT,
    "urldefense.us": _PROOFPOINT,
    "urldefense.proofpoint.com": _PROOFPOINT,
    "linkprotect.cudasvc.com": (("/url", _parameter("a")),),
    "secure-web.cisco.com": (("/", _first_http),),
    "clicktime.symantec.com": (("/", _parameter("u")),),
    "protect.fireeye.com": (("/", _parameter("u")),),
    "protect2.fireeye.com": (("/", _parameter("u")),),
    "scanmail.trustwave.com": (("/", _parameter("u")),),
    "urlsand.esvalabs.com": (("/", _parameter("u")),),
    "link.edgepilot.com": (("/", _parameter("u")),),
    "linklock.titanhq.com": (("/", _parameter("url")),),
    "protection.sophos.com": (("/", _in_base64("u")),),
    "deref-gmx.net": (("/", _parameter("redirectUrl")),),
    "deref-mail.com": (("/", _parameter("redirectUrl")),),
    "deref-web.de": (("/", _parameter("redirectUrl")),),
    # Platforms that send newsletters.
    "convertkit-mail.com": _KIT,
    "convertkit-mail2.com": _KIT,
    "convertkit-mail3.com": _KIT,
    "convertkit-mail4.com": _KIT,
    "kit-mail.com": _KIT,
    "kit-mail2.com": _KIT,
    "kit-mail3.com": _KIT,
    "kit-mail4.com": _KIT,
    "buttondown.com": (("/c/", _behind_numbers),),
    "buttondown.email": (("/c/", _behind_numbers),),
    "mandrillapp.com": (("/track/click", _mandrill),),
    "pstmrk.it": (("/", _postmark),),
    # Sites whose links leave through a door of their own.
    "facebook.com": _FACEBOOK,
    "l.messenger.com": _FACEBOOK,
    "l.instagram.com": (("/", _parameter("u")),),
    "l.threads.net": (("/", _parameter("u")),),
    "l.threads.com": (("/", _parameter("u")),),
    "l.wl.co": (("/l", _parameter("u")),),
    "linkedin.com": (("/redir/", _parameter("url")), ("/safety/go", _parameter("url"))),
    "out.reddit.com": (("/", _parameter("url")),),
    "youtube.com": (("/redirect", _parameter("q")),),
    "duckduckgo.com": (("/l/", _parameter("uddg")),),
    "bing.com": (("/ck/a", _in_base64("u")),),
    "steamcommunity.com": (("/linkfilter", _parameter("url", "u")),),
    "t.umblr.com": (("/redirect", _parameter("z")),),
    "slack-redir.net": (("/link", _parameter("url")),),
    "vk.com": _VK,
    "vk.ru": _VK,
    "tiktok.com": (("/link/", _parameter("target")),),
    "go.bsky.app": (("/redirect", _parameter("u")),),
    "medium.com": (("/r/", _parameter("url")),),
    "getpocket.com": (("/redirect", _parameter("url")),),
    "link.zhihu.com": (("/", _parameter("target")),),
    "href.li": (("/", _whole_query),),
}
