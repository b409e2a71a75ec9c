"""What SendGuard cannot send as it stands: other platforms' tags, and one reader's own copy."""

import re
from collections.abc import Iterator

from sendguard.errors import Unreadable
from sendguard.judge.quote import quoted
from sendguard.read import Medium
from sendguard.send.edition import Edition
from sendguard.send.fields import place_in
from sendguard.send.merge import find_fields
from sendguard.values import Place

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
    r"<!--(?!\[if).*?(?:-->|\Z)|<(style|script)\b.*?(?:</\1|\Z)", re.DOTALL | re.IGNORECASE
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
    yield from ((tag, None) for tag, _ in _tags_in(edition.subject))
    for medium, text in ((Medium.HTML, edition.html or ""), (Medium.TEXT, edition.text)):
        place = place_in(edition.campaign, medium)
        yield from ((tag, place(offset)) for tag, offset in _tags_in(_read(text, medium)))


def _read(text: str, medium: Medium) -> str:
    """What is read of it, each letter where it stood."""
    return _UNREAD.sub(lambda one: " " * len(one[0]), text) if medium is Medium.HTML else text


def _tags_in(text: str) -> Iterator[tuple[str, int]]:
    own = {found.start for found in find_fields(text, markup=True)}
    for tag in _TAG.finditer(text):
        if tag.start() not in own:
            yield tag[0], tag.start()
