"""Newsletters made of single lines: one line alone, or twelve of one source together."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from html import escape

from benchmarks.accuracy.addresses import fragment, key, ports
from benchmarks.accuracy.shapes import Asked, Letter, Pair, Served, Wrong

TOGETHER = 12

_MARK = re.compile(r"\[([^\[\]]*)\](?:\[[^\[\]]*\]|\([^()]*\))?")
_BEHIND = re.compile(r"^(?:\[[^\[\]]*\]|\([^()\s]*\))")
_DEBRIS = re.compile(r"\{%.*?%\}|\{:.*?\}|`|\*\*")
_BULLET = re.compile(r"^\s*(?:[-*+•]|\d+[.)])\s+")
_FOOTER = '<p><a href="mailto:leave@letters.example.org?subject=leave">Unsubscribe</a></p>'


def lines_alone(pairs: Iterable[Pair], wrongs: Iterable[Wrong]) -> Iterator[Letter]:
    """Each right link, and each wrong one, in a newsletter of its own."""
    for pair in pairs:
        yield _letter(pair.id, [pair], _right(pair, company=False))
    for wrong in wrongs:
        yield _letter(wrong.id, [_with(wrong)], _told(wrong, company=False))


def lines_together(pairs: Sequence[Pair], wrongs: Iterable[Wrong]) -> Iterator[Letter]:
    """Right links with others of their source; each wrong one among right ones."""
    sources = defaultdict[str, list[Pair]](list)
    for pair in pairs:
        sources[pair.source].append(pair)
    for source, found in sources.items():
        for at in range(0, len(found), TOGETHER):
            some = found[at : at + TOGETHER]
            asked = [ask for pair in some for ask in _right(pair, company=True)]
            yield _letter(f"{source.replace('/', '-')}-{at}", some, asked)
    for wrong in wrongs:
        yield _letter(f"{wrong.id}-c", _among(wrong, sources), _told(wrong, company=True))


def _among(wrong: Wrong, sources: dict[str, list[Pair]]) -> list[Pair]:
    """The wrong link in place of the right one, among what stood around it."""
    found = sources[wrong.pair.source]
    at = next((n for n, pair in enumerate(found) if pair.id == wrong.pair.id), len(found))
    begin = at - at % TOGETHER
    return [*found[begin:at], _with(wrong), *found[at + 1 : begin + TOGETHER]]


def _with(wrong: Wrong) -> Pair:
    pair = wrong.pair
    return Pair(
        id=wrong.id,
        source=pair.source,
        label=pair.label,
        line=pair.line,
        url=wrong.url,
        title=wrong.title,
        kind=pair.kind,
    )


def _right(pair: Pair, *, company: bool) -> list[Asked]:
    return [
        Asked(
            id=pair.id,
            group="pairs",
            company=company,
            kind=pair.kind,
            wrong=False,
            label=pair.label,
            href=pair.url,
        )
    ]


def _told(wrong: Wrong, *, company: bool) -> list[Asked]:
    return [
        Asked(
            id=wrong.id,
            group="wrongs",
            company=company,
            kind=wrong.pair.kind,
            wrong=True,
            label=wrong.pair.label,
            href=wrong.url,
        )
    ]


def _letter(name: str, pairs: Sequence[Pair], asked: Sequence[Asked]) -> Letter:
    rows = "\n".join(f"<li>{_line(pair)}</li>" for pair in pairs)
    html = (
        "<!doctype html><html><head><meta charset=utf-8><title>This week</title></head>\n"
        f"<body><p>Hello, this is what we read this week.</p>\n<ul>\n{rows}\n</ul>\n"
        f"{_FOOTER}</body></html>"
    )
    return Letter(
        id=name,
        html=html,
        pages=_pages(pairs),
        asked=tuple(asked),
        ports=ports(pair.url for pair in pairs),
    )


def _pages(pairs: Sequence[Pair]) -> dict[str, Served | None]:
    titles = {key(pair.url): pair.title for pair in pairs}
    places = defaultdict[str, set[str]](set)
    for pair in pairs:
        places[key(pair.url)].add(fragment(pair.url))
    return {
        address: Served(title=title, places=frozenset(filter(None, places[address])))
        for address, title in titles.items()
    }


def _line(pair: Pair) -> str:
    """The line with its label as the link, and every other mark of a link as plain text."""
    link = f'<a href="{escape(pair.url)}">{escape(pair.label)}</a>'
    before, found, after = pair.line.partition(f"[{pair.label}]")
    if not found:
        return link
    return f"{_plain(_BULLET.sub('', before))}{link}{_plain(_BEHIND.sub('', after))}"


def _plain(text: str) -> str:
    return escape(_MARK.sub(r"\1", _DEBRIS.sub("", text)))
