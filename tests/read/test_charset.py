import codecs

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sendguard.read import decode

PRICE = "Prix : 12 €, réservé à l’avance"


@pytest.mark.parametrize(
    "raw",
    [
        codecs.BOM_UTF8 + PRICE.encode("utf-8"),
        codecs.BOM_UTF16_LE + PRICE.encode("utf-16-le"),
        codecs.BOM_UTF16_BE + PRICE.encode("utf-16-be"),
        codecs.BOM_UTF32_LE + PRICE.encode("utf-32-le"),
    ],
)
def test_a_byte_order_mark_settles_it_and_is_no_part_of_the_text(raw: bytes) -> None:
    assert decode(raw, "koi8-r") == PRICE


@pytest.mark.parametrize("charset", ["utf-8", "windows-1252"])
def test_without_any_claim_it_is_utf8_or_else_windows_1252(charset: str) -> None:
    assert decode(PRICE.encode(charset)) == PRICE


@pytest.mark.parametrize(
    ("head", "charset", "text"),
    [
        ('<meta charset="windows-1251">', "cp1251", "Привет"),
        ("<META CHARSET=koi8-r>", "koi8-r", "Привет"),
        (
            '<meta http-equiv="Content-Type" content="text/html; charset=gb2312">',
            "gb18030",
            "你好㐀",
        ),
        ('<?xml version="1.0" encoding="Shift_JIS"?>', "cp932", "①日本"),
        ('<meta charset="iso-8859-1">', "cp1252", "12 € – “so”"),
        ('<meta charset="ks_c_5601-1987">', "cp949", "똠방각하"),
        ('<meta charset="x-sjis">', "cp932", "日本"),
    ],
)
def test_a_charset_written_in_the_text_is_obeyed(head: str, charset: str, text: str) -> None:
    assert decode((head + text).encode(charset)) == head + text


def test_what_a_header_declares_comes_before_what_is_written() -> None:
    raw = '<meta charset="koi8-r">Привет'.encode("cp1251")

    assert decode(raw, "windows-1251").endswith("Привет")


@pytest.mark.parametrize("claim", ["iso-8859-1", "us-ascii", "gb2312", "no-such-charset", ""])
def test_sound_utf8_wins_over_a_claim_that_it_contradicts(claim: str) -> None:
    text = f'<meta charset="{claim}">{PRICE}'

    assert decode(text.encode("utf-8")) == text


@pytest.mark.parametrize("claim", ["iso-8859-1", None])
def test_a_last_letter_alone_is_no_cut_character(claim: str | None) -> None:
    assert decode(b"caf\xe9", claim) == "café"


def test_a_false_claim_of_utf8_is_not_believed() -> None:
    text = '<meta charset="utf-8">déjà'

    assert decode(text.encode("cp1252")) == text


def test_one_damaged_byte_does_not_undo_utf8() -> None:
    raw = PRICE.encode("utf-8") + b"\xff" + PRICE.encode("utf-8")

    assert decode(raw) == f"{PRICE}\ufffd{PRICE}"


def test_a_page_cut_inside_a_character_is_still_utf8() -> None:
    raw = PRICE.encode("utf-8") + "é".encode()[:1]

    assert decode(raw).startswith(PRICE)


@given(st.binary(max_size=300), st.none() | st.text(max_size=20))
def test_no_bytes_and_no_claim_are_an_error(raw: bytes, claim: str | None) -> None:
    text = decode(raw, claim)

    text.encode("utf-8")


@given(
    st.sampled_from(["idna", "punycode", "undefined", "unicode_escape", "zlib", "rot13", "mbcs"])
)
def test_codecs_that_are_no_charset_are_ignored(claim: str) -> None:
    assert decode(PRICE.encode("utf-8"), claim) == PRICE
