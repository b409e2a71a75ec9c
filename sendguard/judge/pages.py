"""The rules explained: as one document, and one by one for the terminal."""

import re
import textwrap
from collections.abc import Iterable

from sendguard.judge.rule import Rule
from sendguard.values import Severity

HEADINGS = ("Why it matters", "Caught", "Let through", "Blind spot")
_GROUPS = {
    "SG1": "In the writing, with no network",
    "SG2": "In the answer",
    "SG3": "In the meaning",
    "SG4": "In the whole campaign",
    "SG5": "Fences",
}
_WEIGHT = {
    Severity.BLOCK: "blocks",
    Severity.WARN: "warns",
    Severity.NOTE: "is noted",
}
_INTRODUCTION = """\
# Rules

What SendGuard looks for. Every finding names its rule's code; `sendguard rules SG301` shows
one of these in the terminal. A rule that blocks only warns where something is merely suspected,
or where a picture is concerned. This page is made from the rules themselves.
"""
_HEADING = re.compile(r"^(\w[\w ]+):$", re.MULTILINE)
_MARKUP = re.compile(r"([\\`*_<>#\[\]|])")


def summary(rule: Rule) -> str:
    """The first sentence of a rule's own words."""
    return rule.page.partition("\n\n")[0].replace("\n", " ")


def sections(rule: Rule) -> dict[str, str]:
    """A rule's own words by heading, each as one paragraph."""
    parts = _HEADING.split(rule.page)[1:]
    pairs = zip(parts[::2], parts[1::2], strict=True)
    return {heading: " ".join(words.split()) for heading, words in pairs}


def rule_page(rule: Rule) -> str:
    """One rule as plain text of at most 80 columns."""
    head = f"{rule.code} {rule.name} ({_WEIGHT[rule.severity]})"
    told = {**sections(rule), "What to do": rule.advice}
    blocks = (
        f"{heading}\n{textwrap.fill(words, 80, initial_indent='  ', subsequent_indent='  ')}"
        for heading, words in told.items()
    )
    return "\n\n".join((head, textwrap.fill(summary(rule), 80), *blocks)) + "\n"


def rules_page(rules: Iterable[Rule]) -> str:
    """Every rule as one Markdown document, grouped by the first digit of the codes."""
    ordered = tuple(rules)
    groups = (_group(name, _having(ordered, start)) for start, name in _GROUPS.items())
    return "\n".join((_INTRODUCTION, *(text for text in groups if text)))


def _having(rules: tuple[Rule, ...], start: str) -> tuple[Rule, ...]:
    return tuple(rule for rule in rules if rule.code.startswith(start))


def _group(name: str, rules: tuple[Rule, ...]) -> str:
    if not rules:
        return ""
    rows = (
        f"| [{rule.code}](#{rule.code.lower()}-{rule.name}) | {rule.name} "
        f"| {_WEIGHT[rule.severity]} |"
        for rule in rules
    )
    table = "\n".join(("| Code | Name | What it does |", "| --- | --- | --- |", *rows))
    return "\n".join((f"## {name}\n", f"{table}\n", *(_entry(rule) for rule in rules)))


def _entry(rule: Rule) -> str:
    told = {**sections(rule), "What to do": rule.advice}
    paragraphs = (f"**{heading}.** {_literal(words)}" for heading, words in told.items())
    head = f"### {rule.code} {rule.name}\n\n{_literal(summary(rule))}"
    return "\n\n".join((head, *(textwrap.fill(text, 100) for text in paragraphs))) + "\n"


def _literal(text: str) -> str:
    return _MARKUP.sub(r"\\\1", text)
