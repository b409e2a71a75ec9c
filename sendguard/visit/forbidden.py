"""What must never be opened, because opening it does something for the reader.

The one place where that is decided, for links and for each redirect on the way. Doubtful
words (`vote`, `confirm`) count only beside something that could tell whom or what they are
about, so that an article with the word in its address is still visited.
"""

import re
from itertools import chain, islice

from sendguard.links.merge_tags import has_tag
from sendguard.values import Url
from sendguard.visit.acting_labels import label_acts
from sendguard.visit.acting_words import (
    ABOUT,
    ANSWERS,
    COMPANIONS,
    DOUBTFUL,
    LOGINS,
    NO,
    ON_THE_LIST,
    PROFILES,
    PURCHASES,
    SEARCHES,
    SOFT,
    STEPS,
    SURE,
    TICKET_NAMES,
    VERB_NAMES,
    WAYS_OUT,
    WHO_NAMES,
)
from sendguard.visit.header_addresses import is_in_header
from sendguard.visit.parts import Parts, is_number, is_personal, is_token, taken_apart
from sendguard.visit.parts import words_of as words
from sendguard.visit.unwrap import layers
from sendguard.visit.visit import Reason

# No server takes a longer address.
LONGEST_ADDRESS = 16_384

_MOST_INNER = 20
_PUBLIC_TOO = ANSWERS | PROFILES
_ANY_DOUBT = DOUBTFUL | SOFT | ANSWERS
_MOST_LABELS = 10


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
    if header_addresses and any(is_in_header(layer, header_addresses) for layer in inside):
        return Reason.ACTS
    read = [taken_apart(layer.page.text[:LONGEST_ADDRESS]) for layer in inside]
    acts = any(map(_acts, read)) or label_acts(label, read[-1])
    return Reason.ACTS if acts else None


def _acts(parts: Parts) -> bool:
    return (
        _is_surely_acting(parts)
        or _is_way_out(parts)
        or any(_is_surely_acting(taken_apart(inner)) for inner in _inner_addresses(parts))
        or _is_probably_acting(parts)
        or _is_open_tracker(parts)
    )


def _is_surely_acting(parts: Parts) -> bool:
    return (
        any(word in SURE for label in _labels(parts.host) for word in words(label))
        or bool(_PLATFORM_PATHS.search(f"{parts.host}/{'/'.join(parts.segments)}"))
        or any(_is_sure_segment(parts, at) for at in range(len(parts.segments)))
        or any(_is_about(words(name), SURE) for name, _ in parts.query)
        or any(name.lower() not in SEARCHES and _says(value, SURE) for name, value in parts.query)
    )


def _labels(host: str) -> list[str]:
    """Of a host, without the name that its owner bought; the first one always."""
    first, *others = host.split(".")[-_MOST_LABELS:]
    return [first, *others[:-2]]


def _is_sure_segment(parts: Parts, at: int) -> bool:
    if not _is_about(parts.words[at], SURE):
        return False
    is_subject = at > 0 and parts.segments[at - 1].lower() in ABOUT
    return not (is_subject and at == len(parts.segments) - 1 and not parts.query)


def _is_way_out(parts: Parts) -> bool:
    """Nothing but leaving is spoken of: `/stop/77`, `?subscribe=0`; not `/how-to-leave-a-cult`."""
    if any(_says(name, ON_THE_LIST) and value.lower() in NO for name, value in parts.query):
        return True
    acting = [at for at, said in enumerate(parts.words) if "".join(said) in WAYS_OUT]
    return bool(acting) and all(
        at in acting or _is_of_list(said) or is_token(segment) or is_number(segment)
        for at, (said, segment) in enumerate(zip(parts.words, parts.segments, strict=True))
    )


def _is_of_list(said: tuple[str, ...]) -> bool:
    return all(word in COMPANIONS for word in said)


