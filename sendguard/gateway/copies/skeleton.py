"""A link of one reader's copy, with what may be his own taken out of it.

One rule holds for this and for the check, which is made once for all readers: what the check opens
is the same in every copy. Whatever is taken out here stands in `Skeletons.tokens`, to be the same
or to be of a kind that `sendguard.visit` never opens.
"""

import re
from dataclasses import dataclass, field
from functools import lru_cache
from urllib.parse import unquote
from zlib import crc32

from sendguard.gateway.copies.codes import ACTS, MARK, is_same_for_all, without_codes
from sendguard.gateway.copies.reader import HIS, HIS_BOX, Reader
from sendguard.gateway.copies.shut import shut_skeleton
from sendguard.values import Url
from sendguard.visit.acting_by_words import acts
from sendguard.visit.carriers import may_carry
from sendguard.visit.copies import is_of_reader, is_public
from sendguard.visit.encoded import from_base64
from sendguard.visit.tokens import LONG, may_be_token
from sendguard.visit.unwrap import unwrapped

MAYBE = "*"
"""Stands for what only a second copy tells of."""

OWN = "@"
"""The place, among tokens, of what is the same in both copies or each reader's own, as far as he is
known: mail addresses, numbers."""

LINK = "="
"""The place, among tokens, of a whole link, whose short codes are compared with another copy's."""

DEEPEST = 3


@dataclass(slots=True)
class Skeletons:
    """Makes the skeletons of the links of one copy, and keeps what is left out of them.

    Attributes:
        reader: Whose copy it is.
        tokens: What may be his, each as its place, a digest of the rest of its link, and itself;
            see `Copy.tokens`.
    """

    reader: Reader
    tokens: list[str] = field(default_factory=list)

    def of(self, address: str, depth: int = 0) -> str:
        """The address as it is in every copy.

        What stands for the reader is left out, and nothing else: an address that is changed in any
        other place has another skeleton.
        """
        if len(address) > LONGEST:
            return address
        bare = self.reader.taken_out(address.translate(_NO_BREAKS).strip())
        found = _ADDRESS.match(bare)
        if not found or bare[:5].lower() == "data:":
            return bare
        if bare[:4].lower() == "cid:":
            return "cid:"  # it is another one in each copy, and the parts count themselves
        if acts(bare) and (shut := shut_skeleton(bare)):
            self.tokens += (f"{OWN} - {value}" for value in shut.values)
            if len(bare) <= _LONGEST_WITH_CODES:
                self.tokens.append(f"{LINK} {ACTS} {bare.replace(' ', '+')}")
            return shut.text
        if "@" in bare or "40" in bare:
            bare = _BOX.sub(self._box, bare)
            found = _ADDRESS.match(bare) or found
        text = self._without_codes(_Link(found, self.reader, self.tokens, depth))
        return f"{text}({self.of(there, depth + 1)})" if (there := _inside(found, depth)) else text

    def _without_codes(self, link: "_Link") -> str:
        rest = link.skeleton()
        if not link.may_have_codes or len(rest) > _LONGEST_WITH_CODES:
            return f"{link.front}{rest.replace(MARK, '')}"
        told = rest.replace(MARK, "").replace(" ", "+")
        self.tokens.append(f"{LINK} {link.front.replace(' ', '+')} {told}")
        return f"{link.front}{without_codes(rest)}"

    def _box(self, found: re.Match[str]) -> str:
        """A mail address: some stand in every copy."""
        self.tokens.append(f"{OWN} - {unquote(found[0]).replace('%40', '@')}".lower())
        return MAYBE


def _inside(found: re.Match[str], depth: int) -> str | None:
    """What the check opens in place of an address that carries it."""
    host = (found["host"] or "")[2:]
    if depth >= DEEPEST or not may_carry(host.rpartition("@")[2].split(":")[0], found["path"]):
        return None
    url = Url.parse(found.string)
    there = unwrapped(url) if url else None
    return there.text if there else None


