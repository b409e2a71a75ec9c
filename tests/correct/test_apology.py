"""What an apology says, and in which order."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sendguard.correct.apologise import apologise
from sendguard.correct.apology import Additions, Apology, LinkTo
from sendguard.correct.wording import choose_wording, languages
from sendguard.values import Url
from tests.correct.wrong import RIGHT, a_wrong_link, an_apology

ALL_ADDED = Additions(
    reply_to="The Editor <editor@example.org>",
    reason="I copied the button of the last issue",
    make_good="Read the next issue free with the code TREES.",
    prevention="From now on I open every link before we send.",
)

each_language = pytest.mark.parametrize("language", sorted(languages()))


def text_of(apology: Apology) -> list[str]:
    return [paragraph.text for paragraph in apology.paragraphs]


def test_it_says_what_was_wrong_what_is_right_and_sorry_once() -> None:
    apology = an_apology()

    assert text_of(apology) == [
        (
            "We made a mistake: when we first sent you this newsletter, “The tree of all trees” "
            "opened “Five ships”. The right link is The tree of all trees. The copy below has it "
            "too; you need do nothing else."
        ),
        "We are sorry. Did it cost you more than a click? Reply and tell us.",
    ]


def test_it_promises_nothing_of_a_copy_that_may_have_a_wrong_link_still() -> None:
    apology = apologise((a_wrong_link(),), choose_wording("en"), is_whole=False)

    assert "The copy below" not in " ".join(text_of(apology))


def test_the_right_link_can_be_followed() -> None:
    apology = an_apology(a_wrong_link(title="Trees of the world"))

    assert apology.links == (LinkTo("Trees of the world", RIGHT),)


def test_the_editors_own_words_stand_behind_what_readers_need() -> None:
    apology = an_apology(additions=ALL_ADDED)

    assert text_of(apology)[1:] == [
        (
            "I copied the button of the last issue. From now on I open every link before we send. "
            "Read the next issue free with the code TREES."
        ),
        (
            "We are sorry. Did it cost you more than a click? Reply, or write to "
            "editor@example.org, and tell us."
        ),
    ]


def test_an_address_in_the_editors_words_becomes_a_link() -> None:
    apology = an_apology(additions=Additions(make_good="Yours free: https://example.org/book."))

    assert apology.links[1:] == (
        LinkTo("https://example.org/book", Url("https://example.org/book")),
    )
    assert "https://example.org/book." in text_of(apology)[1]


def test_several_wrong_links_make_a_list() -> None:
    apology = an_apology(a_wrong_link(title="Trees"), a_wrong_link("Ships", title="Ships?"))

    assert "2 links in it were wrong" in text_of(apology)[0]
    assert [one.text for one in apology.paragraphs if one.listed] == ["Trees", "Ships?"]
    assert apology.preheader == "2 links were wrong; here are the right ones."


def test_what_nobody_knows_is_not_made_up() -> None:
    apology = an_apology(a_wrong_link(opened=None))

    assert "“The tree of all trees” opened the wrong page." in text_of(apology)[0]


def test_two_pages_of_one_title_are_not_told_apart_by_it() -> None:
    apology = an_apology(a_wrong_link(opened="Trees", title="Trees"))

    assert "opened the wrong page." in text_of(apology)[0]


@pytest.mark.parametrize(
    ("reason", "told"),
    [
        ("I copied it", "I copied it."),
        ("I copied it!", "I copied it!"),
        ("I read “Trees.”", "I read “Trees.”"),
        ("Use the code {{ code }}", "Use the code {{ code }}."),
        ("It is at https://example.org/a", "It is at https://example.org/a."),
    ],
)
def test_what_the_editor_adds_ends_as_a_sentence(reason: str, told: str) -> None:
    apology = an_apology(additions=Additions(reason=reason))

    assert text_of(apology)[1] == told


def test_a_link_that_opened_nothing_is_said_to_have() -> None:
    assert "led to no page." in text_of(an_apology(a_wrong_link(dead=True)))[0]


def test_a_link_without_words_is_called_a_link() -> None:
    apology = an_apology(a_wrong_link("", headline=None, opened=None))

    assert "a link in it opened the wrong page." in text_of(apology)[0]
    assert "The right link is https://example.org/trees." in text_of(apology)[0]


def test_a_label_of_its_own_goes_before_the_headline() -> None:
    assert "“Oaks” opened" in text_of(an_apology(a_wrong_link("Oaks")))[0]


def test_a_title_that_ends_a_sentence_gets_no_second_full_stop() -> None:
    assert "link is Why trees? The copy" in text_of(an_apology(a_wrong_link(title="Why trees?")))[0]


@pytest.mark.parametrize("title", ["{{ name }}", "{{{name}}}", "{% if %}", "*|NAME|*", "<%= a %>"])
def test_nothing_in_a_foreign_title_is_filled_in(title: str) -> None:
    apology = an_apology(a_wrong_link(title=title, opened=title))

    whole = " ".join(text_of(apology))
    assert not any(mark in whole for mark in ("{{", "{%", "*|", "<%"))


def test_a_foreign_title_is_short_and_plain() -> None:
    apology = an_apology(a_wrong_link(opened="Ships\u202e\n" * 1000))

    assert "\u202e" not in text_of(apology)[0]
    assert len(text_of(apology)[0]) < 500


@each_language
def test_the_words_are_few(language: str) -> None:
    assert an_apology(language=language).words <= 55
    assert an_apology(language=language, additions=ALL_ADDED).words <= 80


@each_language
def test_every_language_says_all_there_is_to_say(language: str) -> None:
    for several in (1, 2):
        wrong = (a_wrong_link(),) * several
        apology = an_apology(*wrong, language=language, additions=ALL_ADDED)
        whole = " ".join(text_of(apology))
        assert apology.preheader
        assert len(apology.links) == several
        assert "editor@example.org" in whole
        assert "TREES" in whole


def test_an_apology_for_nothing_is_a_mistake_of_the_program() -> None:
    with pytest.raises(ValueError, match="nothing to apologise for"):
        apologise((), choose_wording("en"))


ODD = st.text(max_size=40) | st.sampled_from(
    ["{{", "}", "{link}", "https://", "https://[", "…", " "]
)


@given(ODD, ODD, ODD, ODD)
def test_no_words_make_it_stumble(label: str, title: str, reason: str, reply: str) -> None:
    wrong = a_wrong_link(label, headline=title, opened=title, title=title)

    apology = an_apology(wrong, additions=Additions(reason=reason, reply_to=reply))

    assert RIGHT in [link.url for link in apology.links]
    assert not any("\n" in paragraph.text for paragraph in apology.paragraphs)
