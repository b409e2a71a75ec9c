"""The plain text part made from HTML."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sendguard.errors import Unreadable
from sendguard.links import find_links
from sendguard.read import Medium
from sendguard.send.merge import find_fields
from sendguard.send.plain_text import plain_text
from tests.builders import a_campaign


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("<h1>News</h1><p>One</p><p>Two</p>", "News\n\nOne\n\nTwo\n"),
        ("<p>One<br>Two</p>", "One\nTwo\n"),
        ("<p>Two\n  words</p>", "Two words\n"),
        ("<ul><li>One<li>Two</ul>", "- One\n- Two\n"),
        ("<ol><li>One<ul><li>In it</ul><li>Two</ol>", "1. One\n   - In it\n2. Two\n"),
        ("<table><tr><td>Tea<td>3<tr><td>Milk<td>1</table>", "Tea | 3\nMilk | 1\n"),
        ("<blockquote>So<br>it goes</blockquote>", "> So\n> it goes\n"),
        ("<p>a<hr>b", f"a\n\n{'-' * 40}\n\nb\n"),
        ("<p><img src=x alt='A cat'> and <img src=y>", "[A cat] and\n"),
        ("<p>Tom &amp; Co", "Tom & Co\n"),
        ("", "\n"),
    ],
)
def test_what_stands_together_stays_together(html: str, text: str) -> None:
    assert plain_text(html) == text


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("<p><a href='https://a.org/x'>Read</a></p>", "Read: https://a.org/x\n"),
        ("<p>See <a href='https://a.org/x'>this</a>.", "See this (https://a.org/x).\n"),
        ("<a href='https://a.org/x'>https://a.org/x</a>", "https://a.org/x\n"),
        ("<a href='mailto:a@b.org'>Write</a> to us", "Write (a@b.org) to us\n"),
        ("<a href='mailto:a@b.org'>a@b.org</a>", "a@b.org\n"),
        ("<a href='#top'>Up</a>", "Up\n"),
        ("<a href='https://a.org/x'><img alt='A cat'></a>", "A cat: https://a.org/x\n"),
        ("<a href='https://a.org/x'><div>Block</div></a>", "Block: https://a.org/x\n"),
        ("<a href='https://a.org/x'><img></a>", "https://a.org/x\n"),
        ("<a href=https://a.org/x><img></a><a href=https://a.org/x>A</a>", "A: https://a.org/x\n"),
        ("<a href='{{ leave }}'>Leave</a>", "Leave: {{ leave }}\n"),
        ("<a href='*|UNSUB|*'>Leave</a>", "Leave: *|UNSUB|*\n"),
    ],
)
def test_an_address_stands_behind_the_words_of_its_link(html: str, text: str) -> None:
    assert plain_text(html) == text


@pytest.mark.parametrize(
    "hidden",
    [
        "<div style='display: none; max-height: 0px'>Preview &zwnj;&nbsp;</div>",
        "<!-- a comment -->",
        "<!--[if mso]><v:roundrect href='https://a.org/'>Read</v:roundrect><![endif]-->",
        "<style>p { color: red }</style><script>say()</script>",
        "<p hidden>Later</p>",
        "&#8203;&#65279;&zwnj; &zwnj; &zwnj;",
    ],
)
def test_what_nobody_sees_is_left_out(hidden: str) -> None:
    assert plain_text(f"{hidden}<p>Hello</p>") == "Hello\n"


def test_fields_stay_as_they_are() -> None:
    html = (
        '<p>Dear {{ name | default: "reader" }}, '
        '<a href="https://a.org/?who={{ name | default: "Tom &amp; Co" }}">leave</a>'
    )

    assert plain_text(html) == (
        'Dear {{ name | default: "reader" }}, '
        'leave: https://a.org/?who={{ name | default: "Tom & Co" }}\n'
    )


def test_lines_are_wrapped_and_addresses_are_not() -> None:
    address = f"https://example.org/{'a' * 100}"

    lines = plain_text(f"<p>{'word ' * 30}<a href={address}>x</a>").splitlines()

    assert address in lines
    assert all(len(line) <= 76 for line in lines if line != address)


def test_the_links_of_the_text_are_those_of_the_html() -> None:
    html = "".join(
        f'<table><tr><td><a href="https://example.org/{n}">The story {n}</a></td></tr></table>'
        for n in range(5)
    )
    campaign = a_campaign(html, text=plain_text(html))

    links = find_links(campaign).links
    told = {
        medium: [(link.label, link.href) for link in links if (link.element == "text") is is_text]
        for medium, is_text in ((Medium.HTML, False), (Medium.TEXT, True))
    }
    assert told[Medium.TEXT] == told[Medium.HTML]


TAGS = (
    *("<p>", "<div>", "</div>", "<a ", "<a href='https://a.org'>", "</a>", "<ul>", "<li>", "</ul>"),
    *("<td>", "<br>", "{{ a }}", "<blockquote>", "</blockquote>", "</li>", "</ol>", "<!--", "-->"),
    *("<pre>", "<svg>", "</svg>", "\ue000", "\x02", "&#xe000;7&#xe001;", "&#2;", "<p hidden>"),
)
PIECES = st.sampled_from(TAGS)


@given(st.lists(PIECES | st.text(max_size=5), max_size=40).map("".join))
def test_any_html_becomes_text(html: str) -> None:
    text = plain_text(html)

    assert text.endswith("\n")
    assert not set(text) & set("\x02\x03\x1f\ue000\ue001\r\0")
    assert len(list(find_fields(text))) <= html.count("{{")


def test_html_that_is_made_to_be_deep_is_refused() -> None:
    with pytest.raises(Unreadable, match="too deep"):
        plain_text("<div>" * 30_000)
