"""What must never be opened, because opening it does something for the reader.

The one place where that is decided, for links and for each redirect on the way. Doubtful
words (`vote`, `confirm`) count only beside something that could tell whom or what they are
about, so that an article with the word in its address is still visited.
"""

import re
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain, islice
from urllib.parse import parse_qsl, unquote, urlsplit

from sendguard.links.merge_tags import has_tag
from sendguard.values import Url
from sendguard.visit.acting_words import (
    ABOUT,
    COMPANIONS,
    DOUBTFUL,
    DOUBTFUL_LABELS,
    NO,
    ON_THE_LIST,
    SURE,
    SURE_LABELS,
    VERB_NAMES,
    WAYS_OUT,
    WHO_NAMES,
    folded,
)
from sendguard.visit.unwrap import layers
from sendguard.visit.visit import Reason

# No server takes a longer address.
LONGEST_ADDRESS = 16_384

# Nobody writes a longer one on a button, and an attribute of megabytes need not be folded.
LONGEST_LABEL = 80

_MOST_ENCODINGS = 4
_MOST_INNER = 20


def why_not_open(url: Url, label: str, header_addresses: frozenset[str]) -> Reason | None:
    """Why `url` must not be requested, or None when it may be.

    Args:
        url: The address; what a redirector carries counts as well.
        label: The words that the link shows; empty for a redirect.
        header_addresses: Every address of the message's `List-Unsubscribe` headers.
    """
    if has_tag(url.text):
        return Reason.PERSONAL
    inside = layers(url)
    if any(_normal(layer) in _normals(header_addresses) for layer in inside):
        return Reason.ACTS
    read = [_read(layer.page.text[:LONGEST_ADDRESS]) for layer in inside]
    acts = any(map(_acts_by_itself, read)) or _label_acts(label, read[-1])
    return Reason.ACTS if acts else None


