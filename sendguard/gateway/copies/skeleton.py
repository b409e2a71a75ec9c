"""A link of one reader's copy, with what may be his own taken out of it."""

import re
from dataclasses import dataclass, field
from urllib.parse import unquote
from zlib import crc32

from sendguard.gateway.copies.reader import HIS, Reader
from sendguard.visit.encoded import from_base64
from sendguard.visit.tokens import LONG, SHORTEST, may_be_token

MAYBE = "*"
"""Stands for what only a second copy tells of."""

BOX = "@"
"""The place of a mail address among tokens."""

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
        other place has another skeleton. Of one that acts its host alone is left.
        """
        if len(address) > LONGEST:
            return address
        bare = self.reader.taken_out("".join(address.split()))
        if "@" in bare or "40" in bare:
            bare = _BOX.sub(self._box, bare)
        found = _ADDRESS.match(bare)
        if not found or bare[:5].lower() == "data:":
            return bare
        if bare[:4].lower() == "cid:":
            return "cid:"  # it is another one in each copy, and the parts count themselves
        if acts(bare) and (HIS in bare or MAYBE in bare or may_name_reader(bare)):
            return f"{found['scheme']}{found['host']} acts"
        return _Link(found, self.reader, self.tokens, depth).skeleton()

    def _box(self, found: re.Match[str]) -> str:
        """A mail address, which is compared like a token: some stand in every copy."""
        self.tokens.append(f"{BOX} - {found[1]}@{found[2]}".lower())
        return MAYBE


class _Link:
    """One address on its way to its skeleton."""

    def __init__(self, found: re.Match[str], reader: Reader, tokens: list[str], depth: int) -> None:
        self._whole = found.string
        self._host, self._path, self._behind = found["host"] or "", found["path"], found["behind"]
        self._front = f"{found['scheme'] or ''}{self._host}"
        self._reader = reader
        self._ids = reader.ids_at(self._host)
        self._tokens = tokens
        self._most = len(tokens) + MOST_TOKENS
        self._depth = depth
        first = self._path.split("/", 2)[1] if self._path.startswith("/") else ""
        self._place = f"{self._host}/{MAYBE if may_be_token(first) else first}"

    def skeleton(self) -> str:
        """Without what is its reader's, or may be."""
        known = _LINK.fullmatch(self._path)
        if known:
            path = f"{known[1]}/{HIS}"
        else:
            steps = enumerate(self._path.split("/"))
            path = "/".join(self._part(text, f"/{number}") for number, text in steps)
        behind = _PAIR.sub(self._pair, self._behind) if self._behind else ""
        return f"{self._front}{path}{behind}"

    def _pair(self, pair: re.Match[str]) -> str:
        mark, name, sign, value = pair.groups()
        if not sign:
            return mark + self._part(name, mark)
        if _KNOWN.fullmatch(name) or f"{name}={value}" in self._reader.ids:
            return f"{mark}{name}={HIS}"
        if self._reader.words:
            words = _WORD.findall(unquote(value).lower())
            if words and self._reader.words.issuperset(words):
                return f"{mark}{name}={HIS}"
        return f"{mark}{name}={self._part(value, name)}"

    def _part(self, text: str, name: str) -> str:
        """One segment or value; of one that is put together of several, each for itself."""
        if len(text) < _SHORTEST:
            return text
        if "%2" in text:
            bare = unquote(text).rstrip("=")
            if _SLASHED.fullmatch(bare) and may_be_token(bare.replace("/", "")):
                return self._token(bare, name)
        return _PIECE.sub(lambda one: self._piece(one[0], name), text)

    def _piece(self, text: str, name: str) -> str:
        if text in self._ids:
            return HIS
        if len(text) < SHORTEST:
            return text
        plain = (unquote(text) if "%" in text else text).rstrip("=")
        return self._token(plain, name) if may_be_token(plain) else text

    def _token(self, text: str, name: str) -> str:
        if len(self._tokens) >= self._most:
            return text
        if len(text) >= LONG and self._depth < DEEPEST:
            told = from_base64(text) or ""
            if inner := _INNER.search(told.replace("\\", "")):
                return f"({Skeletons(self._reader, self._tokens).of(inner[0], self._depth + 1)})"
            if any(one in told.lower() for one in self._reader.addresses):
                return HIS
        rest = crc32(self._whole.replace(text, MAYBE).encode("utf-8", "replace"))
        self._tokens.append(f"{self._place}{name} {rest:08x} {text}")
        return MAYBE


