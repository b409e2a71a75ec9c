import pytest
from hypothesis import given
from hypothesis import strategies as st

from sendguard.values import Url
from sendguard.visit import Page
from sendguard.visit.page import LONGEST_TITLE, read_page, without_loose_end

URL = Url("https://example.org/news/one")


def read(html: str, charset: str | None = "utf-8") -> Page:
    return read_page(html.encode(), media_type="text/html", charset=charset, url=URL)


def test_every_fact_of_a_full_head_is_read() -> None:
    page = read("""<!doctype html><html lang="EN-us"><head>
        <title>One &amp; two</title>
        <meta property="og:title" content="OG one">
        <meta name="Twitter:Title" content="Tweet one">
        <meta property="og:site_name" content="The Example">
        <meta name="description" content="All about one">
        <link rel="Canonical" href="/news/1">
        <script type="application/ld+json">{"@type": "NewsArticle", "headline": "LD one"}</script>
        </head><body><h1>Heading <em>one</em></h1><h1>Two</h1>""")

    assert page == Page(
        media_type="text/html",
        title="One & two",
        og_title="OG one",
        twitter_title="Tweet one",
        heading="Heading one",
        headline="LD one",
        description="All about one",
        site_name="The Example",
        canonical=Url("https://example.org/news/1"),
        language="en-us",
    )


@pytest.mark.parametrize(
    ("html", "title"),
    [
        ("<title>\n  One\t two&nbsp;three </title>", "One two three"),
        ("<svg><title>Logo</title></svg><title>Page</title>", "Page"),
        ("<body><svg><title>Logo</title></svg>", None),
        ("<title></title>", None),
        ("<title>Cut o", "Cut o"),
        ("<div><title>In the wrong place</title></div>", "In the wrong place"),
        ("<title>&lt;b&gt; is bold</title>", "<b> is bold"),
        ("<!-- <title>Old</title> --><title>New</title>", "New"),
        ("", None),
        (f"<title>{'x' * 5000}</title>", "x" * LONGEST_TITLE),
    ],
)
def test_the_title_is_the_pages_own(html: str, title: str | None) -> None:
    assert read(html).title == title


@pytest.mark.parametrize(
    ("html", "heading"),
    [
        ("<h1></h1><h1>Second</h1>", "Second"),
        ("<h1><a href=/><img alt='The Example' src=x></a></h1>", "The Example"),
        ("<h1>Two<br>lines</h1>", "Two lines"),
        ("<h1>Un<b>broken</b></h1>", "Unbroken"),
        ("<h1><div>Two</div><div>lines</div></h1>", "Two lines"),
        ("<h1><svg><title>Logo</title></svg>Words</h1>", "Words"),
        ("<h1>Words<script>x()</script></h1>", "Words"),
        ("<h2>Not this</h2>", None),
    ],
)
def test_the_heading_is_the_first_with_words(html: str, heading: str | None) -> None:
    assert read(html).heading == heading


@pytest.mark.parametrize(
    ("script", "headline"),
    [
        ('{"@type": "Article", "headline": "H"}', "H"),
        ('{"@type": ["Thing", "BlogPosting"], "name": "N"}', "N"),
        ('[{"@type": "WebSite", "name": "S"}, {"@type": "NewsArticle", "headline": "H"}]', "H"),
        ('{"@graph": [{"@type": "Person"}, {"@type": "Report", "headline": "H"}]}', "H"),
        ('{"@type": "WebPage", "mainEntity": {"@type": "Article", "headline": "H"}}', "H"),
        ('{"@type": "Article", "headline": "A &amp; B\n C"}', "A & B C"),
        ('{"@type": "Person", "name": "N"}', None),
        ('{"@type": "Article", "headline": 7}', None),
        ('{"@type": "Article", "headline": ', None),
        ("[" * 100_000, None),
        ("7", None),
    ],
)
def test_a_headline_is_read_from_what_is_told_of_an_article(
    script: str, headline: str | None
) -> None:
    page = read(f'<title>T</title><script type="application/ld+json">{script}</script>')

    assert page.headline == headline


@pytest.mark.parametrize(
    ("script", "name"),
    [
        ('{"@type": "Article", "publisher": {"name": "The Example"}}', "The Example"),
        ('{"@type": "Article", "publisher": [{"name": "The Example"}]}', "The Example"),
        ('{"@type": "WebSite", "name": "The Example"}', "The Example"),
        ('{"@type": "Article", "publisher": "x"}', None),
    ],
)
def test_the_sites_name_is_its_publishers(script: str, name: str | None) -> None:
    assert read(f'<script type="application/ld+json">{script}</script>').site_name == name


@pytest.mark.parametrize("href", ["mailto:a@b.example", "http://[", ""])
def test_a_canonical_address_that_is_none_is_left_out(href: str) -> None:
    assert read(f'<link rel="canonical" href="{href}">').canonical is None


@given(st.binary(), st.sampled_from([None, "utf-8", "utf-16", "shift_jis", "nonsense", "\0"]))
def test_no_bytes_are_too_odd_to_be_read(body: bytes, charset: str | None) -> None:
    page = read_page(body, media_type="text/html", charset=charset, url=URL)

    assert page.media_type == "text/html"


OPENERS = ["<title>", "<h1>", "<svg>", "<script type=application/ld+json>", "<html lang="]
OTHERS = ["</title>", "</script>", "<meta property=og:title content=", ">", "<", '"', "{", "["]
PIECES = st.sampled_from([*OPENERS, *OTHERS, "&#x110000;", "\ud800"])


@given(st.lists(PIECES).map("".join))
def test_no_markup_is_too_odd_to_be_read(html: str) -> None:
    body = html.encode("utf-8", "surrogatepass")

    assert read_page(body, media_type="text/html", charset="utf-8", url=URL).language != ""


@pytest.mark.parametrize(
    "loose", ["<title>Five ways to", "<TITLE>Five ways to win</tit", "<h1 class=x>Five <b>ways</b>"]
)
def test_a_title_that_broke_off_is_none(loose: str) -> None:
    begun = "<html><head><meta name=x content=y>"

    assert without_loose_end(f"{begun}{loose}".encode()) == begun.encode()


@pytest.mark.parametrize(
    "ended", ["<title>One</title>", "<h1>One</h1 ><p>Two", "<titles>", "</h1>", ""]
)
def test_what_has_come_to_its_end_stays(ended: str) -> None:
    assert without_loose_end(ended.encode()) == ended.encode()
