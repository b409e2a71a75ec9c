"""HTML cut into text and markup."""

from time import perf_counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sendguard.gateway.cut import cut, cut_without

SNIPPETS = (
    *("<a href='x>y'>", '<img alt="', "</a", "<!--", "-->", "<![endif]-->", "<!--[if mso]>"),
    *("<style>", "</style>", "<script>", "a < b", "text", "=", '"', "'", ">", "<", "\n", "<!-->"),
)


@given(st.lists(st.sampled_from(SNIPPETS) | st.text(max_size=5)).map("".join))
def test_the_pieces_are_the_whole_and_every_second_one_is_markup(html: str) -> None:
    pieces = cut(html)

    assert "".join(pieces) == html
    assert len(pieces) % 2 == 1
    assert all(piece.startswith("<") for piece in pieces[1::2])


@given(st.lists(st.sampled_from((*SNIPPETS, "Zk3x9Q")) | st.text(max_size=5)).map("".join))
def test_what_is_taken_out_of_a_text_is_taken_out_of_each_piece(html: str) -> None:
    def without_token(text: str) -> str:
        return text.replace("Zk3x9Q", "~")

    pieces = cut_without(html, without_token)

    assert "".join(pieces) == without_token(html)
    assert "\0" in html or pieces == [without_token(piece) for piece in cut(html)]


@pytest.mark.parametrize(
    ("html", "pieces"),
    [
        ("Dear Anna", ["Dear Anna"]),
        ("<p>Dear <b>Anna</b></p>", ["", "<p>", "Dear ", "<b>", "Anna", "</b>", "", "</p>", ""]),
        ('<a title="a > b" href=x>y', ["", '<a title="a > b" href=x>', "y"]),
        ('<b title=5" x>y<b id="2">', ["", '<b title=5" x>', "y", '<b id="2">', ""]),
        ("1 < 2 and 3 > 2", ["1 < 2 and 3 > 2"]),
        ("<style>a > b {}</style>c", ["", "<style>a > b {}</style>", "c"]),
        ('<style a="</style><!--">b</style>c', ["", '<style a="</style><!--">b</style>', "c"]),
        ("<title>News <3</title>a", ["", "<title>", "News <3", "</title>", "a"]),
        ("<title><!--</title><p>", ["", "<title><!--</title>", "", "<p>", ""]),
        ("<textarea/><!--</TEXTAREA >a", ["", "<textarea/><!--</TEXTAREA >", "a"]),
        ("a<!-- <a href=x> -->b", ["a", "<!-- <a href=x> -->", "b"]),
        (
            "<!--[if mso]><v:rect href='x'/><![endif]-->a",
            ["", "<!--[if mso]>", "", "<v:rect href='x'/>", "", "<![endif]-->", "a"],
        ),
        (
            "<!--[if !mso]><!--><a><!--<![endif]-->",
            ["", "<!--[if !mso]>", "", "<!-->", "", "<a>", "", "<!--<![endif]-->", ""],
        ),
    ],
)
def test_text_and_markup_are_told_apart_as_browsers_do(html: str, pieces: list[str]) -> None:
    assert cut(html) == pieces


@pytest.mark.parametrize(
    "piece",
    ["<a ", '<a b="', "<!--[if ", "<style ", "</style", "<!--", "<a ='", "<title>", "<xmp "],
)
def test_what_never_ends_is_cut_in_one_go(piece: str) -> None:
    began = perf_counter()

    cut(f"<style>{piece * 100_000}")
    cut(piece * 100_000)

    assert perf_counter() - began < 2
