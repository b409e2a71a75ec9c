"""Of which campaign a message is a copy, told by the message alone."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from hashlib import sha256

from sendguard.gateway.copies.acting import acting_addresses, campaigns_in
from sendguard.gateway.copies.bulk import is_bulk, names_campaign
from sendguard.gateway.copies.markup import Read, read_markup
from sendguard.gateway.copies.plain import read_plain
from sendguard.gateway.copies.reader import is_for_many, reader_of
from sendguard.gateway.copies.skeleton import LINK
from sendguard.gateway.opened import Inside, Leaf, Opened, worded
from sendguard.gateway.stream import Copy

FINGERPRINT_DIGITS = 12


def recognise(message: Opened) -> Copy:
    """What a message says of the campaign that it is a copy of.

    It never raises. What cannot be looked into (an encrypted body, an attachment) counts as it
    stands there, so that two of them that differ are never copies of one campaign; a signature
    beside a body counts not at all, for it differs where the reader's name does.
    """
    mail, inside = message.mail, message.inside
    shown = [(leaf.text, leaf.is_html) for leaf in inside.parts if leaf.text is not None]
    acting = [one for text, is_html in shown if is_html for one in acting_addresses(text)]
    public = [one for text, is_html in shown if is_html for one in campaigns_in(text)]
    reader = reader_of(mail, inside.headers, acting, public)
    is_all = not any(is_html for _, is_html in shown)
    whole = _Whole(texts=[worded(inside.first("subject"))])
    for text, is_html in shown:
        whole.add(read_markup(text, reader) if is_html else read_plain(text, reader, is_all=is_all))
    sender = worded(inside.first("from"))
    said = (
        *_of_campaign(inside, sender),
        *_structure(mail.data, inside.parts),
        *whole.tags,
    )
    return Copy(
        key=sha256("\0".join(said).encode("utf-8", "surrogatepass")).hexdigest(),
        texts=tuple(whole.texts),
        meaning=tuple(whole.meaning),
        subject=whole.texts[0],
        sender=sender,
        list_id=_list_id(inside),
        own=reader.own,
        is_bulk=is_bulk(inside.headers),
        tokens=tuple(told for told in whole.tokens if not told.startswith(_LINK)),
        links=tuple(told[len(_LINK) :] for told in whole.tokens if told.startswith(_LINK)),
        is_for_many=is_for_many(mail, inside.headers),
    )


def fingerprint_of(copy: Copy) -> str:
    """The name of the stream that is begun by this copy: 12 hex digits, always the same ones."""
    texts = (_without(text, copy.own) for text in copy.texts)
    said = "\0".join((copy.key, *texts, *copy.tokens, *copy.links))
    return sha256(said.encode("utf-8", "surrogatepass")).hexdigest()[:FINGERPRINT_DIGITS]


@dataclass(slots=True)
class _Whole:
    """All parts of a message that readers see, one behind the other."""

    texts: list[str]
    tags: list[str] = field(default_factory=list)
    meaning: list[int] = field(default_factory=lambda: [0])
    tokens: list[str] = field(default_factory=list)

    def add(self, read: Read) -> None:
        self.meaning += (len(self.texts) + at for at in read.meaning)
        self.texts += read.texts
        self.tags += read.tags
        self.tokens += read.tokens


def _without(text: str, own: frozenset[str]) -> str:
    return " ".join(word for word in text.split() if word.strip(_MARKS).lower() not in own)


def _of_campaign(inside: Inside, sender: str) -> Iterator[str]:
    """What the headers say, in an order of its own: some programs shuffle them."""
    address = _MAILBOX.findall(sender.lower())
    yield address[-1] if address else sender
    yield _list_id(inside) or ""
    headers = inside.headers
    for name in sorted(headers):
        if names_campaign(name):
            yield from (name, *headers[name])
    yield from (value.partition(":")[0] for value in headers.get("feedback-id", ()))


def _list_id(inside: Inside) -> str | None:
    """RFC 2919, section 2: words for people may stand in front of the brackets."""
    value = worded(inside.first("list-id")[:_LONGEST_HEADER])
    name = value.rpartition("<")[2].partition(">")[0] if "<" in value else value
    return name.strip()[:_LONGEST_LIST_ID] or None


def _structure(data: bytes, parts: tuple[Leaf, ...]) -> Iterator[str]:
    """The kinds of its parts, and a digest of each that is not looked into."""
    view = memoryview(data)
    for leaf in parts:
        yield f"{leaf.kept.type} {leaf.kept.attached}"
        if leaf.text is None and not (leaf.is_in_signed and leaf.kept.type in _SIGNATURES):
            yield sha256(view[leaf.start : leaf.end]).hexdigest()


_LINK = f"{LINK} "
_SIGNATURES = frozenset(
    {
        *("application/pgp-signature", "application/pkcs7-signature"),
        "application/x-pkcs7-signature",
    }
)
_LONGEST_HEADER, _LONGEST_LIST_ID = 2_000, 255
_MAILBOX = re.compile(r"[^\s<>,;\"]{1,64}@[^\s<>,;\"]{1,255}")
_MARKS = ".,;:!?()[]{}\"'“”„‘’«»…*"
