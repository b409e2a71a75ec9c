"""The report in Markdown is for people, and foreign text makes no markup in it."""

from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from markdown_it.token import Token

from sendguard.incident import Incident, Note, Righted, Told, incident_as_markdown
from sendguard.incident.markdown import as_code, as_quotation, escaped
from tests.incident.incidents import (
    HOSTILE,
    RIGHT,
    WRONG,
    a_new_incident,
    a_note,
    after,
    an_incident,
)

READER = MarkdownIt("commonmark").enable("table")
HEADINGS = [
    *("The clock", "What was wrong, and what is right", "Who got it", "What readers were told"),
    *("What it cost", "Why it happened", "One-off or systemic", "Who was told"),
    *("What will keep it from happening again", "Done against advice"),
]
foreign = st.text(st.characters(codec="utf-8") | st.sampled_from("`|<>*_[]()#\\\n&-+1.~ "))


def report(incident: Incident) -> str:
    return incident_as_markdown(incident, after(120))


def tokens(markdown: str) -> Iterator[Token]:
    for block in READER.parse(markdown):
        yield block
        yield from block.children or ()


def kinds(markdown: str) -> set[str]:
    return {token.type for token in tokens(markdown)}


def shown(markdown: str) -> str:
    """What a reader sees, without any markup."""
    told = (one.content for one in tokens(markdown) if one.type in {"text", "code_inline"})
    return "".join(told)


def headings(markdown: str) -> list[str]:
    blocks = READER.parse(markdown)
    return [shown(text.content) for head, text in pairwise(blocks) if head.type == "heading_open"]


def an_incident_of(text: str) -> Incident:
    """With that text wherever foreign text may stand."""
    note = Note(text=text, at=after(1), by=text)
    told = Told(who=text, at=after(1), how=text, by=text)
    known = replace(an_incident(text, label=text), campaign=text, corrections=(text,))
    righted = known.repaired(after(1), Righted(label=text, wrong=text, right=text))
    return (
        righted.triaged(text, text)
        .with_consequence(note)
        .with_why(note)
        .with_prevention(note)
        .forced_by(note)
        .with_told(told)
    )


def test_the_report_tells_it_in_two_sentences() -> None:
    told = shown(report(an_incident()))

    assert (
        "“How to recover” (navigator-42) went out with a wrong link, to 97 readers of 100. "
        "6 min after it was found, a correction began to go out; "
        "96 of 96 readers got it, 1 of them perhaps." in told
    )


def test_the_report_has_a_section_for_everything() -> None:
    assert headings(report(an_incident())) == ["Incident: How to recover", *HEADINGS]


def test_the_clock_is_a_table() -> None:
    lines = report(an_incident()).splitlines()

    row = "| Stopped | 2026-11-24 12:02 UTC | 2 min later | within 15 min: yes |"
    assert row in lines
    assert "Within the hour: yes." in lines


def test_a_link_is_shown_and_cannot_be_followed() -> None:
    told = report(an_incident())

    assert f"- “Read article”: opened `{WRONG}`, and should open `{RIGHT}`" in told
    assert "link_open" not in kinds(told)


def test_readers_are_numbers() -> None:
    told = report(an_incident())

    assert "96 of 96 readers (100 %) got the correction." in told
    assert "| In doubt (perhaps taken) | 1 |" in told
    assert "@" not in told


def test_what_readers_were_told_is_quoted() -> None:
    assert "> I am sorry.\n>\n> The right link is below." in report(an_incident())


def test_whys_are_numbered() -> None:
    assert "\n2. The draft is a copy of the last issue (2026-11-24 13:30 UTC, Ada)" in report(
        an_incident()
    )


def test_what_nobody_wrote_down_has_its_place() -> None:
    told = report(a_new_incident())

    assert headings(told) == ["Incident: navigator-42", *HEADINGS[:-1]]
    assert told.count("Nobody has written that down yet.") == 6
    assert "A correction was not sent yet." in told


def test_hostile_text_makes_no_markup() -> None:
    told = report(an_incident_of(HOSTILE))

    assert kinds(told) == kinds(report(an_incident()))
    assert len(headings(told)) == 1 + len(HEADINGS)
    assert "<script>alert(1)</script>" in shown(told)


@given(foreign)
def test_no_text_makes_markup(text: str) -> None:
    told = report(an_incident_of(text))

    assert kinds(told) <= kinds(report(an_incident()))
    assert len(headings(told)) == 1 + len(HEADINGS)


@given(foreign)
def test_foreign_text_is_seen_as_it_is(text: str) -> None:
    plain = " ".join("".join(one for one in text if one.isprintable() or one == "\n").split())

    assert shown(escaped(plain, 1_000)) == plain[:1_000]


@given(foreign)
def test_code_stays_code(text: str) -> None:
    assert kinds(f"See {as_code(text)}.") <= {
        *("paragraph_open", "paragraph_close", "inline"),
        *("text", "code_inline"),
    }


@pytest.mark.parametrize("text", ["1. a", "- a", "+ a", "= a", "1) a", ": a", "---", "==="])
def test_text_that_begins_a_line_begins_no_block(text: str) -> None:
    assert kinds(f"Before\n{escaped(text)}") == {
        *("paragraph_open", "paragraph_close", "inline", "text", "softbreak")
    }


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("https://a.example/b", r"https\://a.example/b"),
        ("HTTP://a.example", r"HTTP\://a.example"),
        ("www.a.example", r"www\.a.example"),
    ],
)
def test_an_address_in_text_is_not_made_a_link(text: str, written: str) -> None:
    assert escaped(text) == written


def test_a_quotation_is_bounded() -> None:
    assert len(as_quotation("a\n" * 100_000).splitlines()) == 100


def test_sentences_of_a_person_stay_whole() -> None:
    told = report(a_new_incident().with_consequence(a_note("a" * 2_000, by=None)))

    assert "a" * 2_000 in told
