"""What to ask in place of a redirector that says where it leads, and of a reader's own address.

Whoever asks a redirector is counted as a click, and the answer is known before: it stands in the
address. So it is read there, and the redirector is never asked.
"""

import re
from functools import lru_cache

from sendguard.values import Url
from sendguard.visit.carriers import carried
from sendguard.visit.redirect import spelt_out

MOST_LAYERS = 6
"""Redirectors inside each other: a forwarded newsletter has two or three."""


def instead_of(url: Url) -> Url | None:
    """What is asked in place of an address of a newsletter; None where that is itself.

    A redirector that carries its target gives way to it, and parameters that name one reader are
    left out. Those that count for all readers alike (`utm_source`) stay.
    """
    asked = without_reader(unwrapped(url) or url)
    return None if asked == url else asked


def unwrapped(url: Url) -> Url | None:
    """Where a redirector leads that carries its target; None where `url` is no such redirector."""
    inside = layers(url)
    return inside[-1] if len(inside) > 1 else None


@lru_cache(4096)
def layers(url: Url) -> tuple[Url, ...]:
    """The address and those that it carries, one inside the other, outermost first."""
    found = [url]
    while len(found) <= MOST_LAYERS and (inner := _inside(found[-1])):
        found.append(inner)
    return tuple(found)


def without_reader(url: Url) -> Url:
    """The address without the parameters by which platforms know one reader again."""
    page, mark, fragment = url.text.partition("#")
    path, question, query = page.partition("?")
    if _OF_LISTMONK.search(path):
        path = f"{path.rstrip('/')[:-_UUID_LETTERS]}{_NOBODY}"
        return Url.parse(f"{path}{question}{query}{mark}{fragment}") or url
    kept = [pair for pair in query.split("&") if not _NAMES_READER.match(pair)]
    if not question or len(kept) == query.count("&") + 1:
        return url
    rest = f"?{'&'.join(kept)}" if kept else ""
    return Url.parse(f"{path}{rest}{mark}{fragment}") or url


def _inside(url: Url) -> Url | None:
    text = carried(url)
    if text is None:
        return None
    # Some platforms write `https:/example.org`.
    whole = spelt_out(_ONE_SLASH.sub(r"\1//", text.strip(), count=1))
    there = Url.parse(whole) if _ABSOLUTE.match(whole) else None
    if there is None or there.fragment or not url.fragment:
        return there
    return Url.parse(f"{there.page.text}#{url.fragment}")


_UUID = r"[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}"
_UUID_LETTERS = 36
# listmonk: link, campaign and reader; it writes this one where readers are not to be told apart.
_OF_LISTMONK = re.compile(rf"^[^/]*//[^/]*/(?:[^/]+/)?link/{_UUID}/{_UUID}/{_UUID}/?$")
_NOBODY = "00000000-0000-0000-0000-000000000000"
_ABSOLUTE = re.compile(r"https?://[^/]", re.IGNORECASE)
_ONE_SLASH = re.compile(r"^(https?:)/(?=[^/])", re.IGNORECASE)
_NAMES_READER = re.compile(
    r"(?:mc_eid|ck_subscriber_id|oly_(?:enc|anon)_id|vero_(?:id|conv)|_hsenc|_hsmi|__hs\w{2,8}"
    r"|mkt_tok|ml_subscriber(?:_hash)?|_kx|_bhlid|sfmc_(?:sub|id)|et_rid|elq|__s|dm_i|vgo_ee"
    r"|bsft_uid)(?:=|$)",
    re.IGNORECASE,
)
