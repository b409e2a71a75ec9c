"""Newsletters that link to articles of the stand-in web, with the truth about every link."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import escape
from itertools import count, cycle

from benchmarks.visit.articles import WORDS, Article, article, title_of
from benchmarks.visit.behaviours import MIX, Behaviour, Truth, behaviour_of, truth_of
from benchmarks.visit.chance import share

_CARD = """<tr><td style="padding:16px 24px;font-family:Georgia,serif">\
<table role="presentation" width="100%" cellpadding="0" cellspacing="0"><tr>
<td><img src="cid:img{at}" width="552" alt="" style="display:block;width:100%"></td></tr><tr><td>
<h2 style="margin:12px 0 6px;font-size:20px;line-height:1.3"><a href="{url}" \
style="color:#1a1a1a;text-decoration:none">{headline}</a></h2>
<p style="margin:0 0 12px;font-size:15px;line-height:1.5;color:#444">{text}</p>
<a href="{url}" style="display:inline-block;background:#0b5fff;color:#fff;padding:10px 18px;\
border-radius:4px;text-decoration:none;font-size:14px">Read article</a>
</td></tr></table></td></tr>
"""
_HEAD = """<!doctype html><html lang=en><head><meta charset=utf-8><title>The Weekly Post</title>\
</head><body style='margin:0;background:#f4f4f4'>\
<table role=presentation width=600 align=center bgcolor=#ffffff>"""
_FOOT = (
    "<tr><td><a href='mailto:desk@example.org'>Write to us</a></td></tr></table></body></html>\n"
)
_OTHER_ARTICLE = 77_777
_SWAPPED = 0.02


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """What a web and its newsletters are like.

    Attributes:
        scale: Of the latency: 0 for none.
        first: Number from which articles are taken.
    """

    name: str
    scale: float
    first: int
    behaviours: frozenset[Behaviour]
    swaps_headlines: bool


_PLAIN = frozenset(
    {
        *(Behaviour.OK, Behaviour.REDIR1, Behaviour.REDIR2, Behaviour.REDIR3),
        *(Behaviour.NOT_FOUND, Behaviour.GONE),
    }
)
WEB_A = Kind(name="A", scale=0, first=1000, behaviours=_PLAIN, swaps_headlines=False)
WEB_B = Kind(name="B", scale=1, first=500_000, behaviours=frozenset(MIX), swaps_headlines=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One story of a newsletter; its headline and its button open the same address."""

    article: Article
    url: str
    headline: str

    @property
    def truth(self) -> Truth:
        """What a careful editor calls the link."""
        return truth_of(self.article.behaviour)

    @property
    def is_swapped(self) -> bool:
        """True when the headline is another article's."""
        return self.headline != self.article.title


def entries(kind: Kind, size: int, port: int) -> tuple[Entry, ...]:
    """The stories of the newsletter with `size` links."""
    found = map(article, _numbers(kind, size))
    return tuple(Entry(article=it, url=it.url(port), headline=_headline(kind, it)) for it in found)


def _headline(kind: Kind, found: Article) -> str:
    may_swap = kind.swaps_headlines and truth_of(found.behaviour) is Truth.FINE
    swapped = may_swap and share("mm", found.number) < _SWAPPED
    return title_of(found.number + _OTHER_ARTICLE) if swapped else found.title


def _numbers(kind: Kind, size: int) -> list[int]:
    """Which articles: of every behaviour as many as its share, in an order of no meaning."""
    return sorted(_of_quotas(kind, size), key=lambda number: share("order", number))


def _of_quotas(kind: Kind, size: int) -> Iterator[int]:
    left = quotas(kind, size)
    for number in count(kind.first):
        behaviour = behaviour_of(number)
        if left.get(behaviour):
            left[behaviour] -= 1
            yield number
        if not any(left.values()):
            return


def quotas(kind: Kind, size: int) -> dict[Behaviour, int]:
    """How many links of each behaviour: by largest remainder; from 100 links on, all occur."""
    mix = {behaviour: MIX[behaviour] for behaviour in MIX if behaviour in kind.behaviours}
    of = sum(mix.values())
    least = 1 if size >= 100 else 0
    found = {it: max(least, int(weight * size / of)) for it, weight in mix.items()}
    nearest = cycle(sorted(mix, key=lambda it: -(mix[it] * size / of % 1)))
    while sum(found.values()) < size:
        found[next(nearest)] += 1
    found[Behaviour.OK] -= sum(found.values()) - size
    return found


def html(stories: Sequence[Entry]) -> str:
    """The newsletter."""
    cards = (
        _CARD.format(at=at, url=escape(it.url), headline=escape(it.headline), text=_text(it))
        for at, it in enumerate(stories)
    )
    return "".join((_HEAD, *cards, _FOOT))


def _text(entry: Entry) -> str:
    words = (WORDS[(entry.article.number * 13 + at * 7) % len(WORDS)] for at in range(28))
    return " ".join(words).capitalize() + "."
