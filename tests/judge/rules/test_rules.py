"""What every rule promises, and what each says to the cases told in YAML."""

import re
from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import sendguard.judge.rules
from sendguard.judge.finding import Finding
from sendguard.judge.pages import HEADINGS
from sendguard.judge.rule import Rule, judge
from sendguard.judge.rules import ALL
from sendguard.links import Role
from sendguard.values import Severity
from tests.builders import a_case, a_link, a_newsletter_case, an_answer
from tests.judge.rules.told import SIDES, WORDS, Case, newsletter_of, told_cases

CASES = told_cases()
RULES = {rule.code: rule for rule in ALL}
FILES = Path(sendguard.judge.rules.__file__).parent.glob("*/*.py")
GROUPS = {"1": "writing", "2": "answer", "3": "meaning", "4": "campaign"}


def told_severity(case: Case) -> Severity:
    return Severity(case.told.get("severity", RULES[case.rule].severity))


def told_places(case: Case, findings: Sequence[Finding]) -> list[str]:
    """Where findings are to stand; where they do, if the case does not tell."""
    return [case.told["place"]] if "place" in case.told else [str(one.place) for one in findings]


each_case = pytest.mark.parametrize("case", [pytest.param(case, id=case.name) for case in CASES])
each_rule = pytest.mark.parametrize("rule", [pytest.param(rule, id=rule.code) for rule in ALL])


@each_case
def test_rule_says_what_its_cases_say(case: Case) -> None:
    findings = judge(newsletter_of(case), [RULES[case.rule]])

    assert [finding.says for finding in findings] == case.says
    assert {finding.severity for finding in findings} <= {told_severity(case)}
    assert [str(finding.place) for finding in findings] == told_places(case, findings)


def test_cases_are_told_in_known_words() -> None:
    unknown = {case.name: set(case.told) - WORDS for case in CASES}

    assert {name: words for name, words in unknown.items() if words} == {}


def test_cases_speak_only_on_the_side_of_the_caught() -> None:
    assert [case.name for case in CASES if bool(case.says) != (case.side == "caught")] == []


@each_rule
def test_rule_page_is_complete(rule: Rule) -> None:
    headings = re.findall(r"^(\w[\w ]+):$", rule.page, flags=re.MULTILINE)

    assert tuple(headings) == HEADINGS


@each_rule
def test_rule_has_cases_on_both_sides(rule: Rule) -> None:
    sides = [case.side for case in CASES if case.rule == rule.code]

    assert set(sides) == set(SIDES)
    assert len(sides) >= 6


@each_rule
def test_advice_is_short_and_ends_in_a_full_stop(rule: Rule) -> None:
    assert re.fullmatch(r"[A-Z].*[^.]\.", rule.advice)
    assert len(rule.advice) <= 100


def test_register_holds_every_rule_file() -> None:
    files = {(file.parent.name, file.stem) for file in FILES if file.stem != "__init__"}

    assert files == {(GROUPS[rule.code[2]], rule.name.replace("-", "_")) for rule in ALL}


def test_register_is_in_order_of_code() -> None:
    codes = [rule.code for rule in ALL]

    assert codes == sorted(set(codes))


def test_no_two_rules_share_a_name() -> None:
    names = [rule.name for rule in ALL]

    assert len(names) == len(set(names))


ODD = st.text(max_size=60) | st.lists(
    st.sampled_from(
        [
            *("https://", "http:", "//", "www.", "example.org", "127.0.0.1", "[::1]", ":80", ":x"),
            *("{{", "}}", "*|", "|*", "%7B", "%", "#", "?", "@", "mailto:", "tel:", "(", ")", "…"),
            *("TODO", "xxx", " ", "\u202e", "\u200b", "\ud800", "&gt;", "..", "javascript:"),
        ]
    ),
    max_size=8,
).map("".join)


@given(href=ODD, label=ODD, role=st.sampled_from(Role))
def test_no_rule_stumbles_over_odd_links(href: str, label: str, role: Role) -> None:
    link = a_link(href, label, role=role)
    case = a_newsletter_case(a_case(link, an_answer("https://example.org/", 200)))

    findings = judge(case, ALL)

    assert all("\n" not in finding.says for finding in findings)
    assert all("\u202e" not in finding.says for finding in findings)
