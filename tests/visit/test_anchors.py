import pytest
from hypothesis import given
from hypothesis import strategies as st

from sendguard.values import Url
from sendguard.visit.anchors import MOST, find_anchors, squeezed, wanted_anchor

PAGE = "https://example.org/guide"


def names(html: str, words: int = 100) -> frozenset[str] | None:
    return find_anchors(html.encode(), words)


@pytest.mark.parametrize(
    "html",
    [
        "<h2 id=install>",
        '<h2 id="install">',
        "<h2 class=x id = 'Install' >",
        "<a name=install>",
        "<h2 id='user-content-install'>",
        '{"headings": [{"slug": "install"}]}',
        r'{"html": "<h2 id=\"install\">"}',
        '<a href="#install">',
        "<script>open({anchor: 'install'})</script>",
        "<h2 id='in&shy;stall'>",
    ],
)
def test_a_name_that_stands_anywhere_may_be_jumped_to(html: str) -> None:
    assert "install" in (names(html) or ())


@pytest.mark.parametrize("html", ["<h2>install</h2>", "<p class=install>", "<a href=/install>"])
def test_what_is_no_name_may_not(html: str) -> None:
    assert "install" not in (names(html) or ())


@pytest.mark.parametrize(
    ("html", "words"),
    [
        ("<div id=root></div><script src=/app.js></script>", 0),
        ("<p>Hello</p>", 1),
        ("<h2 id=a></h2><SCRIPT>x()</SCRIPT>", 20),
    ],
)
def test_a_page_that_scripts_write_says_nothing_for_sure(html: str, words: int) -> None:
    assert names(html, words) is None


def test_a_page_with_more_names_than_any_says_nothing() -> None:
    assert names("".join(f"<p id=x{number}>" for number in range(MOST + 1))) is None


@pytest.mark.parametrize("fragment", ["install", "step-2", "the.end", "caf%C3%A9", "7-days"])
def test_a_name_is_looked_for(fragment: str) -> None:
    assert wanted_anchor(Url(f"{PAGE}#{fragment}")) == squeezed(fragment)


@pytest.mark.parametrize(
    "fragment",
    [
        *("", "top", "TOP", ":~:text=a", "/a/b", "!a", "a=b", "a&b", "page=2", "L10", "L10-L20"),
        *("comments", "respond", "disqus_thread", "comment-7", "issuecomment-7", "post-12", "p5"),
        *("discussion_r12", "diff-0a1b", "pullrequestreview-9", "2026", "🎉", "x" * 300),
    ],
)
def test_what_is_no_name_is_not_looked_for(fragment: str) -> None:
    assert wanted_anchor(Url(f"{PAGE}#{fragment}")) is None


@pytest.mark.parametrize(
    "host", ["docs.google.com", "www.youtube.com", "x.com", "app.example.org", "me.notion.site"]
)
def test_a_host_that_is_a_program_is_not_asked(host: str) -> None:
    assert wanted_anchor(Url(f"https://{host}/a#install")) is None


@given(st.binary(), st.integers(0, 100))
def test_no_bytes_are_too_odd_to_be_searched(body: bytes, words: int) -> None:
    assert "" not in (find_anchors(body, words) or ())
