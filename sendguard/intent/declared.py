"""What the author declared, found again among the links."""

from collections.abc import Iterable, Mapping, Sequence

from sendguard.errors import Unreadable, WrongUsage
from sendguard.intent.intent import From, Intent
from sendguard.links import Link, Role, plain
from sendguard.read import Article
from sendguard.values import Url

MOST_SHOWN = 12
_LONGEST_SHOWN = 80
_NEAR_ENOUGH = 60  # percent


class NoSuchLabel(WrongUsage):
    """No link answers to the label; the message says which labels there are."""


class SeveralAddresses(WrongUsage):
    """The label fits links with different addresses; the message lists them.

    Attributes:
        by_line: The same with each link on a line of its own.
    """

    def __init__(self, label: str, links: Sequence[Link]) -> None:
        # What stands in the plain text part alone few readers see.
        shown = [_described(link) for link in sorted(links, key=lambda one: one.element == "text")]
        says = f"“{label}” fits links to different addresses; name one by its id:"
        super().__init__(f"{says} {_listed(shown, between='; ')}")
        listed = _listed(shown, between="\n  ")
        self.by_line = f"{says}\n  {listed}"


def declared_intents(articles: Sequence[Article], links: Sequence[Link]) -> Mapping[str, Intent]:
    """The declared intents by link id.

    Raises:
        Unreadable: An article of `campaign.yaml` names no link, or several with different
            addresses; the error has the place in the file.
        WrongUsage: The same for an article from the command line.
    """
    intents: dict[str, Intent] = {}
    for article in articles:
        try:
            chosen = choose_links(article.link, links)
        except WrongUsage as error:
            if article.place is None:
                raise
            raise Unreadable(str(error), article.place) from error
        intents |= dict.fromkeys((link.id for link in chosen), _promise(article))
    return intents


def choose_links(label: str, links: Sequence[Link]) -> tuple[Link, ...]:
    """The links that a LABEL names: by id, label, alt text, headline or present address.

    Raises:
        NoSuchLabel: None answers to it.
        SeveralAddresses: Several do, and they lead to different addresses.
    """
    followed = [link for link in links if link.role is not Role.RESOURCE]
    for fits in (_by_id, _by_label, _by_address, _by_headline):
        if chosen := tuple(link for link in followed if fits(link, label)):
            break
    else:
        raise NoSuchLabel(_none(label, followed))
    if len({link.href for link in chosen}) > 1:
        raise SeveralAddresses(label, chosen)
    return chosen


def _by_id(link: Link, label: str) -> bool:
    return link.id == label.strip()


def _by_label(link: Link, label: str) -> bool:
    return bool(link.label) and _same(link.label, label)


def _by_address(link: Link, label: str) -> bool:
    return link.href == label.strip()


def _by_headline(link: Link, label: str) -> bool:
    told = link.role in {Role.ARTICLE, Role.BUTTON, Role.IMAGE} and link.story is not None
    return told and link.story is not None and _same(link.story.headline, label)


def _same(one: str, other: str) -> bool:
    return (plain(one) or one.strip()) == (plain(other) or other.strip())


def _promise(article: Article) -> Intent:
    url = Url.parse(article.url) if article.url else None
    return Intent(title=article.title, url=url, source=From.DECLARED, sureness=1.0)


def _none(label: str, links: Iterable[Link]) -> str:
    labels = list(dict.fromkeys(_short(link.label) for link in links if link.label.strip()))
    if not labels:
        return f"no link is labelled “{label}”; the newsletter has no labelled link"
    nearest = _nearest(label, labels)
    guess = f"; did you mean “{nearest}”? There" if nearest else "; there"
    return f"no link is labelled “{label}”{guess} are {_listed(labels, quote='“”')}"


def _nearest(label: str, labels: Sequence[str]) -> str | None:
    wanted = _short(label).casefold()
    folded = [one.casefold() for one in labels]
    from rapidfuzz import fuzz, process

    found = process.extractOne(wanted, folded, scorer=fuzz.ratio, score_cutoff=_NEAR_ENOUGH)
    return labels[found[2]] if found else None


def _listed(names: Sequence[str], *, between: str = ", ", quote: str = "") -> str:
    opens, closes = quote[:1], quote[1:]
    shown = between.join(f"{opens}{one}{closes}" for one in names[:MOST_SHOWN])
    more = len(names) - MOST_SHOWN
    return f"{shown} and {more} more" if more > 0 else shown


def _described(link: Link) -> str:
    headline = f" under “{_short(link.story.headline)}”" if link.story else ""
    return f"{link.id}{headline} → {link.href}"


def _short(text: str) -> str:
    return text if len(text) <= _LONGEST_SHOWN else f"{text[: _LONGEST_SHOWN - 1]}…"
