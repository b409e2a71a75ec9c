"""Whom a copy was sent to: his names, and the ids that he goes by in its links."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import chain, islice

from sendguard.gateway.mail import Mail
from sendguard.gateway.opened import Headers, worded
from sendguard.visit.tokens import is_token, pieces_of

HIS = "~"
"""Stands for what is surely the reader's."""

MOST_ADDRESSES = 3
MOST_WORDS = 60
MOST_PIECES = 400


@dataclass(frozen=True, slots=True, kw_only=True)
class Reader:
    """What may stand in a copy for its reader; all of it in lower case but for `tokens`.

    Attributes:
        addresses: His mail addresses.
        spellings: What is his wherever it stands: his tokens, his address with `=` in it.
        words: Of his name and address.
        tokens: Hashes and keys that an unsubscribe link or a header knows him by.
        ids: Short ids of that kind, with the parameter that they stand in where there is one:
            `10001`, `u=7`.
        sites: Where those ids are known; empty for everywhere.
    """

    addresses: tuple[str, ...] = ()
    spellings: tuple[str, ...] = ()
    words: frozenset[str] = frozenset()
    tokens: frozenset[str] = frozenset()
    ids: frozenset[str] = frozenset()
    sites: frozenset[str] = frozenset()

    def ids_at(self, host: str) -> frozenset[str]:
        """Those that stand for him in a path there; elsewhere the number is that of something."""
        return self.ids if not self.sites or site_of(host) in self.sites else frozenset()

    def taken_out(self, text: str) -> str:
        """A text without his tokens, and without his address as return addresses spell it."""
        for one in self.spellings:
            if one in text:
                text = text.replace(one, HIS)
        return text

    def present_in(self, html: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """Which of his short ids stand in a text, and which of his words, in whatever case."""
        lower = html.lower()
        return (
            tuple(one for one in self.ids if one in html),
            tuple(one for one in self.words if one in lower),
        )

    @property
    def own(self) -> frozenset[str]:
        """Everything that a text may have in the place where another copy has another."""
        return self.words | {*self.addresses} | {token.lower() for token in self.tokens} | self.ids


def reader_of(mail: Mail, headers: Headers, acting: Iterable[str]) -> Reader:
    """Whom a message is for, as far as it says so itself.

    Args:
        mail: The message, with its envelope.
        headers: Its own.
        acting: Addresses in its body that act, by which platforms know one reader.
    """
    to = worded(" ".join(headers.get("to", ()))[:_LONGEST])
    named = (*mail.recipients[:MOST_ADDRESSES], *_MAILBOX.findall(to)[:MOST_ADDRESSES])
    written = dict.fromkeys(one for one in named if "@" in one)
    boxes = tuple(dict.fromkeys(one.lower() for one in written))
    words = (_WORD.findall(one.partition("@")[0]) for one in (*boxes, _MAILBOX.sub(" ", to)))
    known = [*islice(chain(_of_headers(mail, headers), acting), MOST_WORDS)]
    every = (piece for one in known for piece in pieces_of(one[:_LONGEST]))
    pieces = {piece for piece in islice(every, MOST_PIECES) if len(piece) > 2}
    tokens = frozenset(piece for piece in pieces if is_token(piece))
    return Reader(
        addresses=boxes,
        spellings=(
            *(one.replace("@", "=") for one in {*written, *boxes}),
            *sorted(tokens, key=len, reverse=True),
        ),
        words=frozenset(islice((w.lower() for found in words for w in found), MOST_WORDS)),
        tokens=tokens,
        ids=frozenset(piece for piece in pieces if _ID.fullmatch(piece)),
        sites=frozenset(site_of(found) for one in known for found in _HOST.findall(one)),
    )


def site_of(host: str) -> str:
    """The last two names of a host: its owner's, nearly everywhere."""
    return ".".join(host.lower().strip("/").split(":")[0].split(".")[-2:])


def _of_headers(mail: Mail, headers: Headers) -> Iterator[str]:
    """Header values that stand for one reader; so does a return address with an id in it."""
    yield mail.sender
    yield from headers.get("list-unsubscribe", ())
    yield from (value for name in headers if _OF_READER.search(name) for value in headers[name])


_LONGEST = 2_000
_MAILBOX = re.compile(r"[^\s<>,;:\"'()@]{1,64}@[^\s<>,;:\"'()@]{1,255}")
_WORD = re.compile(r"[^\W\d_][^\W_]+")
_HOST = re.compile(r"//([^/?#\s<>]{1,255})")
_ID = re.compile(r"(?!(?:19|20)\d\d$)\d{3,15}|[^=]+=\d{1,15}")
_OF_READER = re.compile(r"^x-.*(?:subscriber|recipient|contact|member|rcpt|-eid|-uid)")
