"""Whether two pages are the same page under two addresses. Pure text work."""

import hashlib
from urllib.parse import unquote

from sendguard.values import Url

SAME = 0.9
"""Of all runs of three words in either text, the share in both; below it the pages differ."""

MOST_WORDS = 3_000
_RUN = 3


def beside(url: Url) -> Url | None:
    """An address in the same folder that nobody can have made a page for.

    The same for the same folder, so that a check does the same thing twice.
    """
    folder = url.path.rstrip("/").rpartition("/")[0]
    mark = hashlib.sha256(f"{url.host}{folder}".encode("utf-8", "replace")).hexdigest()[:10]
    return Url.parse(f"{folder}/no-such-page-{mark}", url)


def are_alike(one: str, other: str) -> bool:
    """Do two texts tell the same, but for a word here and there?

    Source:
        Broder, "On the resemblance and containment of documents": Jaccard's index over
        runs of words.
    """
    ours, theirs = _runs(one), _runs(other)
    return bool(ours and theirs) and len(ours & theirs) >= SAME * len(ours | theirs)


def without_address(text: str, url: Url) -> str:
    """The text without the words that repeat the address, as many error pages do."""
    step = unquote(url.path).rstrip("/").rpartition("/")[2].casefold()
    words = text.casefold().split(maxsplit=MOST_WORDS)[:MOST_WORDS]
    return " ".join(word for word in words if not step or step not in word)


def _runs(text: str) -> frozenset[tuple[str, ...]]:
    words = text.casefold().split(maxsplit=MOST_WORDS)[:MOST_WORDS]
    last = max(len(words) - _RUN + 1, 1 if words else 0)
    return frozenset(tuple(words[at : at + _RUN]) for at in range(last))
