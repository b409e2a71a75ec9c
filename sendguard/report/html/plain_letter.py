"""A plain text part in pieces, with the links that begin between them."""

from collections.abc import Iterator, Sequence
from itertools import pairwise

from sendguard.gate import CheckedLink
from sendguard.read import Part


def pieces(part: Part, links: Sequence[CheckedLink]) -> Iterator[tuple[str, str]]:
    """The text up to the next link, and that link's id; the last piece has none."""
    offsets = [link.link.offset for link in links]
    parted = pairwise((0, *offsets, len(part.text)))
    ids = (*(link.link.id for link in links), "")
    for (start, end), id_ in zip(parted, ids, strict=True):
        yield part.text[start:end], id_
