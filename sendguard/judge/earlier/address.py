"""Addresses compared across issues: what is the same, what is an article's, what moves on."""

import re
from urllib.parse import parse_qsl, urlsplit

from sendguard.judge.front_page import is_front_page
from sendguard.links import plain
from sendguard.values import Url

_TRACKING = re.compile(
    r"(?:utm_.*|mc_[ce]id|fbclid|gclid|msclkid|_hs\w+|mkt_tok|ck_subscriber_id|vero_\w+|oly_\w+"
    r"|ref|source|src|cmp|cmpid)(?:=|$)",
    re.IGNORECASE,
)
_DAY = re.compile(
    r"\b\d{1,2}/\d{1,2}\b|\b\d{1,2}\.\d{1,2}\.(?!\d)"
    r"|\b\d{1,2}[-./]\d{1,2}[-./]\d{4}\b|\b\d{4}-\d\d-\d\d\b"
)
_PORTS = {"http": ":80", "https": ":443"}
_DIGITS = re.compile(r"\d+")
_MONTHS = frozenset(
    """january february march april may june july august september october november december
    jan feb mar apr jun jul aug sep sept oct nov dec
    januar februar marz mai juni juli oktober dezember
    janvier fevrier mars avril juin juillet aout septembre octobre novembre decembre
    enero febrero marzo abril mayo junio julio agosto septiembre noviembre diciembre
    januari februari maart augustus gennaio febbraio aprile maggio giugno luglio settembre
    ottobre dicembre monday tuesday wednesday thursday friday saturday sunday""".split()
)
_WORD = re.compile(r"[^\W\d_]+")
_STEP_WORD = re.compile(r"[^\W_]+")
_FEWEST_SLUG_WORDS = 3
_LONG_NUMBER = re.compile(r"\d{3,}")
_MIXED = re.compile(r"(?=[^\W\d]*\d)(?=[\d_-]*[a-z])[\w-]{8,}", re.IGNORECASE)


def bare(url: Url) -> str:
    """The address without what does not change what it opens: scheme, `www.`, tracking."""
    parts = urlsplit(url.text)
    host = parts.netloc.lower().removeprefix("www.").removesuffix(_PORTS[parts.scheme])
    pieces = parts.query.split("&") if parts.query else ()
    asked = "&".join(piece for piece in pieces if piece and not _TRACKING.match(piece))
    query = f"?{asked}" if asked else ""
    mark = f"#{parts.fragment}" if parts.fragment else ""
    return f"{host}{parts.path.rstrip('/')}{query}{mark}"


def numberless(text: str) -> str:
    """The text with every number as 0 and every month or weekday as one word.

    Args:
        text: Without capitals and accents, as `plain` leaves it.
    """
    timeless = _DIGITS.sub("0", text)
    if _MONTHS.isdisjoint(_WORD.findall(timeless)):
        return timeless
    return _WORD.sub(lambda word: "month" if word[0] in _MONTHS else word[0], timeless)


def is_dated(text: str) -> bool:
    """Does it name a month, a weekday, or a day in figures?"""
    return bool(_DAY.search(text)) or not _MONTHS.isdisjoint(_WORD.findall(plain(text)))


def is_article(url: Url) -> bool:
    """Does the address name one thing among many: a slug, a number, a date, an id?

    Front pages, sections, profiles and projects do not.
    """
    if is_front_page(url):
        return False
    steps = [step for step in url.path.split("/") if step]
    if any(_tells(step) for step in steps):
        return True
    values = [value for _, value in parse_qsl(url.query)]
    return any(_LONG_NUMBER.search(value) or _MIXED.fullmatch(value) for value in values)


def slug_words(url: Url) -> str:
    """The words of path and query, for comparing with a label."""
    return " ".join(_STEP_WORD.findall(f"{url.path} {url.query}"))


def _tells(step: str) -> bool:
    words = _WORD.findall(step)
    return len(words) >= _FEWEST_SLUG_WORDS or bool(_LONG_NUMBER.search(step))
