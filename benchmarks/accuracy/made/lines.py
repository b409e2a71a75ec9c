"""Made-up links: right ones of each kind, and for each another article of the same site."""

from itertools import cycle
from urllib.parse import urlsplit

from rapidfuzz import fuzz

from benchmarks.accuracy.made.writer import WORDS, Article, Writer
from benchmarks.accuracy.shapes import Pair, Wrong

_KINDS = ("same", "same", "reworded", "number", "moved", "same", "reworded", "generic")
_CHOICE = 4
_SITE = WORDS["sites"][0]


def made_lines(writer: Writer, count: int) -> tuple[tuple[Pair, ...], tuple[Wrong, ...]]:
    """`count` right links, and a wrong one for each that did not only move."""
    made = [
        _made(writer, number, kind)
        for number, kind in zip(range(count), cycle(_KINDS), strict=False)
    ]
    wrongs = (wrong for _, wrong in made if wrong.pair.kind != "moved")
    return tuple(pair for pair, _ in made), tuple(wrongs)


def _made(writer: Writer, number: int, kind: str) -> tuple[Pair, Wrong]:
    if kind == "number":
        return _numbered(writer, f"made-{number}")
    article = _on_a_thing(writer) if kind in {"reworded", "generic"} else writer.article()
    pair = _pair(writer, f"made-{number}", kind, article)
    return pair, _wrong(pair, _most_like(article, writer))


def _on_a_thing(writer: Writer) -> Article:
    """An article that a phrase can be about."""
    article = writer.article("en")
    return article if article.about != article.title else _on_a_thing(writer)


def _pair(writer: Writer, name: str, kind: str, article: Article) -> Pair:
    in_prose = kind in {"reworded", "generic"}
    line = _prose(writer, article, kind) if in_prose else f"[{writer.label(article)}]"
    label = line.partition("[")[2].partition("]")[0]
    return Pair(
        id=name,
        source=urlsplit(article.url).netloc,
        label=label,
        line=line,
        url=article.url,
        title=label if kind == "moved" else article.shown,
        kind=kind,
    )


def _prose(writer: Writer, article: Article, kind: str) -> str:
    pattern = writer.dice.choice(WORDS["phrases" if kind == "reworded" else "generic"])
    return writer.fill(pattern, "en", article.about)


def _numbered(writer: Writer, name: str) -> tuple[Pair, Wrong]:
    line = writer.fill(writer.dice.choice(WORDS["numbered"]), "en", "")
    label = line.partition("[")[2].partition("]")[0]
    meant, other = label.rpartition(" ")[2].lstrip("#"), str(writer.dice.randint(11, 480))
    pair = Pair(
        id=name,
        source=_SITE["host"],
        label=label,
        line=line,
        url=_bulletin(meant),
        title=_called(meant),
        kind="number",
    )
    return pair, Wrong(id=f"{name}-wrong", pair=pair, url=_bulletin(other), title=_called(other))


def _bulletin(number: str) -> str:
    return f"https://{_SITE['host']}/bulletins/{number}/"


def _called(number: str) -> str:
    return f"Bulletin {number} | {_SITE['name']}"


def _most_like(article: Article, writer: Writer) -> Article:
    """Of a few others of its site the one that is most easily taken for it."""
    host = urlsplit(article.url).netloc
    others = [writer.article(article.language, host) for _ in range(_CHOICE)]
    return max(others, key=lambda other: fuzz.token_set_ratio(other.title, article.title))


def _wrong(pair: Pair, article: Article) -> Wrong:
    return Wrong(id=f"{pair.id}-wrong", pair=pair, url=article.url, title=article.shown)
