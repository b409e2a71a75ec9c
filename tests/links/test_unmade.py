"""What was to be a link is found in its place, and a hostile text costs little."""

from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sendguard.links.link import Unmade
from sendguard.links.markup import Markup
from sendguard.links.unmade import find_unmade
from sendguard.read import Source
from sendguard.values import Lines


def unmade_in(html: str, *sources: Source) -> tuple[Unmade, ...]:
    return find_unmade(Markup.parse(html, Lines.of("newsletter.html", html)), sources)


def test_place_is_that_of_the_words_and_not_of_the_paragraph() -> None:
    (found,) = unmade_in("<p>One\ntwo <b>three</b>\nfour [five](https://example.org/)</p>")

    assert str(found.place) == "newsletter.html:3:6"


def test_place_is_that_of_the_element_where_the_words_are_spelt_otherwise() -> None:
    (found,) = unmade_in("<p>\n<b>[R&amp;D](https://example.org/)</b></p>")

    assert str(found.place) == "newsletter.html:2:1"


def test_place_in_built_html_is_that_in_the_mjml() -> None:
    mjml = "<mjml>\n<mj-text>[five](https://example.org/)</mj-text>\n</mjml>"
    source = Source(name="newsletter.mjml", text=mjml, lines=Lines.of("newsletter.mjml", mjml))

    (found,) = unmade_in("<div>[five](https://example.org/)</div>", source)

    assert str(found.place) == "newsletter.mjml:2:10"


def test_text_behind_a_link_is_no_part_of_it() -> None:
    found = unmade_in('<p><a href="/">Ada</a> wrote [a post](https://example.org/) on it.</p>')

    assert [one.sure for one in found] == [True]


def test_text_behind_a_sample_of_code_is_no_part_of_it() -> None:
    found = unmade_in("<td><pre>code</pre>and [a post](https://example.org/) on it</td>")

    assert [one.label for one in found] == ["a post"]


@pytest.mark.parametrize(
    "piece",
    [
        "[",
        "](",
        "[a](",
        "(a)[",
        "<a ",
        "[[https://a",
        "`a<",
        "“a”:",
        "<p>[a](https://a b",
        "<ul><li>a",
    ],
)
def test_many_broken_pieces_take_little_time(piece: str) -> None:
    began_s = process_time()

    unmade_in(piece * 20_000)

    assert process_time() - began_s < 6


@given(
    st.lists(
        st.sampled_from(
            [
                *("[", "]", "(", ")", "[[", "|", "<a href=", "&lt;", "https://a.b/", "<p>", "</p>"),
                *("word", " ", "\n", "<code>", "</code>", '<a href="/">', "</a>", "\x02", "\x03"),
                *("<ul>", "<li>", "</ul>", "“", '"', ":", "`"),
            ]
        ),
        max_size=30,
    )
)
def test_any_text_is_read_to_its_end(pieces: list[str]) -> None:
    found = unmade_in("".join(pieces))

    assert all("\x02" not in one.written for one in found)
