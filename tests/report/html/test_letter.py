"""The newsletter drawn: harmless, whole, and with a place for each mark."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sendguard.links import find_links
from sendguard.report.html.letter import LARGEST, Letter, draw
from sendguard.values import Decision
from tests.builders import a_campaign
from tests.report.runs import a_checked_link

HARMFUL = re.compile(
    r"<(?:script|img|iframe|object|embed|form|input|svg|math|link|meta|base|template|style)\b"
    r"|<[^>]*\s(?:on\w+|src|srcset|action|background|ping|poster)="
    r"|<[^>]*\shref=(?!\"#n1-L\d)",
    re.IGNORECASE,
)


def drawn(html: str, *, decision: Decision = Decision.PASS) -> Letter:
    campaign = a_campaign(html)
    links = [a_checked_link(link, decision=decision) for link in find_links(campaign).links]
    anchors = {link.link.id: f"n1-{link.link.id}" for link in links}
    return draw(campaign.parts[0], links, anchors)


def test_a_mark_stands_before_its_link_and_the_link_leads_to_its_entry() -> None:
    letter = drawn('<p>See <a href="https://x.example/" onclick="go()">the story</a></p>')

    link = '<slot name="L1"></slot><a href="#n1-L1" tabindex="-1">the story</a>'
    assert link in letter.html
    assert letter.shown == {"L1"}


def test_a_picture_is_a_box_of_its_size_with_its_words() -> None:
    letter = drawn('<img src="https://x.example/i.png" width="600" height="300" alt="A ship">')

    assert "width:600px;aspect-ratio:600/300" in letter.html
    assert "A ship" in letter.html
    assert "600 × 300" in letter.html


def test_a_picture_is_marked_only_when_there_is_something_to_say() -> None:
    html = '<img src="https://x.example/i.png" alt="">'

    fine, unsure = drawn(html), drawn(html, decision=Decision.UNVERIFIED)

    assert not fine.shown
    assert unsure.shown == {"L1"}


def test_a_picture_of_one_dot_is_not_shown() -> None:
    letter = drawn('<img src="https://x.example/open.gif" width="1" height="1">')

    assert "sg-picture" not in letter.html


@pytest.mark.parametrize(
    "html",
    [
        '<div style="display:none"><a href="https://x.example/">A hidden story</a></div>',
        '<div style="max-height:0;overflow:hidden"><a href="https://x.example/">Hidden</a></div>',
        '<a style="opacity:0" href="https://x.example/">A hidden story</a>',
        '<!--[if mso]><v:roundrect href="https://x.example/">Go</v:roundrect><![endif]-->',
        '<style>b { background: url("https://x.example/i.png") }</style>',
    ],
)
def test_what_readers_do_not_see_has_no_mark(html: str) -> None:
    assert not drawn(html, decision=Decision.UNVERIFIED).shown


def test_the_newsletter_cannot_make_marks_of_its_own() -> None:
    letter = drawn('<slot name="L1">x</slot><a href="https://x.example/">y</a>')

    assert letter.html.count("<slot") == 1


def test_what_it_leaves_open_is_closed() -> None:
    letter = drawn("<table><tr><td><div><b>Hello<td>there</template></section></body>")

    for name in ("table", "td", "div", "b"):
        assert letter.html.count(f"<{name}>") + letter.html.count(f"<{name} ") == (
            letter.html.count(f"</{name}>")
        )


def test_its_colour_and_styles_come_along() -> None:
    letter = drawn('<style>p{color:red}</style><body bgcolor="#eee" style="margin:0"><p>Hi</p>')

    assert 'style="background-color:#eee;margin:0"' in letter.html
    assert letter.css == "p{color:red}"


@settings(deadline=None)  # the machine may be busy
@given(html=st.text() | st.text("<>/\"'= aimgscriptdvonload&;!-[]", max_size=200))
def test_whatever_it_holds_nothing_in_it_loads_or_runs(html: str) -> None:
    assert not HARMFUL.search(drawn(html).html)


@pytest.mark.parametrize(
    "html",
    [
        "<script>alert(1)</script>",
        '<img src="https://x.example/" onerror="alert(1)">',
        '<a href="javascript:alert(1)">x</a>',
        '<svg onload="alert(1)"><style><img src=x onerror=alert(1)></style></svg>',
        '<math><mtext><table><mglyph><style><!--</style><img title="--><img src=x onerror=x>">',
        '<noscript><p title="</noscript><img src=x onerror=alert(1)>"></noscript>',
        '<form action="https://x.example/"><input type="image" src="https://x.example/"></form>',
        '<p title="<script>">x</p><p class="&quot;><script>alert(1)</script>">y</p>',
        '<body background="https://x.example/" onload="alert(1)">',
        '<link rel="stylesheet" href="https://x.example/"><base href="https://x.example/">',
        "<iframe srcdoc='<script>alert(1)</script>'></iframe>",
        "<plaintext><script>alert(1)</script>",
    ],
)
def test_what_would_load_or_run_is_gone(html: str) -> None:
    letter = drawn(f"{html}<p>After</p>")

    assert not HARMFUL.search(letter.html)


@pytest.mark.parametrize(
    "html",
    [
        "<div>" * 100_000,
        "".join(f"<p><font id={number}>" for number in range(20_000)),
        "".join(f"<b id={number}>" for number in range(20_000)) + "<p>x" * 20_000,
        "<table><tr><td><b>x" * 20_000,
        "<b><table><tr></b>" * 10_000 + "<p>x" * 10_000,
    ],
)
def test_a_newsletter_built_to_explode_does_not(html: str) -> None:
    letter = draw(a_campaign(html).parts[0], [], {})

    assert len(letter.html) < 5 * len(html)


def test_a_newsletter_larger_than_any_is_not_drawn() -> None:
    assert draw(a_campaign("x" * (LARGEST + 1)).parts[0], [], {}).too_large
