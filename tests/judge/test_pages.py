"""The pages that explain the rules."""

from pathlib import Path

import pytest

import sendguard
from sendguard.judge.pages import rule_page, rules_page
from sendguard.judge.rule import Rule
from sendguard.judge.rules import ALL

DOCUMENT = Path(sendguard.__file__).parents[1] / "docs/rules.md"

each_rule = pytest.mark.parametrize("rule", [pytest.param(rule, id=rule.code) for rule in ALL])


def test_docs_are_what_the_rules_say_today() -> None:
    assert DOCUMENT.read_text("utf-8") == rules_page(ALL)


def test_document_shows_every_rule_once() -> None:
    headings = [line for line in rules_page(ALL).splitlines() if line.startswith("### ")]

    assert headings == [f"### {rule.code} {rule.name}" for rule in ALL]


@each_rule
def test_page_of_a_rule_fits_a_terminal(rule: Rule) -> None:
    assert max(len(line) for line in rule_page(rule).splitlines()) <= 80


@each_rule
def test_page_of_a_rule_says_what_to_do(rule: Rule) -> None:
    page = " ".join(rule_page(rule).split())

    assert page.startswith(f"{rule.code} {rule.name} ")
    assert page.endswith(f"What to do {rule.advice}")
