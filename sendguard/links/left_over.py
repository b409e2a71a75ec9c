"""Links that were written in the notation of another program, and went out as text."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TypeAlias

from sendguard.links.markup import collapse
from sendguard.links.merge_tags import tags_in
from sendguard.links.paragraphs import LINK_BEGINS, LINK_ENDS, Paragraph

LONGEST_LABEL = 120


@dataclass(frozen=True, slots=True, kw_only=True)
class LeftOver:
    """Markup that readers see.

    Attributes:
        label: The words that were to be the link.
        written: What readers see.
        start: Where it begins in the paragraph.
        sure: Nothing but a link can have been meant.
    """

    label: str
    written: str
    start: int
    sure: bool


Doubt: TypeAlias = Callable[[re.Match[str], Paragraph], bool]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Notation:
    """One way of writing a link.

    Attributes:
        form: With a group `label` unless the words stand in front of it.
        sure: Prose never looks so.
        excused: Cases that look so and are something else.
    """

    form: re.Pattern[str]
    sure: bool
    excused: Doubt = lambda _found, _paragraph: False


_ADDRESS = r"\x02?(?:https?:|mailto:|www\.)[^\s()<>\[\]|\x02\x03]{1,2000}+\x03?"
_TARGET = (
    rf"{_ADDRESS}|/[\w-][\w/#.?=&-]{{1,300}}+\)|\#[\w-]{{1,100}}+\)|\{{\{{[^{{}}\n]{{1,200}}\}}\}}"
    r"|\*\|[^|*\n]{1,80}\|\*|(?:X{2,}|TODO|TBD|[Uu][Rr][Ll]|[Ll]ink)\)"
)
_LABEL = r"(?P<label>[^\[\]\n]{1,300})"
_SPEECH_OPENS, _SPEECH_CLOSES = "“„«", "”»"
_SAID_OF_QUOTES = frozenset(
    """applause citation clip correction edit editor's email ironically laughs laughter link
    emphasis audio optional paid paywall pdf podcast protected redacted sic sponsored
    translated video subscription""".split()
)


def left_overs(paragraph: Paragraph) -> Iterator[LeftOver]:
    """Every link that is left as text, surest first; none overlaps another."""
    taken: list[tuple[int, int]] = []
    for notation in _NOTATIONS:
        for found in notation.form.finditer(paragraph.text):
            start, end = found.span()
            if any(start < last and first < end for first, last in taken):
                continue
            if notation.excused(found, paragraph):
                continue
            taken.append((start, end))
            yield _left_over(found, paragraph, sure=notation.sure)


def _left_over(found: re.Match[str], paragraph: Paragraph, *, sure: bool) -> LeftOver:
    told = found.groupdict().get("label")
    front = paragraph.text[: found.start()]
    label = _seen(told) if told else _words_in_front(front)
    # Programs that make links of bare addresses leave this one to be clicked after all.
    clicked = LINK_BEGINS in found.group()
    written = found.group() if told else f"{label}{found.group()}"
    return LeftOver(
        label=label[:LONGEST_LABEL],
        written=_seen(written),
        start=found.start(),
        sure=sure and not clicked,
    )


def _words_in_front(front: str) -> str:
    """The last words before a bracket that lost its partner."""
    words = re.split(r"[\[\]()\n.;:!?\x02\x03]", front[-LONGEST_LABEL:].rstrip(")]> "))
    return collapse(words[-1])


def _seen(text: str) -> str:
    return collapse(text.replace(LINK_BEGINS, "").replace(LINK_ENDS, ""))


def _is_number(found: re.Match[str], _paragraph: Paragraph) -> bool:
    """A footnote: [1], [a]."""
    return sum(map(str.isalpha, found["label"])) < 2


def _is_no_reference(found: re.Match[str], paragraph: Paragraph) -> bool:
    """Tags of a title, such as [SPARK-12][SQL], and what stands behind a name in code."""
    front = paragraph.text[: found.start()].rstrip(" \t")
    opens = not front or front[-1:] == "\n"
    behind_name = paragraph.text[: found.start()][-1:].isalnum()
    capitals = found["ref"].isupper()
    return opens or behind_name or capitals or _is_number(found, paragraph)


def _is_an_aside(found: re.Match[str], paragraph: Paragraph) -> bool:
    """Words in brackets that an editor put into somebody's speech, or a merge tag."""
    front = paragraph.text[: found.start()]
    says = _SPEECH_OPENS + _SPEECH_CLOSES
    last = next((letter for letter in reversed(front) if letter in says), "”")
    in_speech = last in _SPEECH_OPENS or front.count('"') % 2 == 1
    words = found["label"].lower().split()
    known = _SAID_OF_QUOTES.intersection(words) or tags_in(found.group())
    return paragraph.quoted or in_speech or bool(known) or LINK_BEGINS in found.group()


