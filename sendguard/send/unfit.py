"""What SendGuard cannot send as it stands: other platforms' tags, and one reader's own copy."""

import re
from collections.abc import Callable, Iterator
from typing import TypeAlias

from sendguard.errors import Unreadable
from sendguard.judge.quote import quoted
from sendguard.read import Medium
from sendguard.send.edition import Edition
from sendguard.send.fields import place_in
from sendguard.send.merge import find_fields, mask
from sendguard.values import Place

_SHOWN = 60

Find: TypeAlias = Callable[[str], Iterator[tuple[str, int]]]
"""Finds pieces of a text, each with its offset."""

# Only what nobody writes for readers to see; every part is bounded.
_TAG = re.compile(
    r"""\*\|[^|*<>\n]{1,100}\|\*
    | \{\{[^{}\n]{1,300}\}\} | \{\{\{[^{}\n]{1,300}\}\}\} | \{%[^%{}]{1,300}%\}
    | \{\{[^{}\n]{0,99}\$\{[^{}\n]{1,99}\}[^{}\n]{0,99}\}\}
    | <%[^%<>]{1,300}%> | %%[A-Za-z_][\w.:=() -]{0,80}%%
    | \[\[(?:data|var):[^\[\]\n]{1,100}\]\]""",
    re.VERBOSE,
)
# Outlook reads conditional comments; nobody reads the others.
_UNREAD = re.compile(
    r"<!--(?!\[if)(?:>|->|.*?(?:--!?>|\Z))|<(style|script)\b.*?(?:</\1|\Z)",
    re.DOTALL | re.IGNORECASE,
)


def refuse_unfit(edition: Edition) -> None:
    """See to it that an edition may go to all of its readers.

    Raises:
        Unreadable: It was made for one of them, or holds what only another platform fills in.
    """
    refuse_own_copy(edition)
    for tag, place in _foreign_tags(edition):
        raise Unreadable(
            f"{quoted(tag)} is filled in by another platform, and would go out as it stands: "
            'write a field as {{ name }} or {{ name | default: "reader" }}',
            place,
        )
    for rest, place in _broken_fields(edition):
        raise Unreadable(
            f"{quoted(rest, 40)} begins like a field and is none, and would go out as it stands: "
            'write {{ name }} or {{ name | default: "reader" }}, and nothing else between braces',
            place,
        )


def refuse_own_copy(edition: Edition) -> None:
    """See to it that an edition is not what one reader got.

    Raises:
        Unreadable: It is, and its way to unsubscribe is that reader's own.
    """
    if edition.campaign.was_sent:
        raise Unreadable(
            "this message went out before, to one reader, and its links are that reader's own: "
            "take the newsletter as it was before it was sent"
        )


def _foreign_tags(edition: Edition) -> Iterator[tuple[str, Place | None]]:
    yield from _with_places(edition, _tags_in)


def _broken_fields(edition: Edition) -> Iterator[tuple[str, Place | None]]:
    yield from _with_places(edition, _braces_in)


def _with_places(edition: Edition, find: Find) -> Iterator[tuple[str, Place | None]]:
    """What is found in all that readers get, headers first."""
    lines = (edition.subject, edition.sender, edition.reply_to, edition.unsubscribe)
    for line in filter(None, lines):
        yield from ((found, None) for found, _ in find(line))
    for medium, text in ((Medium.HTML, edition.html or ""), (Medium.TEXT, edition.text)):
        place = place_in(edition.campaign, medium)
        yield from ((found, place(offset)) for found, offset in find(_read(text, medium)))


def _read(text: str, medium: Medium) -> str:
    """What is read of it, each letter where it stood."""
    return _UNREAD.sub(lambda one: " " * len(one[0]), text) if medium is Medium.HTML else text


def _tags_in(text: str) -> Iterator[tuple[str, int]]:
    own = {found.start for found in find_fields(text, markup=True)}
    for tag in _TAG.finditer(text):
        if tag.start() not in own:
            yield tag[0], tag.start()


def _braces_in(text: str) -> Iterator[tuple[str, int]]:
    """Two braces that begin no field of ours, with what follows them."""
    rest = mask(text, find_fields(text, markup=True))
    at = rest.find("{{")
    if at >= 0:
        yield re.split("[<>\n]", text[at : at + _SHOWN], maxsplit=1)[0], at
