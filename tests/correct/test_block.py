"""The apology on top of newsletters that SendGuard did not make."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sendguard.correct.block import (
    Topped,
    block_html,
    on_top_of_html,
    on_top_of_text,
    size_told,
)
from sendguard.correct.proof import prove
from sendguard.correct.repair import repair
from sendguard.correct.spot import Spot, find_spot
from sendguard.links import find_links
from sendguard.values import Url
from tests.builders import a_campaign
from tests.correct import newsletters
from tests.correct.wrong import a_wrong_link, an_apology

APOLOGY = an_apology()
PREHEADER = "The link “The tree of all trees” was wrong; here is the right one."
ALL = {
    name: text
    for name, text in vars(newsletters).items()
    if name.isupper() and name != "STORY" and isinstance(text, str)
}
each_newsletter = pytest.mark.parametrize("html", ALL.values(), ids=ALL.keys())


def undone(topped: Topped, original: str) -> str:
    """The text without what was put on top, by where each edit says that it is."""
    text = topped.text
    for edit in topped.edits:
        end = edit.start + len(edit.text)
        assert text[edit.start : end] == edit.text
        text = text[: edit.start] + original[edit.start : edit.end] + text[end:]
    return text


def spot_words(html: str) -> tuple[str, str | None, bool]:
    """What stands behind the spot, its width, and whether it is in the middle."""
    spot = find_spot(html)
    return html[spot.offset : spot.offset + 40], spot.width, spot.centred


@each_newsletter
def test_every_other_letter_is_as_it_was(html: str) -> None:
    assert undone(on_top_of_html(html, APOLOGY), html) == html


@each_newsletter
def test_the_block_stands_before_all_that_readers_see(html: str) -> None:
    topped = on_top_of_html(html, APOLOGY).text

    seen = re.sub(r"<!--.*?-->|<style.*?</style>|<title>.*?</title>", "", topped, flags=re.DOTALL)
    words = " ".join(re.sub(r"<[^>]*>", " ", seen).split())
    assert words.startswith(f"{PREHEADER} We made a mistake: when we first sent you")


@each_newsletter
def test_the_right_link_is_the_first(html: str) -> None:
    links = find_links(a_campaign(on_top_of_html(html, APOLOGY).text)).links

    assert links[0].url == Url("https://example.org/trees")
    assert links[0].label == "The tree of all trees"


@each_newsletter
def test_the_links_behind_are_the_same(html: str) -> None:
    before = find_links(a_campaign(html)).links
    after = find_links(a_campaign(on_top_of_html(html, APOLOGY).text)).links

    assert [(one.href, one.label, one.role) for one in after[1:]] == [
        (one.href, one.label, one.role) for one in before
    ]


@each_newsletter
def test_the_proof_finds_nothing_wrong_with_it(html: str) -> None:
    original = a_campaign(html, text="Trees: https://e.org/t")
    topped = (on_top_of_html(html, APOLOGY), on_top_of_text("Trees: https://e.org/t", APOLOGY))
    corrected = a_campaign(topped[0].text, text=topped[1].text)

    own = {link.url.text for link in APOLOGY.links}
    taken = topped[0].edits
    proof = prove(original, corrected, repair(original, ()), own=own, taken=taken)

    assert proof.problems == ()


def test_in_mjml_it_is_a_section_more() -> None:
    words, width, centred = spot_words(newsletters.MJML)

    assert words.startswith("<!--[if mso | IE]><table")
    assert (width, centred) == ("640px", True)


def test_in_a_frame_it_stands_on_the_table_inside() -> None:
    assert spot_words(newsletters.TABLE) == (
        '<table width="600" style="width:100%;max',
        "600px",
        True,
    )


def test_without_any_frame_it_takes_all_the_room() -> None:
    words, width, _ = spot_words(newsletters.NO_TABLE)

    assert words.startswith("<h1>Trees")
    assert width is None


def test_inside_a_box_the_box_says_how_wide_it_is() -> None:
    words, width, _ = spot_words(newsletters.STYLED)

    assert words.startswith("<h1>Trees")
    assert width is None


def test_a_table_at_the_side_keeps_the_block_there() -> None:
    assert spot_words(newsletters.LEFT)[1:] == ("600px", False)
    assert "auto" not in block_html(APOLOGY, Spot(offset=0, width="600px", centred=False))


@pytest.mark.parametrize(
    ("html", "begins", "width"),
    [
        ("<center><table width=580><tr><td>a<tr><td>b</table></center>", "<table", "580px"),
        ("<div style='width:90%;margin:auto'>a</div><div>b</div>", "<div style", "90%"),
        ("<table><tr><td></td><td width=600>a</td></tr></table>", "<table", "600px"),
        ("<style>a .c{width:6px}.c{width:560px}</style><div class=c>a</div>b", "<div", "560px"),
        ("<p>a</p><table width=300><tr><td>b</table>", "<p>", None),
        ("<img src=x width=600><p>b</p>", "<img", None),
        ("<div hidden>x</div><img src=p width=1 height=1><p>a</p><p>b</p>", "<p>a", None),
        ("<!--[if !mso]><!--><table width=600></table><!--<![endif]--><p>b", "<!--", "600px"),
        ("<!-- <table width=700> --><p>a</p>b", "<p>", None),
        ("a<p>b</p>", "a<p>", None),
        ("\ufeff<?xml version='1.0'?>\n<!DOCTYPE html>\nwords only", "words", None),
        ("<body></body>", "</body>", None),
        ("<body><br></body>", "<br>", None),
        ("<div style='font-size:0;max-width:600px'><p>a</p></div><p>b</p>", "<div", "600px"),
        ("", "", None),
    ],
)  # fmt: skip
def test_the_spot_of_odd_newsletters(html: str, begins: str, width: str | None) -> None:
    spot = find_spot(html)

    assert html[spot.offset :].startswith(begins)
    assert spot.width == width


def test_hidden_words_of_the_newsletter_are_replaced() -> None:
    topped = on_top_of_html(newsletters.STYLED, APOLOGY).text

    assert f'<span class="pre" style="display:none">{PREHEADER}</span>' in topped
    assert "Trees of May" not in topped


def test_hidden_words_are_put_in_where_there_are_none() -> None:
    topped = on_top_of_html(newsletters.NO_TABLE, APOLOGY).text

    assert '<body><div style="display:none' in topped
    assert topped.index(PREHEADER) < topped.index("We made a mistake")


@pytest.mark.parametrize(
    "hidden",
    [
        '<div style="display:none"><a href="https://e.org/m">For phones</a></div>',
        '<div style="display:none"><img src="m.png">For phones</div>',
        f'<div style="display:none">{"A whole story. " * 100}</div>',
        '<div style="display:none">&nbsp;&zwnj;&nbsp;</div>',
        '<div style="display:none">never closed',
        '<div style="display:none"><b>Trees of May</b></div>',
        '<style>.h{display:none}</style><div class="h">Trees of May</div>',
    ],
)
def test_what_is_hidden_for_another_reason_stays(hidden: str) -> None:
    html = f"<body>{hidden}<p>Trees</p></body>"

    topped = on_top_of_html(html, APOLOGY)

    assert hidden in topped.text
    assert PREHEADER in topped.text
    assert undone(topped, html) == html


def test_foreign_words_are_only_words() -> None:
    wrong = a_wrong_link('<b>Oaks & "co"</b>', title="<script>alert(1)</script>")

    block = block_html(an_apology(wrong), Spot(offset=0))

    assert "&lt;b&gt;Oaks &amp; &quot;co&quot;&lt;/b&gt;" in block
    assert "<script" not in block


def test_an_ampersand_in_the_address_is_spelt_for_html() -> None:
    wrong = a_wrong_link(right=Url("https://example.org/?a=1&b=2"))

    assert 'href="https://example.org/?a=1&amp;b=2"' in block_html(
        an_apology(wrong), Spot(offset=0)
    )


def test_several_right_links_are_listed() -> None:
    block = block_html(an_apology(a_wrong_link("Oaks"), a_wrong_link("Elms")), Spot(offset=0))

    assert re.findall(r"&bull; <a [^>]*>(\w+)</a>", block) == ["Oaks", "Elms"]


def test_the_block_is_small() -> None:
    for width in ("600px", None):
        assert len(block_html(APOLOGY, Spot(offset=0, width=width)).encode()) < 3_000


def test_the_block_says_its_language() -> None:
    assert '<div lang="de" dir="ltr"' in block_html(an_apology(language="de"), Spot(offset=0))


def test_the_text_begins_with_it() -> None:
    told = on_top_of_text("Trees\n", an_apology(a_wrong_link("Oaks"), a_wrong_link("Elms"))).text

    assert told == (
        "We made a mistake: when we first sent you this newsletter, 2 links in it were wrong. "
        "These are the right ones:\n\n"
        "- Oaks <https://example.org/trees>\n- Elms <https://example.org/trees>\n\n"
        "The copy below has them too; you need do nothing else.\n\n"
        "We are sorry. Did it cost you more than a click? Reply and tell us.\n\n"
        f"{'-' * 60}\n\nTrees\n"
    )


def test_the_text_keeps_its_lines_and_its_mark() -> None:
    text = "\ufeffTrees\r\nand ships\r\n"

    topped = on_top_of_text(text, APOLOGY)

    assert topped.text.startswith("\ufeffWe made")
    assert "\n" not in topped.text.replace("\r\n", "")
    assert undone(topped, text) == text


def test_an_address_without_a_name_stands_once() -> None:
    wrong = a_wrong_link("", headline=None)

    assert on_top_of_text("", an_apology(wrong)).text.count("https://example.org/trees") == 1


@pytest.mark.parametrize(
    ("letters", "says"),
    [
        (1_000, "The HTML takes 4 kB with the apology, 1 kB without; Gmail shows all of it."),
        (100_000, "only now Gmail cuts off what is behind 102 kB, which is the end of it."),
        (200_000, "Gmail cuts off what is behind 102 kB, as it did before."),
    ],
)
def test_the_size_is_measured_again(letters: int, says: str) -> None:
    html = f"{'trees ' * 10}\n" * (letters // 61)

    assert size_told(html, on_top_of_html(html, APOLOGY).text).endswith(says)


PIECES = st.lists(
    st.sampled_from(
        [
            *("<body>", "</body>", "<html>", "<table>", "<tr>", "<td>", "</td></tr></table>"),
            *("<div style='display:none'>", "<div>", "</div>", "<p>", "words", "<!--", "-->", "<"),
            *("<!--[if mso]>", "<![endif]-->", "<style>p{", "}</style>", "<td width='600px'", ">"),
            *("'", '"', "<center>", "\ufeff", "<!doctype html>", "&nbsp;", "<br/>", "</", "\x00"),
        ]
    ),
    max_size=25,
).map("".join)  # fmt: skip


@given(PIECES)
def test_no_markup_makes_it_stumble(html: str) -> None:
    topped = on_top_of_html(html, APOLOGY)

    assert undone(topped, html) == html
    assert topped.text.count("We made a mistake") == 1


@pytest.mark.parametrize(
    "piece",
    ["<div>", "<table><tr><td>", "<div style='display:none'>a</div>", "<!--[if mso]>", "<p>"],
)
def test_large_markup_takes_no_time(piece: str) -> None:
    html = piece * 20_000

    assert undone(on_top_of_html(html, APOLOGY), html) == html
