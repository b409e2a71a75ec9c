"""Made-up issues of made-up series, each with one mistake of a kind that real ones had."""

from collections.abc import Iterable, Iterator
from itertools import chain, cycle, islice, repeat

from benchmarks.accuracy.addresses import key
from benchmarks.accuracy.made.layouts import (
    Item,
    Layout,
    Sheet,
    as_cards,
    as_list,
    as_mjml,
    shown_label,
)
from benchmarks.accuracy.made.slips import SLIPS, Before, Slipped, report_page, slip
from benchmarks.accuracy.made.writer import WORDS, Writer
from benchmarks.accuracy.shapes import Issue, Mistake, Served

_LAYOUTS: tuple[tuple[Layout, str], ...] = (
    (as_list, "html"),
    (as_cards, "html"),
    (as_mjml, "mjml"),
)
_EARLIER = 4
_NOTES = ("Worth the ten minutes.", "By a reader of ours.", "With pictures.", "From the archive.")


def made_issues(count: int, seed: int) -> tuple[Issue, ...]:
    """`count` issues; every kind of mistake in one layout, then in the next."""
    return tuple(islice(_issues(seed), count))


def _issues(seed: int) -> Iterator[Issue]:
    layouts = chain.from_iterable(repeat(layout, len(SLIPS)) for layout in cycle(_LAYOUTS))
    for number, (kind, (layout, suffix)) in enumerate(zip(cycle(SLIPS), layouts, strict=False)):
        yield _issue(Writer(seed + number), f"series-{number}", kind, layout, suffix)


def _issue(writer: Writer, name: str, kind: str, layout: Layout, suffix: str) -> Issue:
    number, site = writer.dice.randint(20, 300), writer.dice.choice(WORDS["sites"])
    right, *earlier = (_sheet(writer, number - back, site) for back in range(_EARLIER + 1))
    at = writer.dice.randrange(1, len(right.items))
    before = Before(writer=writer, sheet=right, at=at, earlier=earlier)
    wrong, done = slip(before, SLIPS[kind])
    return Issue(
        id=name,
        html=layout(wrong),
        previous=tuple(map(layout, earlier)),
        mistakes=(_mistake(before, done, kind, shown_label(layout, wrong.items[at], at)),),
        pages=_web((right, *earlier)) | {key(done.href or ""): done.page},
        suffix=suffix,
    )


def _mistake(before: Before, done: Slipped, kind: str, label: str) -> Mistake:
    return Mistake(
        label="full report" if done.in_report else label,
        wrong="" if kind == "missing-link" else done.href or "",
        right=before.sheet.report if done.in_report else before.url,
        kind=kind,
    )


def _sheet(writer: Writer, number: int, site: dict[str, str]) -> Sheet:
    home = f"https://{site['host']}"
    language = writer.dice.choice((None, "en"))
    articles = [writer.article(language) for _ in range(writer.dice.randint(5, 11))]
    return Sheet(
        name=site["name"],
        number=number,
        items=[
            Item(article=it, label=writer.label(it), href=it.url, note=writer.dice.choice(_NOTES))
            for it in articles
        ],
        report=f"{home}/reports/{number}",
        home=home,
    )


def _web(sheets: Iterable[Sheet]) -> dict[str, Served | None]:
    pages: dict[str, Served | None] = {}
    for sheet in sheets:
        pages |= {key(it.article.url): Served(title=it.article.shown) for it in sheet.items}
        pages[key(sheet.report)] = report_page(sheet)
        pages[key(f"{sheet.home}/about")] = Served(title=f"About us | {sheet.name}")
        pages[key(f"{sheet.home}/archive")] = Served(title=f"Archive | {sheet.name}")
    return pages
