"""Whom a copy was sent to: his names, and the ids that he goes by in its links."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from html import escape
from itertools import chain, islice
from urllib.parse import quote, quote_plus

from sendguard.gateway.mail import Mail
from sendguard.gateway.opened import Headers, worded
from sendguard.visit.tokens import is_token, pieces_of

HIS = "~"
"""Stands for what is surely the reader's."""
HIS_BOX = "~@~"
"""Stands for his mail address, where it is spelt in a way of its own."""

ROLES = frozenset(
    """
    abo abonnenten abonnes abuse accounts admin all alle alumni board boss bot business buchhaltung
    clients club community contact contacts customer customers dev einkauf email events everybody
    everyone farmers fans finance firma freunde friends group gruppe hallo hello help hello hi hr
    info infos investors it jobs kontakt kunden leser list liste mail mailbox mailing marketing
    members mitglieder moderator news newsletter noreply no-reply office people post postmaster
    presse press procurement readers reader redaktion root sales schule service shop staff
    students subscriber subscribers support team teams tech test undisclosed recipients user users
    verein vertrieb volunteers web webmaster work
    """.split()
)
"""Boxes that many have: what is told of them is a part of the campaign."""
MOST_ADDRESSES = 3
MOST_WORDS = 60
MOST_PIECES = 400


@dataclass(frozen=True, slots=True, kw_only=True)
class Reader:
    """What may stand in a copy for its reader; all of it in lower case but for `tokens`.

    The check knows no less of him (`sendguard.visit.copies`), so that it opens nothing of it.

    Attributes:
        addresses: His mail addresses.
        spellings: His addresses as links spell them where that is another way.
        words: Of his name and his address.
        names: Of his name, as `To` has it.
        tokens: Hashes and keys that an unsubscribe link or a header knows him by.
        ids: Short ids of that kind, with the parameter that they stand in where there is one:
            `10001`, `u=7`.
    """

    addresses: tuple[str, ...] = ()
    spellings: tuple[tuple[str, str], ...] = ()
    words: frozenset[str] = frozenset()
    names: frozenset[str] = frozenset()
    tokens: frozenset[str] = frozenset()
    ids: frozenset[str] = frozenset()

    def taken_out(self, text: str) -> str:
        """A text without his tokens, and without his address as only links spell it."""
        for one, stand_in in self.spellings:
            if one in text:
                text = text.replace(one, stand_in)
        return text

    @property
    def own(self) -> frozenset[str]:
        """Everything that a text may have in the place where another copy has another."""
        tokens = {token.lower() for token in self.tokens}
        return self.names | {*self.addresses, HIS_BOX} | tokens | self.ids


def reader_of(
    mail: Mail, headers: Headers, acting: Iterable[str], public: Iterable[str] = ()
) -> Reader:
    """Whom a message is for, as far as it says so itself.

    Args:
        mail: The message, with its envelope.
        headers: Its own.
        acting: Addresses in its body that act, by which platforms know one reader.
        public: What looks like a reader's token in those, and is the campaign's.
    """
    to = worded(" ".join(headers.get("to", ()))[:_LONGEST])
    named = (*mail.recipients[:MOST_ADDRESSES], *_MAILBOX.findall(to)[:MOST_ADDRESSES])
    written = dict.fromkeys(one for one in named if "@" in one)
    boxes = tuple(dict.fromkeys(one.lower() for one in written))
    shown = _words([_MAILBOX.sub(" ", to)])
    known = [*islice(chain(_of_headers(headers), acting), MOST_WORDS)]
    every = (piece for one in known for piece in pieces_of(one[:_LONGEST]))
    pieces = {piece for piece in islice(every, MOST_PIECES) if len(piece) > 2}
    tokens = frozenset(piece for piece in pieces if is_token(piece)) - {*public}
    in_order = sorted(tokens, key=len, reverse=True)
    return Reader(
        addresses=boxes,
        spellings=(
            *((spelt, HIS_BOX) for box in {*written, *boxes} for spelt in _spelt(box)),
            *((token, HIS) for token in in_order),
        ),
        words=_words([*boxes, to]),
        names=frozenset() if shown & ROLES else shown,
        tokens=tokens,
        ids=frozenset(piece for piece in pieces if _ID.fullmatch(piece)),
    )


def is_for_many(mail: Mail, headers: Headers) -> bool:
    """Whether the same message goes to several readers, so that no link in it is one reader's own.

    Two may be a reader with an archive that gets every copy, whom `To` names by another address
    than the envelope; so there are three at least. Where it names exactly one of them, all others
    may be archives.
    """
    if len(mail.recipients) < _SEVERAL:
        return False
    to = worded(" ".join(headers.get("to", ()))[:_LONGEST]).lower()
    named = set(_MAILBOX.findall(to)[:_MOST_NAMED])
    return len(named & {box.lower() for box in mail.recipients}) != 1


def words_of_box(box: str) -> frozenset[str]:
    """What of a mail address may be a name: not the host, and no box that many have."""
    return _words([box.partition("@")[0]]) - ROLES


def _words(texts: Iterable[str]) -> frozenset[str]:
    found = (word.lower() for text in texts for word in _WORD.findall(text))
    return frozenset(islice((word for word in found if not word.isdigit()), MOST_WORDS))


def _spelt(box: str) -> Iterator[str]:
    """Spellings of an address in links that are not told from other words by their looks."""
    local, _, domain = box.rpartition("@")
    yield f"{local}={domain}"
    if _PLAIN.fullmatch(box):
        return
    quoted = quote(box, safe="")
    yield from dict.fromkeys(
        (
            *(quoted, quoted.replace("%40", "@"), quote(quoted, safe=""), quote_plus(box)),
            *(_LOWER.sub(lambda one: one[0].lower(), quoted), escape(box), quote(box, safe="+@")),
            *(() if _SIMPLE.fullmatch(box) else (escape(box, quote=False), box)),
        )
    )


def _of_headers(headers: Headers) -> Iterator[str]:
    """Header values that stand for one reader.

    A return address does so, too, but the numbers in it may as well be those of the campaign.
    """
    yield from headers.get("list-unsubscribe", ())
    yield from (value for name in headers if _OF_READER.search(name) for value in headers[name])


_SEVERAL, _MOST_NAMED = 3, 50
_LONGEST = 2_000
_MAILBOX = re.compile(r"[^\s<>,;:\"'()@]{1,64}@[^\s<>,;:\"'()@]{1,255}")
_WORD = re.compile(r"[^\W_]+")
_PLAIN = re.compile(r"[\w.-]+@[\w.-]+", re.ASCII)
_SIMPLE = re.compile(r"[\w.+-]+@[\w.-]+", re.ASCII)
_LOWER = re.compile(r"%[0-9A-F]{2}")
_ID = re.compile(r"(?!(?:19|20)\d\d$)\d{3,15}|[^=]+=\d{1,15}")
_OF_READER = re.compile(r"^x-.*(?:subscriber|recipient|contact|member|rcpt|-eid|-uid)")
