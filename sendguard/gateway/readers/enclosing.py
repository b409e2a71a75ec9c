"""What is enclosed in the copies of a campaign: the same to the byte in all of them.

Pictures are called by their number: what a program calls them may be made anew for each reader.
"""

import posixpath
import re
from collections.abc import Collection, Iterator, Mapping
from urllib.parse import unquote

from sendguard.errors import Unreadable
from sendguard.gateway.opened import Inside, Leaf, Opened, body_of
from sendguard.judge.quote import plain
from sendguard.send.enclosed import Enclosed
from sendguard.visit.tokens import is_token, pieces_of

LARGEST_ENCLOSED = 20_000_000
"""Bytes as they stand in the message, all together."""

_CID = re.compile(r"(?<![\w-])cid:([^\s\"'<>()&]{1,300})", re.IGNORECASE)
_READABLE = frozenset({"", "7bit", "8bit", "binary", "base64", "quoted-printable"})
_SEALED = re.compile(r"multipart/|message/|application/(?:x-)?(?:pkcs7|pgp)")
_ENDING = re.compile(r"\.[a-z0-9]{1,8}", re.IGNORECASE)
_FEWEST_OF_A_WORD = 3


def numbered(markup: str, inside: Inside) -> str:
    """The HTML of a message with the names of enclosed pictures in the spelling of `Enclosed`."""
    ids = _ids(inside)
    return _CID.sub(lambda one: f"cid:{ids.get(_id(one), one[1])}", markup) if ids else markup


def enclosed_in(first: Opened, markup: str, own: Collection[str]) -> tuple[Enclosed, ...]:
    """All pictures and files of a campaign, from its first message.

    Args:
        first: It.
        markup: Its HTML, with `numbered` pictures.
        own: Its reader's own words, in lower case; they are in no name.

    Raises:
        Unreadable: It holds what cannot be sent again as it is.
    """
    leaves = {number: leaf for number, leaf in enumerate(first.inside.parts) if leaf.text is None}
    if sum(leaf.end - leaf.start for leaf in leaves.values()) > LARGEST_ENCLOSED:
        raise Unreadable(f"its files come to more than {LARGEST_ENCLOSED / 1e6:g} MB")
    shown = {found[1] for found in _CID.finditer(markup)}
    return tuple(_enclosed(first, number, shown, own) for number in leaves)


def _enclosed(first: Opened, number: int, shown: Collection[str], own: Collection[str]) -> Enclosed:
    leaf = first.inside.parts[number]
    _refuse_sealed(leaf)
    name = _name(number)
    return Enclosed.of(
        body_of(first.mail.data, leaf),
        kind=leaf.kept.type,
        charset=leaf.kept.charset,
        name=leaf.kept.name and _nobodys(leaf.kept.name, number, own),
        id=name if name in shown else None,
        is_file=leaf.kept.attached,
    )


def _refuse_sealed(leaf: Leaf) -> None:
    kind = leaf.kept.type
    if leaf.is_in_signed or _SEALED.match(kind):
        says = "it is signed, sealed or holds another message"
        raise Unreadable(f"{says} ({plain(kind, 80)}), which SendGuard cannot send again")
    if leaf.kept.encoding not in _READABLE:
        raise Unreadable(f"a part of it ({plain(kind, 80)}) is encoded in a way that nobody knows")


def _nobodys(name: str, number: int, own: Collection[str]) -> str:
    """The name of a file, unless it tells, or may tell, for whom the first copy was made."""
    words = (word for word in own if len(word) >= _FEWEST_OF_A_WORD)
    is_somebodys = "@" in name or any(word in name.lower() for word in words)
    if not is_somebodys and not any(map(is_token, pieces_of(name))):
        return name
    ending = posixpath.splitext(name)[1]
    return f"file-{number}{ending if _ENDING.fullmatch(ending) else ''}"


def _ids(inside: Inside) -> Mapping[str, str]:
    return dict(reversed(tuple(_named(inside))))  # the first of a name counts


def _named(inside: Inside) -> Iterator[tuple[str, str]]:
    for number, leaf in enumerate(inside.parts):
        if leaf.kept.id and leaf.text is None:
            yield leaf.kept.id, _name(number)


def _name(number: int) -> str:
    return f"enclosed{number}@newsletter"


def _id(found: re.Match[str]) -> str:
    """As the part says it itself (RFC 2392, section 2)."""
    return unquote(found[1])
