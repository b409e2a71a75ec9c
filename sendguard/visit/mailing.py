"""What the headers of a message say of its links: which of them act, and whose they are."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from hashlib import md5, sha1, sha256
from itertools import islice

from sendguard.read.campaign import COPY_FOR, PERSONAL, SHARED, Campaign
from sendguard.values import Url
from sendguard.visit.copies import Known
from sendguard.visit.encoded import from_base64
from sendguard.visit.parts import decoded


@dataclass(frozen=True, slots=True, kw_only=True)
class Mailing:
    """What is known of a message beside its links; a draft has next to nothing.

    Attributes:
        header_addresses: Every address of its `List-Unsubscribe` headers.
        was_sent: It went out before: its links are those of one reader.
        reader: The spellings by which an address may name that reader; empty for a draft.
        known: By what else he goes, where the gateway says that this is one reader's copy of what
            is sent to many; None for everything else.
    """

    header_addresses: frozenset[str] = frozenset()
    was_sent: bool = False
    reader: frozenset[str] = frozenset()
    known: Known | None = None

    @classmethod
    def of(cls, campaign: Campaign) -> "Mailing":
        """What the headers say (RFC 2369, section 2, for `List-Unsubscribe`)."""
        values = (value for name, value in campaign.headers if name == "list-unsubscribe")
        found = (pair for value in values for pair in _IN_HEADER.findall(value))
        return cls(
            # Programs fold long lines wherever they like; no address has spaces.
            header_addresses=frozenset("".join("".join(pair).split()) for pair in found),
            was_sent=campaign.was_sent,
            reader=_spellings(campaign) if campaign.was_sent else frozenset(),
            known=_known(campaign) if campaign.header(COPY_FOR) else None,
        )

    def with_acting(self, addresses: Iterable[str]) -> "Mailing":
        """The same, which knows the reader by these links of the letter, too."""
        if self.known is None:
            return self
        more = Known.of(addresses)
        tokens, ids = self.known.tokens | more.tokens, self.known.ids | more.ids
        return replace(self, known=replace(self.known, tokens=tokens, ids=ids))

    def for_all(self, url: Url) -> Url:
        """The address as it is for every reader, as far as that can be made of one reader's."""
        return self.known.without(url) if self.known else url

    def names_reader(self, url: Url) -> bool:
        """The address has the reader's mail address in it, plain, encoded or as a hash."""
        if self.known and self.known.is_in(url):
            return True
        if not self.reader:
            return False
        return any(one in text for text in _readings(url.text) for one in self.reader)


def _spellings(campaign: Campaign) -> frozenset[str]:
    values = (value for name, value in campaign.headers if name in _RECIPIENT)
    boxes = (box.lower() for value in values for box in _MAILBOX.findall(value[:_MOST_LETTERS]))
    return frozenset(
        spelling for box in islice(boxes, _MOST_RECIPIENTS) for spelling in _spelt(box)
    )


def _known(campaign: Campaign) -> Known:
    shared = (campaign.header(SHARED) or "").split()
    whom = (value[:_MOST_LETTERS] for name, value in campaign.headers if name in _NAMED)
    words = frozenset(word.lower() for value in whom for word in _WORD.findall(value))
    known = Known.of(_of_reader(campaign))
    names = (value for name, value in campaign.headers if _NAMES_READER.search(name))
    ids = known.ids | {name for name in names if _SHORT_NAME.fullmatch(name)}
    personal = frozenset((campaign.header(PERSONAL) or "").split())
    return replace(known, ids=ids | personal, words=words, shared=frozenset(shared))


def _of_reader(campaign: Campaign) -> Iterator[str]:
    for name, value in campaign.headers:
        if name == "list-unsubscribe" or _NAMES_READER.search(name):
            yield value[:_MOST_LETTERS]


def _spelt(box: str) -> Iterator[str]:
    yield box
    yield box.replace("@", "=")  # as in return addresses
    raw = box.encode()
    yield raw.hex()
    yield md5(raw, usedforsecurity=False).hexdigest()
    yield sha1(raw, usedforsecurity=False).hexdigest()
    yield sha256(raw).hexdigest()


def _readings(address: str) -> Iterator[str]:
    """The address in lower case as it is, without its encodings, and what its tokens stand for."""
    yield address.lower()
    plain = decoded(address)
    yield plain.lower()
    for token in _tokens(plain):
        yield (from_base64(token) or "").lower()


def _tokens(plain: str) -> Iterator[str]:
    """What may be base64; a slash in it is one of its letters, or parts it from what follows."""
    for shape in (_TOKEN, _TOKEN_WITH_SLASHES):
        yield from (found.group() for found in islice(shape.finditer(plain), _MOST_TOKENS))


# Some write no brackets.
_IN_HEADER = re.compile(r"<([^<>]*)>|(https?://[^\s<>,]+)", re.IGNORECASE)
_RECIPIENT = frozenset(
    {"to", "delivered-to", "x-original-to", "envelope-to", "x-envelope-to", COPY_FOR}
)
_NAMED = frozenset({"to", COPY_FOR})
_WORD = re.compile(r"[^\W_]+")
_MAILBOX = re.compile(
    r"[\w.!#$%&'*+/=?^`{|}~-]{1,64}@[a-z0-9-]{1,63}(?:\.[a-z0-9-]{1,63}){1,8}", re.IGNORECASE
)
_TOKEN = re.compile(r"[A-Za-z0-9_+-]{8,4000}={0,2}")
_TOKEN_WITH_SLASHES = re.compile(r"[A-Za-z0-9_+/-]{8,4000}={0,2}")
_NAMES_READER = re.compile(r"^x-.*(?:subscriber|recipient|contact|member|rcpt|-eid|-uid)")
_SHORT_NAME = re.compile(r"(?=[a-z]*\d)(?=\d*[a-z])[a-z\d]{4,16}", re.IGNORECASE)
_MOST_LETTERS = 4_000
_MOST_RECIPIENTS = 10
_MOST_TOKENS = 30
