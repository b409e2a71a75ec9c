"""The ways in which one link of an issue goes wrong, each done to a right issue."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TypeAlias
from urllib.parse import urlsplit

from benchmarks.accuracy.made.layouts import Item, Sheet
from benchmarks.accuracy.made.writer import WORDS, Article, Writer
from benchmarks.accuracy.shapes import Served


@dataclass(frozen=True, slots=True, kw_only=True)
class Before:
    """A right issue in which something is about to go wrong.

    Attributes:
        at: Which of its items is the unlucky one.
        earlier: The issues before it, newest first.
    """

    writer: Writer
    sheet: Sheet
    at: int
    earlier: Sequence[Sheet]

    @property
    def item(self) -> Item:
        """The unlucky item."""
        return self.sheet.items[self.at]

    @property
    def url(self) -> str:
        """Its right address."""
        return self.item.article.url


@dataclass(frozen=True, slots=True, kw_only=True)
class Slipped:
    """What was done: the address that stands there now, and the page behind it.

    Attributes:
        href: The wrong address, or what `Item.href` has where there is no link.
        page: None where nothing is there.
        label: What the link shows where that had to change; else as it was.
        in_report: Whether it was done to the link to the full report.
    """

    href: str | None
    page: Served | None = None
    label: str | None = None
    in_report: bool = False


Slip: TypeAlias = Callable[[Before], Slipped]


def slip(before: Before, what: Slip) -> tuple[Sheet, Slipped]:
    """The issue with its mistake, and the mistake."""
    done = what(before)
    if done.in_report:
        return replace(before.sheet, report=done.href or ""), done
    label = done.label or before.item.label
    items = list(before.sheet.items)
    items[before.at] = replace(before.item, href=done.href, label=label)
    return replace(before.sheet, items=items), done


def _typo(before: Before) -> Slipped:
    """Two neighbouring signs of the last step change places."""
    stem = before.url.rstrip("/")
    for at in range(len(stem) - 4, 8, -1):
        if stem[at].isalnum() and stem[at - 1].isalnum() and stem[at] != stem[at - 1]:
            return Slipped(href=f"{stem[: at - 1]}{stem[at]}{stem[at - 1]}{stem[at + 1 :]}")
    return _truncated(before)


def _truncated(before: Before) -> Slipped:
    return Slipped(href=before.url.rstrip("/")[: -before.writer.dice.randint(1, 6)])


def _wrong_path(before: Before) -> Slipped:
    parts = urlsplit(before.url)
    return Slipped(href=f"https://{parts.netloc}/blog{parts.path}")


def _placeholder(before: Before) -> Slipped:
    left = ("#", "", "XXX", "TODO", "https://example.com/", "https://link", "undefined")
    return Slipped(href=before.writer.dice.choice(left))


def _malformed(before: Before) -> Slipped:
    rest = before.url.removeprefix("https:")
    ways = (f"https:{rest[1:]}", f"htps:{rest}", f"https{rest}", f"https://https:{rest}")
    return Slipped(href=before.writer.dice.choice((*ways, f"{before.url}%20")))


def _missing_scheme(before: Before) -> Slipped:
    return Slipped(href=before.url.removeprefix("https://"))


def _relative(before: Before) -> Slipped:
    return Slipped(href=urlsplit(before.url).path)


def _staging(before: Before) -> Slipped:
    place = before.writer.dice.choice(("staging.", "preview.", "dev."))
    return Slipped(href=before.url.replace("https://", f"https://{place}").replace("www.", ""))


def _junk(before: Before) -> Slipped:
    return Slipped(href=before.url + before.writer.dice.choice((")", "](", "%22", ").", "%3E")))


def _missing(before: Before) -> Slipped:
    """The markup of a link is left as text, with or without its address."""
    return Slipped(href=before.writer.dice.choice((None, f"({before.url})")))


def _previous(before: Before) -> Slipped:
    """Last issue's report, or last issue's article under the new headline."""
    last = before.earlier[0]
    if before.writer.dice.random() < 0.5:
        return Slipped(href=last.report, page=report_page(last), in_report=True)
    return _opens(before.writer.dice.choice(last.items).article)


def _neighbour(before: Before) -> Slipped:
    return _opens(before.sheet.items[before.at - 1].article)


def _another(before: Before) -> Slipped:
    host = urlsplit(before.url).netloc
    return _opens(before.writer.article(before.item.article.language, host))


def _other_site(before: Before) -> Slipped:
    return _opens(before.writer.article(before.item.article.language))


def _number(before: Before) -> Slipped:
    """The headline names one number, the page another."""
    meant = before.writer.dice.randint(11, 480)
    other = meant + before.writer.dice.choice((-10, -1, 1, 9, 100))
    site = WORDS["sites"][0]
    return Slipped(
        href=f"https://{site['host']}/bulletins/{other}/",
        page=Served(title=f"Bulletin {other} | {site['name']}"),
        label=f"The Harbour Bulletin, issue {meant}",
    )


def _mismatch(before: Before) -> Slipped:
    """The label shows a number whose digits the address has in another order."""
    meant = before.writer.dice.choice((13608, 24817, 40523, 31962))
    turned = int(str(meant)[:2] + str(meant)[2:][::-1])
    return Slipped(
        href=f"https://code.example/lathe/lathe/pull/{turned}",
        page=Served(title=f"Pull request {turned} · lathe/lathe"),
        label=f"#{meant}: {before.item.label}",
    )


def _front_page(before: Before) -> Slipped:
    host = urlsplit(before.url).netloc
    return Slipped(href=f"https://{host}/", page=Served(title=_name_of(host)))


def _parent(before: Before) -> Slipped:
    host = urlsplit(before.url).netloc
    page = Served(title=f"Archive | {_name_of(host)}")
    return Slipped(
        href=f"https://{host}/{before.writer.dice.choice(('archive', 'all'))}/", page=page
    )


def _opens(article: Article) -> Slipped:
    return Slipped(href=article.url, page=Served(title=article.shown))


def _name_of(host: str) -> str:
    return str(next(site["name"] for site in WORDS["sites"] if site["host"] == host))


def report_page(sheet: Sheet) -> Served:
    """What stands behind the link to an issue's full report."""
    return Served(title=f"Report {sheet.number} | {sheet.name}")


SLIPS: Mapping[str, Slip] = {
    "typo-404": _typo,
    "truncated-url": _truncated,
    "wrong-path": _wrong_path,
    "placeholder": _placeholder,
    "malformed": _malformed,
    "missing-scheme": _missing_scheme,
    "relative-path": _relative,
    "staging-preview": _staging,
    "trailing-junk": _junk,
    "missing-link": _missing,
    "previous-issue": _previous,
    "duplicate-of-neighbour": _neighbour,
    "wrong-article": _another,
    "wrong-site": _other_site,
    "wrong-number": _number,
    "number-mismatch": _mismatch,
    "homepage-instead": _front_page,
    "parent-page-instead": _parent,
}
"""Every kind of mistake, by the name that it has in the tables."""
