"""Links of a copy that another program made for one reader, which is checked for all of them."""

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from functools import lru_cache
from urllib.parse import unquote, urlsplit

from sendguard.values import Url
from sendguard.visit.tokens import LONG, is_token, may_be_token, pieces_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """What the letter itself says that its reader is known by.

    Attributes:
        tokens: Hashes and keys, in lower case.
        ids: Numbers, and numbers with the parameter that they stand in: `10001`, `u=7`; codes that
            other readers' copies have others for.
        words: Of the name and the address, in lower case.
        shared: What only looks like it: another reader's copy has the same.
    """

    tokens: frozenset[str] = frozenset()
    ids: frozenset[str] = frozenset()
    words: frozenset[str] = frozenset()
    shared: frozenset[str] = frozenset()

    @classmethod
    def of(cls, addresses: Iterable[str]) -> "Known":
        """What stands in addresses that act for one reader."""
        pieces = {piece for one in addresses for piece in pieces_of(one)}
        return cls(
            tokens=frozenset(piece.lower() for piece in pieces if is_token(piece)),
            ids=frozenset(piece for piece in pieces if _ID.fullmatch(piece)),
        )

    def without(self, url: Url) -> Url:
        """The address without the parameters that are the reader's, or look like it."""
        page, mark, fragment = url.text.partition("#")
        path, question, query = page.partition("?")
        if not question or is_public(url.host):
            return url
        kept = [pair for pair in query.split("&") if not self._is_readers(pair)]
        if len(kept) == query.count("&") + 1:
            return url
        rest = f"?{'&'.join(kept)}" if kept else ""
        return Url.parse(f"{path}{rest}{mark}{fragment}") or url

    def is_in(self, url: Url) -> bool:
        """Whether something in the address is the reader's, or looks like it."""
        split = urlsplit(url.text)
        if _ANONYMOUS.search(split.path):
            return False
        lower = url.text.lower()
        if any(token in lower for token in self.tokens):
            return True
        if is_public(url.host):
            return False
        said = unquote(unquote(f"{split.path}?{split.query}#{split.fragment}"))
        return any(map(is_token, (one for one in url.host.split(".") if len(one) >= LONG))) or any(
            self._names(piece) for piece in _BETWEEN.split(said)
        )

    def _is_readers(self, pair: str) -> bool:
        name, _, value = pair.partition("=")
        plain = unquote(unquote(value))
        if pair in self.ids or is_of_reader(name, plain, self.words):
            return True
        return "://" not in plain and any(self._names(one) for one in _BETWEEN.split(plain))

    def _names(self, piece: str) -> bool:
        if piece in self.ids or piece.lower() in self.tokens:
            return True
        bare = piece.rstrip("=")
        return len(bare) >= LONG and bare not in self.shared and is_token(bare)


def is_of_reader(name: str, value: str, words: Collection[str]) -> bool:
    """Whether a parameter tells who the reader is, by its name and by what it says.

    Args:
        name: Its name.
        value: What it says, without its encoding.
        words: Of his name and address, in lower case.
    """
    if _OF_NAME.fullmatch(name):
        said = _WORD.findall(value.lower())
        return bool(said) and all(word in words for word in said)
    if not _OF_READER.fullmatch(name):
        return False
    return "@" in value or may_be_token(value) or any(c.isdigit() for c in value)


@lru_cache(4096)
def is_public(host: str) -> bool:
    """A site that names its pages by tokens, the same ones for everybody."""
    return bool(_PUBLIC.search(host))


_ID = re.compile(r"(?!(?:19|20)\d\d$)\d{3,15}|[^=]+=\d{1,15}")
_BETWEEN = re.compile(r"[\s/?&=#;:,.+@<>~|!*$()]+")
_ANONYMOUS = re.compile(r"/link/[0-9a-f-]{36}/[0-9a-f-]{36}/0{8}-0{4}-0{4}-0{4}-0{12}/?$")
# A bare `member=12` may be the page of a member.
_OF_READER = re.compile(
    r"(?:subscriber|recipient|rcpt)[_-]?(?:id|uuid|hash|key|email)?"
    r"|(?:contact|member)[_-]?(?:id|uuid|hash|key|email)|e-?mail(?:_?address)?",
    re.IGNORECASE,
)
_OF_NAME = re.compile(r"f_?name|l_?name|(?:first|last|full)_?name|vorname|nachname", re.IGNORECASE)
_WORD = re.compile(r"[^\W_]+")
_PUBLIC = re.compile(
    r"(?:^|\.)(?:youtube\.com|youtu\.be|vimeo\.com|spotify\.com|google\.com|goo\.gl|zoom\.us"
    r"|notion\.(?:so|site)|figma\.com|dropbox\.com|airtable\.com|typeform\.com|eventbrite\.\w+"
    r"|x\.com|twitter\.com|linkedin\.com|facebook\.com|instagram\.com|tiktok\.com|substack\.com"
    r"|apple\.com|amazon\.\w+|microsoft\.com|office\.com|sharepoint\.com|github\.com|medium\.com"
    r"|mcusercontent\.com|gstatic\.com|googleusercontent\.com|cloudfront\.net|amazonaws\.com)$"
)
