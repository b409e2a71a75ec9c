from dataclasses import replace

import pytest

from sendguard.correct.files import encoded, repaired_files
from sendguard.correct.went_out import what_went_out
from sendguard.links import find_links
from sendguard.read import Campaign, Source, read_campaign
from sendguard.send import Edition
from sendguard.values import Lines
from tests.builders import a_campaign


def with_sources(*names: str) -> Campaign:
    sources = (Source(name=name, text=f"<mjml>{name}", lines=Lines.of(name, "")) for name in names)
    return replace(a_campaign("<p>Hello", text="Hello"), sources=tuple(sources))


def test_readers_parts_and_mjml_stand_in_files_of_their_own() -> None:
    files = repaired_files(with_sources("newsletter.mjml", "parts/head.mjml"))

    assert files == {
        "newsletter.html": "<p>Hello",
        "newsletter.txt": "Hello",
        "newsletter.mjml": "<mjml>newsletter.mjml",
        "parts/head.mjml": "<mjml>parts/head.mjml",
    }


def test_mjml_never_takes_the_place_of_what_is_sent() -> None:
    files = repaired_files(with_sources("issue.mjml", "Newsletter.html"))

    assert set(files) == {
        *("newsletter.html", "newsletter.txt"),
        *("source/issue.mjml", "source/Newsletter.html"),
    }


@pytest.mark.parametrize("charset", ["utf-8", "iso-8859-1", "gbk", "big5", "utf-16", "hz", "none"])
@pytest.mark.parametrize("words", ["Grüße", "Привет, 你好", "plain", "a\r\nb", "é"])
def test_what_is_written_is_read_back_whatever_charset_it_names(charset: str, words: str) -> None:
    html = f'<html><meta charset="{charset}"><p>{words}</p></html>'

    read = read_campaign("", {"n.html": encoded(html)}, name="n.html", id=None)

    assert read.parts[0].text == html


def test_a_text_part_that_was_made_for_the_edition_went_out_too() -> None:
    campaign = a_campaign('<a href="https://x.org/a">Go</a>')
    made = Edition(
        campaign=campaign,
        subject="Ships",
        sender="a@x.org",
        reply_to=None,
        text="Go: https://x.org/a",
        envelope="a@x.org",
    )

    links = find_links(what_went_out(made)).links

    assert [link.element for link in links] == ["a", "text"]


def test_a_text_part_of_the_campaigns_own_is_what_went_out() -> None:
    campaign = a_campaign("<p>Hello", text="Hello")
    own = Edition(
        campaign=campaign,
        subject="Ships",
        sender="a@x.org",
        reply_to=None,
        text="Hello",
        envelope="a@x.org",
    )

    assert what_went_out(own) is campaign
