"""SG307, wrong-number."""

import re
from collections.abc import Iterator
from urllib.parse import unquote

from sendguard.intent import HEADLINE_LIKE
from sendguard.judge.answer import opened
from sendguard.judge.likeness import share
from sendguard.judge.numbering import contradiction, holds_number
from sendguard.judge.quote import called, plain, quoted, shown
from sendguard.judge.rule import LinkCase, Said, link_rule, suspected
from sendguard.judge.titles import is_number, numbers, words
from sendguard.links import Role
from sendguard.values import Severity, Url
from sendguard.visit import Answered, Page

_NAMES_WORKS = frozenset({Role.ARTICLE, Role.BUTTON, Role.IMAGE})
_VERSION = re.compile(r"(?<![\d.])\d+(?:\.\d+){1,3}(?![\d.])")
_SAME_THING = 0.6


@link_rule(
    "SG307",
    severity=Severity.BLOCK,
    advice="Look which of the two numbers is meant, and write the same in the label and the link.",
)
def wrong_number(case: LinkCase) -> Iterator[Said]:
    """The link names one issue, part or version, and opens another.

    Why it matters:
        The link was copied from the last time and only its words moved on. The page is of
        the right kind and looks right; it is last month's.

    Caught:
        “Newsletter #85” that opens “Newsletter #185”; “part 2” that opens part 3. As a
        suspicion: a bare “#85”, a number behind another word, and an address with another
        version or number than the label (“Oak 5.4.0” on /releases/v5.3.0).

    Let through:
        Numbers of different things: “Oak 0.10” on “Harbour News #292”; an address or a
        title that holds the label's number, too.

    Blind spot:
        Numbers written out as words; a title without any number.
    """
    label = case.link.label
    if case.link.role not in _NAMES_WORKS or not numbers(label) or _is_for_wrong_article(case):
        return
    match case.visit.outcome:
        case Answered(page=Page(best_title=str(title)), landed=landed) as answer if opened(answer):
            yield from _by_title(case, title, landed.url)
        case _:
            yield from _by_address(case)


def _is_for_wrong_article(case: LinkCase) -> bool:
    headline = case.intent is not None and case.intent.sureness >= HEADLINE_LIKE
    return headline and case.match is not None and case.match.sureness < 0.5


def _by_title(case: LinkCase, title: str, end: Url) -> Iterator[Said]:
    label = case.link.label
    if set(numbers(label)) & set(numbers(title)):
        return
    differ = contradiction(label, title)
    if differ is None or _holds_number(end, label):
        if case.link.url:
            yield from _by_address(case)
        return
    says = f"{called(case.link)} opens {quoted(title)} ({shown(end)}): {differ[1]}, not {differ[0]}"
    named = tuple(word for word in words(label) if not is_number(word) and len(word) > 2)
    same = bool(named) and share(named, words(title)) >= _SAME_THING
    yield says if same else suspected(says)


def _by_address(case: LinkCase) -> Iterator[Said]:
    url, label = case.link.url, case.link.label
    if url is None or _holds_number(url, label):
        return
    told, written = set(_VERSION.findall(label)), set(_VERSION.findall(unquote(url.path)))
    spelt = " ".join(re.split(r"[^\w.]+", unquote(url.path)))
    if told and len(written) == 1 and _same_form(told, written):
        other = next(iter(written))
        yield suspected(f"{called(case.link)} has {plain(other)} in its address: {shown(url)}")
    elif differ := contradiction(label, spelt):
        yield suspected(f"{called(case.link)} has {plain(differ[1])} in its address: {shown(url)}")


def _same_form(told: set[str], written: set[str]) -> bool:
    """Are they numbers of as many parts? “24.04” is no version of “3.12.1”."""
    return {one.count(".") for one in told} == {other.count(".") for other in written}


def _holds_number(url: Url, label: str) -> bool:
    return holds_number(unquote(f"{url.path}?{url.query}#{url.fragment}"), label)
