"""Links in drawings, held against lexbor, which reads as browsers do."""

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from selectolax.lexbor import LexborHTMLParser

from sendguard.errors import Unreadable
from sendguard.gateway.copies.markup import NOBODY, read_markup
from sendguard.links import find_links
from sendguard.links.drawings import refuse_hidden
from sendguard.values import Lines
from tests.builders import a_campaign

LINK = '<a href="https://e.example/%s">Read</a>'
SNIPPETS = (
    *("<svg>", "</svg>", "<svg/>", "<math>", "</math>", "<desc>", "</desc>", "<foreignObject>"),
    *("<title>", "</title>", "<style>", "</style>", "<textarea>", "</textarea>", "<xmp>", "<p>"),
    *("<![CDATA[", "]]>", ">", "<!--", "-->", '"x title="', '">', "<mi>", "</foreignObject>"),
    *("<script>", "</script>", "<noscript>", "<iframe>", "</iframe>", "<table>", "<b>", "<select>"),
)
MARKUP = st.lists(st.sampled_from(SNIPPETS), max_size=9).map("".join)


def live(html: str) -> set[str]:
    links = (node.attributes.get("href") for node in LexborHTMLParser(html).css("a"))
    return {href for href in links if href}


def found(html: str) -> set[str]:
    """What the check opens, or says that it cannot."""
    try:
        return {link.href for link in find_links(a_campaign(html)).links}
    except Unreadable as refused:
        return {refused.says.partition("a link to ")[2].partition(",")[0]}


@settings(max_examples=80)
@given(MARKUP, MARKUP)
@example("<svg><style>", "")
@example("<svg><![CDATA[><!--]]></svg>", "-->")
@example('<svg><style>"x title="', '">')
@example("<title><svg></title><math><style>", "")
def test_no_live_link_hides_in_a_drawing_from_the_check_or_from_the_key(
    before: str, behind: str
) -> None:
    one, other = (f"{before}{LINK % name}{behind}" for name in ("one", "other"))

    assert live(one) <= found(one)
    if live(one) != live(other):
        assert read_markup(one, NOBODY).tags != read_markup(other, NOBODY).tags


@pytest.mark.parametrize(
    "drawing",
    [
        "<svg><title>Logo</title><style>.a{fill:red}</style><path d=''/></svg>",
        "<svg><title>The <b>Navigator</b></title></svg>",
        "<svg><style><![CDATA[ a > b {} ]]></style></svg>",
        "<svg><desc><title>x</title></desc></svg><style>a > b {}</style><!-- <a href=x> -->",
        "<math><mi>x</mi></math>",
    ],
)
def test_a_drawing_is_no_trouble_where_it_hides_nothing(drawing: str) -> None:
    assert found(f"{drawing}{LINK % 'a'}") == {"https://e.example/a"}


@pytest.mark.parametrize(
    "href",
    ["/?a=1&copy=2&amp;lt=3&para", " /a b\t\n", "/é%C3%A9&eacute;", "/" + 9_000 * "a", "", "a\0b"],
)
def test_an_address_that_is_spelt_oddly_is_not_taken_for_hidden(href: str) -> None:
    (link,) = find_links(a_campaign(f'<svg/><a href="{href}">Read it here</a>')).links

    assert link.label == "Read it here"


@pytest.mark.parametrize("beside", ["<div></p>", "".join(f"<b id={n}><p>" for n in range(9))])
def test_what_would_take_minutes_beside_a_drawing_is_not_read(beside: str) -> None:
    with pytest.raises(Unreadable, match="take the drawing out"):
        refuse_hidden(f"<svg/>{beside * 100_000}", (), Lines.of("a", ""))


def test_a_link_of_an_older_drawing_is_found() -> None:
    assert found('<svg><a xlink:href="https://e.example/a">Go</a></svg>') == {"https://e.example/a"}


def test_a_style_sheet_elsewhere_is_none_of_its_business() -> None:
    assert found(f"<style>{LINK % 'hidden'}</style>{LINK % 'a'}") == {"https://e.example/a"}
