"""What the links of one newsletter say about each other, worked out once before the rules."""

from collections.abc import Sequence
from dataclasses import replace

from sendguard.intent import HEADLINE_LIKE
from sendguard.judge.match import headlines
from sendguard.judge.rule import LinkCase
from sendguard.judge.titles import words
from sendguard.visit import Answered

ENOUGH = 3
"""Other links, to say whether a newsletter's words are the titles of what they open."""

_MOSTLY = 0.75
_FITS = 0.6
_TELLING = 2  # words; a single one ("Interview") is the headline of many


def with_evidence(cases: Sequence[LinkCase]) -> tuple[LinkCase, ...]:
    """The cases with what the other links of the newsletter say about each."""
    kept = {case.link.href: _keeps(case) for case in cases if _is_comparable(case)}
    told = _told_by_words(cases)
    return tuple(
        replace(case, keeps_titles=_style(case, kept), fits=_fits(case, told)) for case in cases
    )


def _is_comparable(case: LinkCase) -> bool:
    return (
        case.intent is not None
        and case.intent.sureness >= HEADLINE_LIKE
        and case.match is not None
        and case.match.best_title is not None
    )


def _keeps(case: LinkCase) -> bool:
    return case.match is not None and case.match.sureness >= _FITS


def _style(case: LinkCase, kept: dict[str, bool]) -> bool | None:
    """Do the other addresses of the newsletter open what their links' words say?"""
    others, fitting = len(kept), sum(kept.values())
    if case.link.href in kept:
        others, fitting = others - 1, fitting - kept[case.link.href]
    return fitting >= _MOSTLY * others if others >= ENOUGH else None


def _told_by_words(cases: Sequence[LinkCase]) -> dict[tuple[str, ...], str]:
    """The id of the first link that is meant to open what is called so."""
    told: dict[tuple[str, ...], str] = {}
    for case in cases:
        if case.intent and case.intent.title and case.intent.sureness >= HEADLINE_LIKE:
            told.setdefault(words(case.intent.title), case.link.id)
    return told


def _fits(case: LinkCase, told: dict[tuple[str, ...], str]) -> str | None:
    outcome, intent = case.visit.outcome, case.intent
    if not isinstance(outcome, Answered) or intent is None or _keeps(case):
        return None
    own = words(intent.title or "")
    titles = (one for one in headlines(outcome) if len(one) >= _TELLING and one != own)
    return next((told[title] for title in titles if title in told), None)
