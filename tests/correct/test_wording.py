"""The words of apologies: which are chosen, and what is wrong with a sender's own."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sendguard.correct.apologise import apologise
from sendguard.correct.wording import choose_wording, language_of, languages, read_wording
from sendguard.errors import Unreadable
from tests.correct.wrong import a_wrong_link


def complaint(text: str) -> str:
    with pytest.raises(Unreadable) as raised:
        read_wording(text.encode(), "en.yaml", "en")
    return str(raised.value)


@pytest.mark.parametrize(
    ("asked", "found"),
    [(None, "en"), ("en", "en"), ("de-AT", "de"), ("DE_ch", "de"), ("tlh", "en"), ("", "en")],
)
def test_a_newsletter_is_apologised_for_in_its_language(asked: str | None, found: str) -> None:
    assert choose_wording(asked).language == found


@pytest.mark.parametrize(
    ("html", "language"),
    [
        ('<!doctype html><html lang="de">', "de"),
        ("<HTML class=a LANG='de-AT'>", "de-at"),
        ("<html dir=rtl lang=he>", "he"),
        ('<html lang="und">', None),
        ('<html lang="">', None),
        ('<html xml:lang="de">', None),
        ("<p lang='de'>", None),
        ("<html " * 10_000, None),
    ],
)
def test_a_newsletter_says_its_language(html: str, language: str | None) -> None:
    assert language_of(html) == language


def test_english_is_there_and_not_alone() -> None:
    assert {"en", "de"} <= languages()


def test_the_words_of_the_series_go_before_those_of_the_folder() -> None:
    own = {"en.yaml": b'sorry: "Sorry, all."', "navigator.en.yaml": b'sorry: "Sorry, sailors."'}

    wording = choose_wording("en", series="navigator", own=own)

    assert wording.ways["sorry"] == (("Sorry, sailors.",),)
    assert wording.origin == "navigator.en.yaml"


def test_what_a_file_leaves_out_is_said_as_sendguard_says_it() -> None:
    wording = choose_wording("en", own={"en.yaml": b'sorry: "Sorry."'})

    apology = apologise([a_wrong_link()], wording)

    assert apology.paragraphs[0].text.startswith("We made a mistake")
    assert apology.paragraphs[1].text.startswith("Sorry.")


def test_the_word_before_the_subject_is_said_in_the_language() -> None:
    own = {"fr.yaml": b'word: "CORRECTION :"'}

    words = [choose_wording(language, own=own).word for language in ("en", "de", "fr", "it")]

    assert words == ["CORRECTED:", "KORREKTUR:", "CORRECTION :", "CORRECTED:"]


def test_an_empty_list_leaves_something_out() -> None:
    wording = choose_wording("en", own={"en.yaml": b"reply: []"})

    assert apologise([a_wrong_link()], wording).paragraphs[-1].text == "We are sorry."


def test_a_language_can_be_added() -> None:
    own = {"he.yaml": 'direction: rtl\nsorry: "אנחנו מצטערים."'.encode()}

    wording = choose_wording("he", own=own)

    assert (wording.language, wording.direction) == ("he", "rtl")


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("sory: Sorry.", "en.yaml:1:1: `sory` is not a key: did you mean `sorry`?"),
        (
            'sorry: "Sorry."\nwrong:\n  - "{lable} was wrong."',
            "en.yaml:3:5: {lable} cannot be filled in `wrong`: it may have {label}, {opened}",
        ),
        ('sorry: "{x}"', "en.yaml:1:8: {x} cannot be filled in `sorry`: it may have none"),
        ('right: "Here."', "en.yaml:1:8: `right` needs {link}, where the right link is to stand"),
        ("direction: up", "en.yaml:1:12: `direction` is ltr or rtl"),
        ("- sorry", "en.yaml:1: an apology has keys with the ways to say it: direction, word"),
        ("sorry: [{a: b}]", "en.yaml:1:9: an entry of `sorry` should be a text"),
        ('sorry: "Sorry', "en.yaml:1:8: a quotation mark is opened here and never closed"),
    ],
)
def test_a_broken_file_is_told_by_its_line(text: str, says: str) -> None:
    assert complaint(text).startswith(says)


@given(st.binary(max_size=200))
def test_no_file_makes_it_stumble(raw: bytes) -> None:
    says = ""
    try:
        read_wording(raw, "en.yaml", "en")
    except Unreadable as error:
        says = str(error)

    assert "\n" not in says
