import io

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
