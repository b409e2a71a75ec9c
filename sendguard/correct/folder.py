"""The corrected campaign as the files of a folder: what is checked, sent, and pasted elsewhere."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace

import yaml

from sendguard.correct.files import (
    HTML_FILE,
    MESSAGE_FILE,
    READERS_FILE,
    SUBJECT_FILE,
    TEXT_FILE,
    encoded,
    repaired_files,
)
from sendguard.read import CAMPAIGN_FILE, Article, Brief, Campaign

ENDING = "-corrected"
_CORRECTED = re.compile(rf"(.+){re.escape(ENDING)}(?:-[0-9]{{1,4}})?", re.DOTALL)
_PLAIN = b"Content-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: 8bit\n"
MADE_BY = "# Made by `sendguard correct`"
_HEAD = (
    MADE_BY + " from {campaign}; it is made anew when that runs again.\n"
    "# Nothing here changes what is queued.\n"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """What readers of a correction get.

    Attributes:
        subject: With the word in front, or as it was.
        html: With the block on top, or without; None for a newsletter in plain text alone.
        text: The like in plain text.
    """

    subject: str
    html: str | None
    text: str


def corrected_name(campaign: str, number: int) -> str:
    """What the folder of a correction is called, the `number`th of its campaign, from 1."""
    return f"{campaign}{ENDING}" if number == 1 else f"{campaign}{ENDING}-{number}"


def corrects(name: str) -> str | None:
    """What a campaign of that name would correct; None where it is not called so."""
    found = _CORRECTED.fullmatch(name)
    return found[1] if found else None


def files_of(
    original: Campaign,
    letter: Letter,
    articles: tuple[Article, ...],
    *,
    corrects: str,
    readers: bool,
) -> Mapping[str, bytes]:
    """The files of a campaign folder that holds this letter.

    Args:
        original: What it corrects, its sources repaired already: they are put beside it.
        letter: What readers get.
        articles: What its links are meant to open.
        corrects: Name of what it corrects.
        readers: Whether there is a list of those whom it goes to.
    """
    told = {TEXT_FILE: letter.text, SUBJECT_FILE: f"{letter.subject}\n"}
    told |= {} if letter.html is None else {HTML_FILE: letter.html}
    was = replace(
        original.brief,
        sender=original.brief.sender or original.header("from"),
        reply_to=original.brief.reply_to or original.header("reply-to"),
    )
    was = replace(was, subject=letter.subject, articles=articles, corrects=corrects)
    head = _HEAD.format(campaign=original.id or "a newsletter")
    brief = head + _brief(was, readers=readers, has_html=letter.html is not None)
    texts = {**repaired_files(original), **told, CAMPAIGN_FILE: brief}
    files = {name: encoded(text) for name, text in texts.items()}
    message = {} if letter.html is not None else {MESSAGE_FILE: _message(letter.text)}
    return {**files, **message}


def _message(text: str) -> bytes:
    """Plain text in the one kind of file that a newsletter without HTML can be."""
    return _PLAIN + b"\n" + encoded(text)


def _brief(was: Brief, *, readers: bool, has_html: bool) -> str:
    # Without its series: it would be compared with the very issue that it corrects.
    keys = {
        "corrects": was.corrects,
        "subject": was.subject,
        "sender": was.sender,
        "reply_to": was.reply_to,
        "newsletter": HTML_FILE if has_html else MESSAGE_FILE,
        "text": TEXT_FILE if has_html else None,
        "audience": READERS_FILE if readers else None,
        "articles": [_article(one) for one in was.articles],
        "feed": was.feed,
    }
    known = {key: value for key, value in keys.items() if value}
    return yaml.safe_dump(known, allow_unicode=True, sort_keys=False, width=1_000)


def _article(article: Article) -> Mapping[str, str]:
    keys = {"link": article.link, "title": article.title, "url": article.url}
    return {key: value for key, value in keys.items() if value}


def righted(articles: tuple[Article, ...], rights: Mapping[str, str]) -> tuple[Article, ...]:
    """What links are meant to open, where the author had declared a wrong address, too.

    Args:
        articles: As the author declared them.
        rights: The right address by each wrong one.
    """
    return tuple(
        replace(
            one,
            link=rights.get(one.link, one.link),
            url=rights.get(one.url, one.url) if one.url else None,
        )
        for one in articles
    )