def _acts_by_itself(parts: "_Parts") -> bool:
    return (
        _is_surely_acting(parts)
        or _is_way_out(parts)
        or any(_is_surely_acting(_read(inner)) for inner in _inner_addresses(parts))
        or _is_probably_acting(parts)
        or _is_open_tracker(parts)
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Parts:
    """An address taken apart: its words as lists of single words, case kept in `segments`."""

    host: str
    segments: tuple[str, ...]
    words: tuple[tuple[str, ...], ...]
    query: tuple[tuple[str, str], ...]
    is_article: bool


@lru_cache(1024)
def _read(address: str) -> _Parts:
    split = urlsplit(address)
    segments = tuple(_decoded(part) for part in split.path.split("/") if part)
    query = parse_qsl(split.query, keep_blank_values=True, errors="replace", separator="&")
    query = [(_decoded(name), _decoded(value)) for name, value in query]
    return _Parts(
        host=(split.hostname or "").lower(),
        segments=segments,
        words=tuple(_words(segment) for segment in segments),
        query=tuple((name, value) for name, value in query if not _TRACKING.match(name)),
        is_article=any(_is_slug(segment) for segment in segments),
    )


def _decoded(text: str) -> str:
    """Without any of its encodings: whoever answers may undo one more than we would."""
    for _ in range(_MOST_ENCODINGS):
        if "%" not in text:
            break
        text = unquote(text)
    return text


@lru_cache(64)
def _normals(addresses: frozenset[str]) -> frozenset[tuple[str, str, str]]:
    parsed = (Url.parse(address) for address in addresses)
    return frozenset(_normal(url) for url in parsed if url)


def _normal(url: Url) -> tuple[str, str, str]:
    return (url.host, _decoded(url.path), _decoded(url.query))


def _is_surely_acting(parts: _Parts) -> bool:
    return (
        any(word in SURE for word in _words(parts.host.partition(".")[0]))
        or bool(_PLATFORM_PATHS.search(f"{parts.host}/{'/'.join(parts.segments)}"))
        or any(_is_sure_segment(parts, at) for at in range(len(parts.segments)))
        or any(_is_about(_words(name), SURE) for name, _ in parts.query)
        or any(name.lower() in VERB_NAMES and _acts(value, SURE) for name, value in parts.query)
    )


def _is_way_out(parts: _Parts) -> bool:
    """Nothing but leaving is spoken of: `/stop/77`, `?subscribe=0`; not `/how-to-leave-a-cult`."""
    if any(_acts(name, ON_THE_LIST) and value.lower() in NO for name, value in parts.query):
        return True
    acting = [at for at, words in enumerate(parts.words) if "".join(words) in WAYS_OUT]
    return bool(acting) and all(
        at in acting or _is_of_list(words) or _names_someone(segment)
        for at, (words, segment) in enumerate(zip(parts.words, parts.segments, strict=True))
    )


def _is_of_list(words: tuple[str, ...]) -> bool:
    return all(word in COMPANIONS for word in words)


def _names_someone(segment: str) -> bool:
    return _is_token(segment) or bool(_NUMBER.fullmatch(segment))


def _inner_addresses(parts: _Parts) -> list[str]:
    """Addresses on the same server that a parameter carries: `/r?unsubscribe%3Fid%3D1`."""
    names = (name for name, value in parts.query if not value and ("?" in name or "/" in name))
    values = (value for _, value in parts.query if value.startswith("/"))
    inner = islice(chain(names, values), _MOST_INNER)
    return [f"https://{parts.host}/{address.lstrip('/')}" for address in inner]


def _is_sure_segment(parts: _Parts, at: int) -> bool:
    if not _is_about(parts.words[at], SURE):
        return False
    is_subject = at > 0 and parts.segments[at - 1].lower() in ABOUT
    return not (is_subject and at == len(parts.segments) - 1 and not parts.query)


def _is_probably_acting(parts: _Parts) -> bool:
    if parts.is_article:
        return False
    named = [(name, value) for name, value in parts.query if _is_about(_words(name), DOUBTFUL)]
    others = [pair for pair in parts.query if pair not in named]
    verb = any(name.lower() in VERB_NAMES and _acts(value, DOUBTFUL) for name, value in others)
    return (
        any(_is_doubtful_segment(parts, at) for at in range(len(parts.segments)))
        or any(_is_token(value) for _, value in named)
        or ((bool(named) or verb) and _knows_whom(others))
    )


def _is_doubtful_segment(parts: _Parts, at: int) -> bool:
    if not _is_about(parts.words[at], DOUBTFUL):
        return False
    behind = parts.segments[at + 1 :]
    ahead = parts.segments[:at]
    return (
        bool(parts.query)
        or any(_is_token(segment) or _NUMBER.fullmatch(segment) for segment in behind)
        or (any(_is_token(segment) for segment in ahead) and not behind)
    )


def _knows_whom(query: list[tuple[str, str]]) -> bool:
    return any(_is_token(value) or name.lower() in WHO_NAMES for name, value in query)


def _is_open_tracker(parts: _Parts) -> bool:
    return bool(_PIXEL.search("/" + "/".join(parts.segments)))


def _label_acts(written: str, parts: _Parts) -> bool:
    label = folded(written) if len(written) <= LONGEST_LABEL else ""
    if label in SURE_LABELS:
        return True
    is_bare = not parts.segments and not parts.query
    return label in DOUBTFUL_LABELS and not parts.is_article and not is_bare


def _acts(value: str, words: frozenset[str]) -> bool:
    return _is_about(_words(value), words)


def _is_about(words: tuple[str, ...], acting: frozenset[str]) -> bool:
    """True when the words name the act and nothing else: `confirm-email`, not `vote-in-ohio`."""
    whole = "".join(words)
    if whole in acting:
        return True
    return any(word in acting for word in words) and all(
        word in acting or word in COMPANIONS for word in words
    )


def _words(segment: str) -> tuple[str, ...]:
    stem = _EXTENSION.sub("", segment)
    return tuple(folded(word) for word in _BETWEEN_WORDS.split(stem) if word)


def _is_slug(segment: str) -> bool:
    words = [word for word in _SLUG_GAP.split(_EXTENSION.sub("", segment)) if word]
    return len([word for word in words if word.isalpha() and len(word) > 1]) >= 3


def _is_token(value: str) -> bool:
    """True for what could stand for one person or message: an id, a hash, a mail address."""
    return bool(_TOKEN.fullmatch(value)) and not _is_slug(value)


_TRACKING = re.compile(
    r"(?:utm_.*|mc_[ce]id|fbclid|gclid|msclkid|_hs\w+|mkt_tok|ck_subscriber_id|vero_\w+|oly_\w+"
    r"|ref|source|src|cmp|cmpid|lang|hl)$",
    re.IGNORECASE,
)
_EXTENSION = re.compile(r"\.(?:php\d?|html?|aspx?|jsp|do|cgi|action|cfm)$", re.IGNORECASE)
_BETWEEN_WORDS = re.compile(r"[-_.~+!:;,\s]+|(?<=[a-z])(?=[A-Z])")
_SLUG_GAP = re.compile(r"[-_+\s]+")
_NUMBER = re.compile(r"(?!(?:19|20)\d\d$)\d{1,9}|yes|no|maybe|up|down", re.IGNORECASE)
_TOKEN = re.compile(
    r"[^@\s]+@[^@\s]+\.[a-z]+"  # a mail address
    r"|(?=[\w.~+/=-]*\d)(?=[\w.~+/=-]*[a-z])[\w.~+/=-]{6,}"  # letters and digits mixed
    r"|\d{5,}"
    r"|[\w.~+/=-]{20,}",
    re.IGNORECASE,
)
_PIXEL = re.compile(
    r"/(?:open|opens|o|px|pixel|beacon|trk|track|1x1)\.(?:gif|png|php|aspx?|jpe?g)$"
    r"|/(?:track|tracking|trk|tr|wf|email|e|mail)/(?:opens?|op|pixel|px|o)(?:/|$)"
    r"|/trackopen(?:/|$)|/(?:open|pixel)/[\w=-]{12,}$",
    re.IGNORECASE,
)
_PLATFORM_PATHS = re.compile(
    r"\.list-manage\d*\.com/(?:profile|unsubscribe|vcard|subscribe/confirm)"
    r"|/mk/un/|/tr/un/|/track/unsub|/t/[a-z]-u-|/action/disable_email"
    r"|/subscription/(?:optin|manage|wipe|export)(?:/|$)|/subscription/[0-9a-f-]{36}/[0-9a-f-]{36}"
    r"|/hs/(?:manage-preferences|preferences-center)",
    re.IGNORECASE,
)