def acts(address: str) -> bool:
    """Whether an address seems to do something for its reader, such as to sign him off."""
    lower = address.lower()
    return any(word in lower for word in ACTING) and bool(_ACTS.search(address))


def may_name_reader(address: str) -> bool:
    """Whether it has an id or a token in it, by which it may know its reader."""
    return any(piece.isdigit() or may_be_token(piece) for piece in _STEP.split(address)[1:])


LONGEST = 8_000
"""An address with more characters stands for itself."""
MOST_TOKENS = 20
"""Of one address."""

_SHORTEST = 3
_BOX = re.compile(
    r"(?<![\w.+-])([\w.+-]{1,64})(?:@|%(?:25)?40)([a-z0-9-]{1,63}(?:\.[a-z0-9-]{1,63}){1,8})",
    re.IGNORECASE,
)
_STEP = re.compile(r"[/?&=#;:@+~]")
_UUID = r"[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}"
_LINK = re.compile(rf"(.*/link/{_UUID}/(?:{_UUID}|~))/(?:{_UUID}|~)/?")
_ADDRESS = re.compile(
    r"(?P<scheme>[a-zA-Z][a-zA-Z0-9+.-]{0,30}:)?(?P<host>//[^/?#]*)?(?P<path>[^?#]*)(?P<behind>.*)",
    re.DOTALL,
)
_PAIR = re.compile(r"([?&#;])([^=&#;]*)(=?)([^&#;]*)")
_PIECE = re.compile(
    r"%(?:25)*(?:2[1-9acf]|3[abdf]|40|7[ce])"
    r"|(?:[^.:,;|!*~%@()$']|%(?!(?:25)*(?:2[1-9acf]|3[abdf]|40|7[ce])))+",
    re.IGNORECASE,
)
_SLASHED = re.compile(r"(?=[^/]*/)(?!.*(?:^|/)[a-z-]{3,}(?:/|$))[A-Za-z0-9+/_-]{20,4000}")
_INNER = re.compile(r"https?://[^\s\"'<>|{}\\^`\0-\x1f]{4,2000}", re.IGNORECASE)
_WORD = re.compile(r"[^\W\d_]{2,}")
_KNOWN = re.compile(
    r"mc_eid|ck_subscriber_id|oly_(?:enc|anon)_id|vero_(?:id|conv)|_hsenc|_hsmi|__hs\w{2,8}|mkt_tok"
    r"|ml_subscriber(?:_hash)?|_kx|_bhlid|sfmc_(?:sub|id)|et_rid|elq|__s|dm_i|vgo_ee|bsft_uid"
    r"|(?:subscriber|recipient|contact|member|rcpt)[_-]?(?:id|uuid|hash|key|email)?"
    r"|e-?mail(?:_?address)?|f_?name|l_?name|(?:first|last|full)_?name|vorname|nachname",
    re.IGNORECASE,
)
ACTING = (
    *(
        "unsub",
        "optout",
        "opt-out",
        "preferences",
        "subscription",
        "settings",
        "abmeld",
        "abbestell",
    ),
    *("austrag", "desinscri", "desabonn", "desuscri", "disiscri", "descadastr", "afmeld"),
    *("uitschrijv", "avregistrer", "wypisz", "odhlas", "leiratkoz", "otpis", "/profile?"),
)
"""In lower case; one of them at least stands in every address that acts."""
# The whole of a segment or name, so that /how-to-unsubscribe-from-it is an article.
_ACTS = re.compile(
    r"(?:^|[/?&=#.])(?:[a-z]{1,20}[-_]){0,2}[a-z]{0,12}"
    r"(?:unsub|opt[-_]?out|preferences|prefs|(?:manage|e?mail)[-_/]?(?:subscription|settings|profile)"
    r"|subscription/|abmeld|abbestell|austrag|d[eé]s(?:inscri|abonn)|desuscri|disiscri|descadastr"
    r"|afmeld|uitschrijv|avregistrer|avprenumer|wypisz|odhlas|leiratkoz|otpis|profile\?)"
    r"[a-z]{0,12}(?:[-_][\w~]{1,80})?(?=[/?&=#;.:,]|$)",
    re.IGNORECASE,
)