def _is_told_of(found: re.Match[str], _paragraph: Paragraph) -> bool:
    """An element of HTML that the text talks about: it has no address of a page."""
    return not re.search(r"href\s*=\s*[\"'“”]?(?:https?:|www\.|mailto:|/\w)", found.group())


def _notation(pattern: str, *, sure: bool = True, excused: Doubt | None = None) -> _Notation:
    form = re.compile(pattern)
    return _Notation(form=form, sure=sure, **({"excused": excused} if excused else {}))


_NOTATIONS = (
    # Markdown, whole; then with a bracket missing, and the wrong way round.
    _notation(rf"!?\[{_LABEL}\]\((?:{_TARGET})\)?"),
    _notation(rf"\]\((?:{_ADDRESS})\)?"),
    _notation(rf"\((?P<label>[^()\[\]\n]{{1,200}})\)\[(?:{_ADDRESS})[\])]"),
    _notation(rf"\]\s\((?:{_ADDRESS})\)?", sure=False),
    _notation(rf"\[(?P<label>[^\[\]()\n]{{1,200}}(?<!\s))\((?:{_ADDRESS})\)(?!\])", sure=False),
    _notation(rf"\[{_LABEL}[\])]\[?(?:{_ADDRESS})[\])]?", sure=False, excused=_is_number),
    _notation(rf"\[\[(?:{_ADDRESS})\]\[{_LABEL}\]\]"),  # Org
    _notation(rf"\[{_LABEL}\|(?:{_ADDRESS})\]"),  # Jira
    _notation(rf"\[(?:{_ADDRESS})[ ]{_LABEL}\]", sure=False),  # MediaWiki
    _notation(rf"(?:{_ADDRESS})\[{_LABEL}\]", sure=False, excused=_is_number),  # AsciiDoc
    _notation(rf"\[(?:{_ADDRESS})\]", sure=False),
    _notation(r"\[\[[^\[\]|\n]{1,100}\|(?P<label>[^\[\]\n]{1,100})\]\]", sure=False),  # wikis
    _notation(rf"\[url(?:=[^\[\]\s]{{1,500}})?\]{_LABEL}\[/url\]"),  # forums
    _notation(rf"[\"“](?P<label>[^\"“”\n]{{2,200}})[\"”]:(?:{_ADDRESS})"),  # Textile
    _notation(rf"<(?:{_ADDRESS})\|(?P<label>[^<>|\n]{{1,200}})>"),  # Slack
    _notation(rf"`(?P<label>[^`<>\n]{{1,200}})<(?:{_ADDRESS})>`_?"),  # reStructuredText
    _notation(
        r"<a\s[^<>]{0,1000}?\bhref\b[^<>]{0,2000}+(?:>(?P<label>[^<>\n]{1,200}))?(?:</a\s*>)?",
        excused=_is_told_of,
    ),
    _notation(
        r"\[(?P<label>[^\[\]\n]{2,200})\]\[(?P<ref>[^\[\]\n\x02\x03]{0,60})\]",
        sure=False,
        excused=_is_no_reference,
    ),
    _notation(
        r"(?<=[a-z,]\s)\[(?P<label>[a-z][\w’'.@/ -]{2,80})\](?=[.,;:]?(?:\s[A-Za-z]|\s*$))",
        sure=False,
        excused=_is_an_aside,
    ),
)
