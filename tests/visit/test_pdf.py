import io
import tracemalloc
import zlib

import pypdf
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sendguard.visit.pdf import read_pdf


def a_pdf(title: str) -> bytes:
    writer = pypdf.PdfWriter()
    writer.add_blank_page(100, 100)
    writer.add_metadata({"/Title": title})
    file = io.BytesIO()
    writer.write(file)
    return file.getvalue()


WHOLE = a_pdf("Annual report")


def title_of(body: bytes, *, whole: bool = True) -> str | None:
    return read_pdf(body, media_type="application/pdf", whole=whole).title


@pytest.mark.parametrize(
    ("written", "told"),
    [
        ("Annual  report", "Annual report"),
        ("Microsoft Word - Annual report", "Annual report"),
        ("Microsoft Word - report.docx", None),
        ("report_final.indd", None),
        ("untitled", None),
        ("", None),
    ],
)
def test_the_title_is_what_a_person_would_call_it(written: str, told: str | None) -> None:
    assert title_of(a_pdf(written)) == told


def test_the_beginning_of_a_pdf_tells_no_title() -> None:
    assert title_of(WHOLE, whole=False) is None


@given(st.integers(0, len(WHOLE)), st.binary(max_size=40))
def test_no_damage_is_too_odd_to_be_read(at: int, garbage: bytes) -> None:
    title = title_of(WHOLE[:at] + garbage + WHOLE[at:])

    assert title is None or isinstance(title, str)


def a_bomb(content: bytes, about: bytes) -> bytes:
    """A PDF whose table of contents is `content`, packed."""
    packed = zlib.compress(content, 9)
    table = b"1 0 obj<</Type/XRef/Root 2 0 R/Info 3 0 R/Size 99/W[1 2 1]%b/Length %d>>stream\n%b"
    end = b"\nendstream endobj\nstartxref\n9\n%%EOF"
    return b"%PDF-1.5\n" + table % (about, len(packed), packed) + end


@pytest.mark.parametrize(
    ("letter", "is_packed", "about"),
    [
        (b"\0", False, b"/Filter/FlateDecode"),
        (b"z", False, b"/Filter[/FlateDecode/ASCII85Decode]"),
        (b"\0", False, b"/Filter/FlateDecode/DecodeParms<</Predictor 12/Columns 1>>"),
        (b"\0", True, b"/Filter[/FlateDecode/FlateDecode]"),
    ],
    ids=["zeros", "letters", "rows", "within a bomb"],
)
def test_a_bomb_in_a_pdf_is_not_unpacked(letter: bytes, about: bytes, *, is_packed: bool) -> None:
    content = letter * 30_000_000
    bomb = a_bomb(zlib.compress(content, 9) if is_packed else content, about)

    tracemalloc.start()
    try:
        title = title_of(bomb)
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()

    assert title is None
    assert peak < 20_000_000
