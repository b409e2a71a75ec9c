"""The shapes that newsletters have: cards in tables, a list of links, MJML."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from html import escape
from typing import TypeAlias

from benchmarks.accuracy.made.writer import Article

BUTTON = "Read article"


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """An article as an issue shows it.

    Attributes:
        href: Its address; None where the words stand there without a link, and in round
            brackets where it is left as Markdown.
        note: The sentence behind or under it.
    """

    article: Article
    label: str
    href: str | None
    note: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """One issue before it is markup.

    Attributes:
        number: Of the issue in its series.
        items: Its articles, in order.
        report: The address of this issue's full report, which is another each time.
    """

    name: str
    number: int
    items: Sequence[Item]
    report: str
    home: str


Layout: TypeAlias = Callable[[Sheet], str]


def as_list(sheet: Sheet) -> str:
    """A roundup: one line an article, the headline being the link."""
    rows = "\n".join(
        f"<li>{_linked(item.label, item.href)} <i>{escape(item.note)}</i></li>"
        for item in sheet.items
    )
    return _page(sheet, f"<ul>\n{rows}\n</ul>")


def as_cards(sheet: Sheet) -> str:
    """Tables within tables: picture, headline, teaser, button."""
    cards = "\n".join(_card(item, number) for number, item in enumerate(sheet.items))
    inner = f'<table role="presentation" width="600" align="center">\n{cards}\n</table>'
    return _page(sheet, f'<table width="100%"><tr><td>{inner}</td></tr></table>')


def _card(item: Item, number: int) -> str:
    label, note = escape(item.label), escape(item.note)
    if item.href is None or item.href.startswith("(") or number % 2:
        return f"<tr><td><h2>{_linked(item.label, item.href)}</h2>\n<p>{note}</p></td></tr>"
    href = escape(item.href)
    return (
        f'<tr><td><h2>{label}</h2>\n<p>{note}</p>\n<a href="{href}" style="background:#246;'
        f'color:#fff;padding:8px 16px">{BUTTON}</a></td></tr>'
    )


def as_mjml(sheet: Sheet) -> str:
    """The same cards as MJML writes them."""
    sections = "\n".join(
        "<mj-section><mj-column>\n"
        f"<mj-text><h2>{_linked(item.label, item.href)}</h2>\n"
        f"<p>{escape(item.note)}</p></mj-text>\n"
        "</mj-column></mj-section>"
        for item in sheet.items
    )
    return (
        f"<mjml><mj-head><mj-title>{_title(sheet)}</mj-title></mj-head><mj-body>\n{sections}\n"
        f"<mj-section><mj-column><mj-text>{_foot(sheet)}</mj-text></mj-column></mj-section>\n"
        "</mj-body></mjml>"
    )


def _page(sheet: Sheet, body: str) -> str:
    title = _title(sheet)
    return (
        f'<!doctype html><html><head><meta charset="utf-8"><title>{title}</title></head>\n'
        f"<body>\n<p>{title}: what we read this week.</p>\n{body}\n{_foot(sheet)}\n</body></html>"
    )


def _title(sheet: Sheet) -> str:
    return f"{escape(sheet.name)}, issue {sheet.number}"


def _foot(sheet: Sheet) -> str:
    return (
        f'<p>The numbers behind this issue: <a href="{escape(sheet.report)}">full report</a></p>\n'
        f'<p><a href="{sheet.home}/about">About us</a> · <a href="{sheet.home}/archive">Archive</a>'
        ' · <a href="{{ unsubscribe_url }}">Unsubscribe</a></p>'
    )


def shown_label(layout: Layout, item: Item, number: int) -> str:
    """What the link of an item shows: its label, or what stands on its button."""
    on_button = layout is as_cards and item.href is not None and number % 2 == 0
    return BUTTON if on_button else item.label


def _linked(label: str, href: str | None) -> str:
    """The label as a link; without an address as somebody leaves it who wrote Markdown."""
    if href is None:
        return f"[{escape(label)}]"
    if href.startswith("("):
        return f"[{escape(label)}]{escape(href)}"
    return f'<a href="{escape(href)}">{escape(label)}</a>'
