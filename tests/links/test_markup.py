"""HTML as its parser sees it, and what it may cost."""

from time import process_time

import pytest
from bs4 import BeautifulSoup
from hypothesis import given
from hypothesis import strategies as st

from sendguard.links.markup import Markup
from sendguard.values import Lines

PIECES = st.lists(
    st.sampled_from(
        ["<br>", "<br/>", "</br>", "<img>", "</img>", "<b>", "</b>", "<p>", "</p>", "x"]
    )
)


def markup_of(text: str) -> Markup:
    return Markup.parse(text, Lines.of("newsletter.html", text))


@given(PIECES)
def test_elements_nest_as_beautiful_soup_nests_them(pieces: list[str]) -> None:
    text = "".join(pieces)

    markup = markup_of(text)

    told = [(tag.name, tag.parent and tag.parent.name) for tag in markup.tags]
    theirs = BeautifulSoup(text, "html.parser").find_all()
    assert told == [(tag.name, tag.parent and tag.parent.name) for tag in theirs]


def test_many_line_breaks_do_not_slow_down_every_end_tag_behind_them() -> None:
    began_s = process_time()

    markup = markup_of("<br>" * 60_000 + "<img></img>" * 60_000)

    assert len(markup.tags) == 120_000
    assert process_time() - began_s < 15


def test_what_outlook_alone_sees_is_nothing_where_nothing_is_written_for_it() -> None:
    markup = markup_of('<a href="https://example.org/">A story</a>')

    assert markup.conditional().tags == ()


@pytest.mark.parametrize("nonsense", ["<![ foo", "<![", "<![ x>", "<![foo[bar]]>", "<![-->"])
def test_a_declaration_that_makes_no_sense_is_a_comment(nonsense: str) -> None:
    text = f"<p>\n{nonsense}>\n<a href='x'>Here</a></p>"

    markup = Markup.parse(text, Lines.of("letter.html", text))

    assert [(tag.name, tag.sourceline) for tag in markup.tags] == [("p", 1), ("a", 3)]


@pytest.mark.parametrize(
    "in_front",
    [
        *("<textarea><!--</textarea>", "<title><!--</title>", "<iframe/><!--</iframe x='>'>"),
        *("<xmp><style></xmp>", "<NOEMBED><!--</noembed\f>", "<noframes><!--</noframes/>"),
        *("<!-->", "<!--->", "<!-- --!>", "<![CDATA[ >", "</p x='><!--'>", '</p =">'),
    ],
)
def test_things_end_where_they_end_in_browsers(in_front: str) -> None:
    markup = markup_of(f"<p>{in_front}<a href=x>y</a>")

    assert "a" in [tag.name for tag in markup.tags]


@pytest.mark.parametrize("name", ["textarea", "title", "iframe", "style"])
def test_what_stands_in_elements_of_mere_text_is_no_link(name: str) -> None:
    markup = markup_of(f"<p><{name}><a href=x>y</a></{name}>")

    assert [tag.name for tag in markup.tags] == ["p", name]
