"""Whether an address is one of a message's `List-Unsubscribe` headers, in any spelling of it."""

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice
from typing import TypeAlias
from unicodedata import normalize
from urllib.parse import parse_qsl

from sendguard.values import Url
from sendguard.visit.addresses import literal_address
from sendguard.visit.parts import decoded
from sendguard.visit.redirect import spelt_out
from sendguard.visit.unwrap import layers

# Addresses with the same path whose parameters are held against those of one link.
_MOST_COMPARED = 100
_MOST_CARRIED = 20


def is_in_header(url: Url, header_addresses: frozenset[str]) -> bool:
    """Would a server take a request for `url` for one of these?

    Parameters beside those of the header change nothing, nor does their order: whoever counts
    clicks adds some. Nor do doubled slashes, dots, encodings, the port, or how a host is written.

    Args:
        url: What may be asked for.
        header_addresses: As in `Mailing`.
    """
    return any(_is_there(one, header_addresses) for one in (url, *_carried_along(url)))


def _is_there(url: Url, header_addresses: frozenset[str]) -> bool:
    asked = _spelling(url)
    acting = _spellings(header_addresses).get((asked.host, asked.steps), frozenset())
    if asked.pairs in acting:
        return True
    # The front page with some parameters is the front page of everyone.
    named = (pairs for pairs in islice(acting, _MOST_COMPARED) if pairs or asked.steps)
    return any(pairs <= asked.pairs for pairs in named)


_Where: TypeAlias = tuple[str, tuple[str, ...]]
_Pairs: TypeAlias = frozenset[tuple[str, str]]


def _carried_along(url: Url) -> Iterator[Url]:
    """Addresses that whoever is asked may open himself: translators, archives, previews."""
    path, query = decoded(url.path), parse_qsl(url.query, errors="replace")
    told = (path[path.find("http") :], *(decoded(value) for _, value in query[:_MOST_CARRIED]))
    addresses = (_SLASHES.sub(r"\1//", text) for text in told if _SLASHES.match(text))
    return (inner for one in addresses if (inner := Url.parse(spelt_out(one))))


@dataclass(frozen=True, slots=True, kw_only=True)
class _Spelling:
    """What of an address tells a server what is meant."""

    host: str
    steps: tuple[str, ...]
    pairs: _Pairs


@lru_cache(64)
def _spellings(addresses: frozenset[str]) -> Mapping[_Where, Collection[_Pairs]]:
    found = defaultdict[_Where, set[_Pairs]](set)
    parsed = (Url.parse(address) for address in addresses)
    for url in (layer for whole in parsed if whole for layer in layers(whole)):
        one = _spelling(url)
        found[one.host, one.steps].add(one.pairs)
    return found


@lru_cache(4096)
def _spelling(url: Url) -> _Spelling:
    pairs = parse_qsl(url.query, keep_blank_values=True, errors="replace")
    steps = _steps(decoded(url.path).casefold().split("/"))
    return _Spelling(
        host=_host(url.host),
        steps=steps,
        pairs=frozenset((decoded(name), decoded(value)) for name, value in pairs),
    )


def _steps(written: Iterable[str]) -> tuple[str, ...]:
    """Those that lead somewhere, without what servers pass over."""
    steps: list[str] = []
    for step in (one.partition(";")[0] for one in written):
        if step == "..":
            del steps[-1:]
        elif step not in {"", "."}:
            steps.append(step)
    return tuple(steps)


def _host(host: str) -> str:
    """In one spelling: letters in place of their codes, numbers as an IP address."""
    literal = literal_address(host)
    plain = _DOTS.sub(".", normalize("NFKC", host)).casefold().rstrip(".")
    return str(literal) if literal else ".".join(map(_letters, plain.split(".")))


def _letters(label: str) -> str:
    """What a label of a host stands for that begins with `xn--`; others as they are."""
    try:
        code = label.removeprefix("xn--") if label.startswith("xn--") else None
        return label if code is None else normalize("NFKC", code.encode().decode("punycode"))
    except UnicodeError:
        return label


_SLASHES = re.compile("(https?:)/*", re.IGNORECASE)
# All four are dots for a browser.
_DOTS = re.compile("[\u3002\uff0e\uff61]")