def _inner_addresses(parts: Parts) -> list[str]:
    """Addresses that a parameter carries: `/r?unsubscribe%3Fid%3D1`, `/translate?u=https://…`."""
    names = (name for name, value in parts.query if not value and ("?" in name or "/" in name))
    values = (value for _, value in parts.query if "/" in value)
    inner = islice(chain(names, values), _MOST_INNER)
    return [f"https://{parts.host}/{address.lstrip('/')}" for address in inner]


def _is_probably_acting(parts: Parts) -> bool:
    if parts.is_article:
        return False
    at_all = range(len(parts.segments))
    return (
        any(_is_doubtful_segment(parts, at) or _is_soft_segment(parts, at) for at in at_all)
        or _is_doubtful_query(parts)
        or _is_purchase(parts)
        or _is_login_of_someone(parts)
    )


def _is_doubtful_segment(parts: Parts, at: int) -> bool:
    """`/vote/12`, `/confirm?u=1`, `/8d3f1c7a9e/verify`."""
    if not _is_about(parts.words[at], DOUBTFUL):
        return False
    behind, ahead = parts.segments[at + 1 :], parts.segments[:at]
    next_one = next((one for one in behind if not _is_of_list(words(one))), "")
    return (
        bool(parts.query)
        or is_number(next_one)
        or any(map(is_token, behind))
        or (any(map(is_token, ahead)) and not behind)
    )


def _is_soft_segment(parts: Parts, at: int) -> bool:
    """`/survey?answer=4&r=9a8b7c6d`, `/feedback/9a8b7c6d5e`; not `/answer/6283677`."""
    if _is_about(parts.words[at], _PUBLIC_TOO):
        return _knows_whom(parts.query)
    if not _is_about(parts.words[at], SOFT):
        return False
    others = parts.segments[:at] + parts.segments[at + 1 :]
    return any(map(is_personal, others)) or _knows_whom(parts.query)


def _is_doubtful_query(parts: Parts) -> bool:
    named = [(name, value) for name, value in parts.query if _says(name, _ANY_DOUBT)]
    others = tuple(pair for pair in parts.query if pair not in named)
    verb = any(name.lower() in VERB_NAMES and _says(value, _ANY_DOUBT) for name, value in others)
    return any(is_token(value) for _, value in named) or (
        (bool(named) or verb) and _knows_whom(others)
    )


def _is_purchase(parts: Parts) -> bool:
    """`/cart/add?id=4`, `/buy/now?confirm=1`, `/checkout?add=4`; not `/buy?colour=red`."""
    at_shop = any(_is_about(said, PURCHASES) for said in parts.words)
    steps = any(_says(name, STEPS) for name, _ in parts.query)
    stepping = [at for at, said in enumerate(parts.words) if _is_about(said, STEPS)]
    told = bool(parts.query) or any(
        is_token(segment) or is_number(segment)
        for at in stepping
        for segment in parts.segments[at + 1 :]
    )
    return at_shop and (steps or (bool(stepping) and told))


def _is_login_of_someone(parts: Parts) -> bool:
    """`/login?token=8d3f1c7a9e`: a login that is already filled in."""
    at_login = any(_is_about(said, LOGINS) for said in parts.words)
    return at_login and any(
        name.lower() in TICKET_NAMES and is_token(value) for name, value in parts.query
    )


def _knows_whom(query: tuple[tuple[str, str], ...]) -> bool:
    return any(is_token(value) or name.lower() in WHO_NAMES for name, value in query)


def _is_open_tracker(parts: Parts) -> bool:
    return bool(_PIXEL.search("/" + "/".join(parts.segments)))


def _says(value: str, acting: frozenset[str]) -> bool:
    return _is_about(words(value), acting)


def _is_about(said: tuple[str, ...], acting: frozenset[str]) -> bool:
    """True when the words name the act and nothing else: `confirm-email`, not `vote-in-ohio`."""
    whole = "".join(said)
    if whole in acting:
        return True
    return any(word in acting for word in said) and all(
        word in acting or word in COMPANIONS for word in said
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
    r"|/hs/(?:manage-preferences|preferences-center)|/cart/\d+:\d+",
    re.IGNORECASE,
)
