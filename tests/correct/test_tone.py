"""What every rule of tone promises, and what each says to the cases told in YAML."""

import re
import time
from dataclasses import dataclass
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import sendguard.correct.tone.rules
from sendguard.correct.apologise import apologise
from sendguard.correct.apology import Additions
from sendguard.correct.tone import ALL, Tone, ToneRule, hear
from sendguard.correct.tone.rule import Speech
from sendguard.correct.wording import choose_wording, languages
from sendguard.judge.pages import HEADINGS
from tests.cases import told_in
from tests.correct.wrong import a_wrong_link, an_apology

HERE = Path(__file__).parent / "tone"
RULES = {rule.name: rule for rule in ALL}
SIDES = ("caught", "let through")
ALL_ADDED = Additions(
    reply_to="editor@example.org",
    reason="I copied the button of the last issue.",
    make_good="Read the next issue free with the code TREES.",
    prevention="From now on I open every link before we send.",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    rule: str
    side: str
    text: str
    links: int = 1
    times: int = 1
    says: str | None = None

    @property
    def speech(self) -> Speech:
        own = " ".join([self.text] * self.times)
        sentences = tuple(re.split(r"(?<=[.!?]) ", own))
        return Speech(sentences=sentences, words=len(own.split()), links=self.links)


def told_cases() -> list[Case]:
    cases = []
    for file in sorted(HERE.glob("*.yaml")):
        told = told_in(file)
        if file.stem != "good":
            assert told.keys() == {"rule", *SIDES}
            assert told["rule"] == file.stem
            cases += [
                Case(rule=file.stem, side=side, **one) for side in SIDES for one in told[side]
            ]
    return cases


CASES = told_cases()
GOOD = told_in(HERE / "good.yaml")
each_case = pytest.mark.parametrize(
    "case", [pytest.param(case, id=f"{case.rule}: {case.text}") for case in CASES]
)
each_rule = pytest.mark.parametrize("rule", [pytest.param(rule, id=rule.name) for rule in ALL])


@each_case
def test_rule_says_what_its_cases_say(case: Case) -> None:
    says = list(RULES[case.rule].check(case.speech))

    assert says == ([case.says] if case.says else [])
    assert bool(case.says) == (case.side == "caught")


@each_rule
def test_rule_page_is_complete(rule: ToneRule) -> None:
    headings = re.findall(r"^(\w[\w ]+):$", rule.page, flags=re.MULTILINE)

    assert tuple(headings) == HEADINGS


@each_rule
def test_rule_has_cases_on_both_sides(rule: ToneRule) -> None:
    assert {case.side for case in CASES if case.rule == rule.name} == set(SIDES)


def test_register_holds_every_rule_file() -> None:
    files = Path(sendguard.correct.tone.rules.__file__).parent.glob("*.py")

    assert {file.stem.replace("_", "-") for file in files} - {"--init--"} == set(RULES)


@pytest.mark.parametrize("text", GOOD)
def test_nothing_is_said_against_a_good_apology(text: str) -> None:
    sentences = tuple(re.split(r"(?<=[.!?]) ", text))
    speech = Speech(sentences=sentences, words=len(text.split()), links=1)

    assert [says for rule in ALL for says in rule.check(speech)] == []


@pytest.mark.parametrize("language", sorted(languages()))
@pytest.mark.parametrize("several", [1, 2, 30])
@pytest.mark.parametrize("opened", ["Five ships", None])
@pytest.mark.parametrize("added", [Additions(), ALL_ADDED])
def test_our_own_words_pass(
    language: str, several: int, opened: str | None, added: Additions
) -> None:
    wrong = (a_wrong_link(opened=opened),) * several

    assert hear(an_apology(*wrong, language=language, additions=added)).objections == ()


def test_names_of_pages_are_not_held_against_the_sender() -> None:
    blaming = "How a technical glitch by our intern ruined us: sorry, sorry, mistakes were made"

    tone = hear(an_apology(a_wrong_link(headline=blaming, opened=blaming, title=blaming)))

    assert tone == Tone(())


def test_what_the_editor_adds_is_heard_too() -> None:
    added = Additions(reason="Our provider swapped the links.", make_good="We are so very sorry.")

    objections = hear(an_apology(additions=added)).objections

    assert [one.rule for one in objections] == [
        "blames-others",
        "sorry-too-often",
        "sorry-too-often",
    ]
    assert objections[0].advice.startswith("Write what you did yourself")


def test_typographic_apostrophes_hide_nothing() -> None:
    added = Additions(reason="We’re only human.")

    assert [one.rule for one in hear(an_apology(additions=added)).objections] == ["makes-excuses"]


def test_another_language_is_only_measured_and_that_is_said() -> None:
    added = Additions(reason="Our provider swapped the links.", prevention="Sehr " * 80)

    tone = hear(an_apology(language="de", additions=added))

    assert [one.rule for one in tone.objections] == ["too-long"]
    assert tone.unread
    assert "another language than English (de)" in tone.unread


def test_words_of_ones_own_without_sorry_are_objected_to() -> None:
    wording = choose_wording("en", own={"en.yaml": b"sorry: []"})

    objections = hear(apologise([a_wrong_link()], wording)).objections

    assert [one.rule for one in objections] == ["not-sorry"]


@given(st.lists(st.sampled_from("we our the a provider was sorry if any it . due to made".split())))
def test_no_words_make_it_stumble(words: list[str]) -> None:
    tone = hear(an_apology(additions=Additions(reason=" ".join(words))))

    assert all("\n" not in one.says for one in tone.objections)


@pytest.mark.parametrize("word", ["our new ", "was also ", "very ", "if a ", "an ", "we were so "])
def test_long_words_of_ones_own_take_no_time(word: str) -> None:
    wording = choose_wording("en", own={"en.yaml": f'sorry: "{word * 10_000}"'.encode()})
    began = time.monotonic()

    hear(apologise([a_wrong_link()], wording))

    assert time.monotonic() - began < 2