class _Link:
    """One address on its way to its skeleton.

    Attributes:
        front: What stands in front of its path.
        may_have_codes: What is a number or a code in it may be one reader's.
    """

    def __init__(self, found: re.Match[str], reader: Reader, tokens: list[str], depth: int) -> None:
        self._whole = found.string
        self._host, self._path, self._behind = found["host"] or "", found["path"], found["behind"]
        self.front = f"{found['scheme'] or ''}{self._host}"
        self._reader = reader
        self._is_public = is_public_at(self._host)
        self.may_have_codes = not (self._is_public or not self._host or is_same_for_all(self._host))
        self._tokens = tokens
        self._most = len(tokens) + MOST_TOKENS
        self._depth = depth
        first = self._path.split("/", 2)[1] if self._path.startswith("/") else ""
        self._place = f"{self._host}/{MAYBE if may_be_token(first) else first}".replace(" ", "+")

    def skeleton(self) -> str:
        """Behind the host; without what is its reader's, or may be. Numbers are marked."""
        known = _LISTMONK.fullmatch(self._path)
        if known:
            path = f"{known[1]}/{HIS}"
        else:
            steps = enumerate(self._path.split("/"))
            path = "/".join(self._part(text, f"/{number}") for number, text in steps)
        behind = _PAIR.sub(self._pair, self._behind) if self._behind else ""
        return f"{path}{behind}"

    def _pair(self, pair: re.Match[str]) -> str:
        mark, name, sign, value = pair.groups()
        if not sign:
            return mark + self._part(name, mark)
        if mark in "?&" and self._is_left_out(name, value):
            return f"{mark}{name}={HIS}"
        if value.isdigit() and value.isascii() and len(value) <= _LONGEST_NUMBER:
            return f"{mark}{name}={self._own(value, name)}"
        return f"{mark}{name}={self._part(value, f'{mark}{name}')}"

    def _is_left_out(self, name: str, value: str) -> bool:
        """Whether the check asks for the page without it."""
        if _PLATFORMS.fullmatch(name):
            return True
        return not self._is_public and is_of_reader(name, unquote(value), self._reader.words)

    def _part(self, text: str, name: str) -> str:
        """One segment or value; of one that is put together of several, each for itself."""
        if len(text) < _SHORTEST:
            return text
        if "%2" in text:
            bare = unquote(text).rstrip("=")
            if _SLASHED.fullmatch(bare) and any(len(one) >= LONG for one in bare.split("/")):
                return self._token(bare, name)
        return _PIECE.sub(lambda one: self._piece(one[0], name), text)

    def _piece(self, text: str, name: str) -> str:
        if text.isdigit() and text.isascii() and _SHORTEST <= len(text) <= _LONGEST_NUMBER:
            return self._own(text, name)
        if len(text) < LONG:
            return text  # the check opens it
        plain = (unquote(text) if "%" in text else text).rstrip("=")
        return self._token(plain, name) if len(plain) >= LONG and may_be_token(plain) else text

    def _own(self, number: str, name: str) -> str:
        """A number: mostly that of something, and sometimes the reader's."""
        if self.may_have_codes:
            return f"{MARK}{number}{MARK}"
        if self._is_public or len(self._tokens) >= self._most:
            return number
        self._tokens.append(f"{OWN} {name.replace(' ', '+')} {number}")
        return "#"

    def _token(self, text: str, name: str) -> str:
        if self._is_public or len(self._tokens) >= self._most:
            return text
        rest = crc32(self._whole.replace(text, MAYBE).encode("utf-8", "replace"))
        self._tokens.append(f"{self._place}{name.replace(' ', '+')} {rest:08x} {text}")
        told = (from_base64(text) or "") if self._depth < DEEPEST else ""
        if inner := _INNER.search(told.replace("\\", "")):
            return f"({Skeletons(self._reader, self._tokens).of(inner[0], self._depth + 1)})"
        return MAYBE


@lru_cache(4096)
def is_public_at(host: str) -> bool:
    """See `is_public`; a host with what stands around it in an address."""
    return is_public(host[2:].rpartition("@")[2].split(":")[0].lower().rstrip("."))


LONGEST = 8_000
"""An address with more characters stands for itself."""
MOST_TOKENS = 20
"""Of one address."""

_LONGEST_WITH_CODES = 2_000
_SHORTEST = 3
_LONGEST_NUMBER = 15
_NO_BREAKS = str.maketrans("", "", "\t\r\n")
_BOX = re.compile(
    rf"{HIS_BOX}|(?<![\w.+-])[\w.+-]{{1,64}}(?:@|%(?:25)?40)[a-z0-9-]{{1,63}}"
    r"(?:\.[a-z0-9-]{1,63}){1,8}",
    re.IGNORECASE,
)
_UUID = r"[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}"
_LISTMONK = re.compile(rf"((?:/[^/]+)?/link/{_UUID}/{_UUID})/(?:{_UUID}|{HIS})/?")
_ADDRESS = re.compile(
    r"(?P<scheme>[a-zA-Z][a-zA-Z0-9+.-]{0,30}:)?(?P<host>//[^/?#]*)?(?P<path>[^?#]*)(?P<behind>.*)",
    re.DOTALL,
)
_PAIR = re.compile(r"([?&#;])([^=&#;]*)(=?)([^&#;]*)")
# Parted by what the check parts them by.
_SIGN = r"%(?:25)?(?:2[0134689acef]|2b|3[abcdef]|40|7[ce])"
_PIECE = re.compile(rf"{_SIGN}|(?:[^.:,;|!*~%@()$+<>=?\s]|%(?!{_SIGN[1:]}))+", re.IGNORECASE)
_SLASHED = re.compile(r"(?=[^/]*/)(?!.*(?:^|/)[a-z-]{3,}(?:/|$))[A-Za-z0-9+/_-]{20,4000}")
_INNER = re.compile(r"https?://[^\s\"'<>|{}\\^`\0-\x1f]{4,2000}", re.IGNORECASE)
# Those of `visit.unwrap`, which asks for pages without them, whatever they say.
_PLATFORMS = re.compile(
    r"mc_eid|ck_subscriber_id|oly_(?:enc|anon)_id|vero_(?:id|conv)|_hsenc|_hsmi|__hs\w{2,8}|mkt_tok"
    r"|ml_subscriber(?:_hash)?|_kx|_bhlid|sfmc_(?:sub|id)|et_rid|elq|__s|dm_i|vgo_ee|bsft_uid",
    re.IGNORECASE,
)
