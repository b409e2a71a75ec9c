"""The corrected campaign as the files of a folder."""

from dataclasses import replace

import pytest

from sendguard.correct.folder import MADE_BY, Letter, corrected_name, files_of, righted
from sendguard.flows.in_memory import Shelf
from sendguard.flows.read_newsletter import read_newsletter
from sendguard.read import Article, Medium
from tests.builders import a_campaign

LETTER = Letter(subject="CORRECTED: Grüße: “yes”", html="<p>Hello</p>", text="Hello\n")


def test_it_is_read_back_as_it_was_made() -> None:
    files = files_of(a_campaign(), LETTER, (), corrects="spring", readers=False)

    campaign = read_newsletter("x-corrected", Shelf({"x-corrected": files})("x-corrected"))

    assert campaign.id == "x-corrected"
    assert campaign.subject == LETTER.subject
    assert [(part.medium, part.text) for part in campaign.parts] == [
        (Medium.HTML, LETTER.html),
        (Medium.TEXT, LETTER.text),
    ]


def test_html_that_names_another_charset_is_read_back_all_the_same() -> None:
    html = '<meta charset="iso-8859-1"><p>Grüße</p>'
    files = files_of(
        a_campaign(), Letter(subject="x", html=html, text="x"), (), corrects="spring", readers=False
    )

    campaign = read_newsletter("x", Shelf({"x": files})("x"))

    assert campaign.parts[0].text == html


@pytest.mark.parametrize(
    "text", ["Grüße\n", "no end", "Subject: x\n\nwords", "\nA\r\nB\r\n", "\ufeffHello", "<p>a</p>"]
)
def test_plain_text_alone_is_read_back_as_it_was_made(text: str) -> None:
    letter = Letter(subject="x", html=None, text=text)
    original = replace(a_campaign(), parts=())

    files = files_of(original, letter, (), corrects="spring", readers=False)

    campaign = read_newsletter("x", Shelf({"x": files})("x"))
    assert [(part.medium, part.text) for part in campaign.parts] == [(Medium.TEXT, text)]


def test_it_says_who_made_it() -> None:
    files = files_of(a_campaign(), LETTER, (), corrects="spring", readers=True)

    assert files["campaign.yaml"].decode().startswith(MADE_BY)
    assert "audience: readers.csv" in files["campaign.yaml"].decode()


@pytest.mark.parametrize(("number", "name"), [(1, "spring-corrected"), (2, "spring-corrected-2")])
def test_a_further_correction_has_a_name_of_its_own(number: int, name: str) -> None:
    assert corrected_name("spring", number) == name


def test_a_wrong_address_that_the_author_declared_is_put_right_too() -> None:
    declared = (Article(link="Read article", url="https://example.org/wrong"),)

    (article,) = righted(declared, {"https://example.org/wrong": "https://example.org/right"})

    assert article.url == "https://example.org/right"
    assert article.link == "Read article"
