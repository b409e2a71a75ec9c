import pytest

from sendguard.errors import Unreadable
from sendguard.read.kind import LARGEST_BYTES, Kind, kind_of


def complaint(raw: bytes, name: str) -> str:
    with pytest.raises(Unreadable) as caught:
        kind_of(raw, name)
    return caught.value.says


@pytest.mark.parametrize(
    ("name", "raw", "kind"),
    [
        ("issue.html", b"Hello", Kind.HTML),
        ("ISSUE.HTM", b"Hello", Kind.HTML),
        ("issue.mjml", b"Hello", Kind.MJML),
        ("issue.eml", b"Hello", Kind.MESSAGE),
        ("issue.html", b"<!-- x -->\n<mjml></mjml>", Kind.MJML),
        ("issue.eml", b"<mjml></mjml>", Kind.MESSAGE),
        ("-", b"\xef\xbb\xbf<?xml version='1.0'?><mjml>", Kind.MJML),
        ("-", b"<!doctype html><html>", Kind.HTML),
        ("-", b"Subject: <b>Hello</b>\n\nHi", Kind.MESSAGE),
        ("-", b"From ana@example.org Mon Nov 23\nX-Mailer: y\n\nHi", Kind.MESSAGE),
        ("issue.txt", b"Read <a href=x>this</a>", Kind.HTML),
        ("-", "<p>Hallo".encode("utf-16"), Kind.HTML),
    ],
)
def test_kind_follows_the_suffix_or_else_how_it_begins(name: str, raw: bytes, kind: Kind) -> None:
    assert kind_of(raw, name) == kind


@pytest.mark.parametrize("raw", [b"", b" \r\n\t", b"\xef\xbb\xbf\n", b"\xff\xfe", b"\0" * 9])
def test_an_empty_file_is_refused(raw: bytes) -> None:
    assert complaint(raw, "issue.html").startswith("issue.html is empty")


@pytest.mark.parametrize(
    ("raw", "what"),
    [
        (b"%PDF-1.7", "a PDF"),
        (b"\x89PNG\r\n", "a picture"),
        (b"PK\x03\x04", "a ZIP archive or an Office document"),
        (b"\xd0\xcf\x11\xe0\xa1", "an Outlook or old Office file"),
        (b"MZ\x90\0\x03", "not text"),
    ],
)
def test_a_binary_file_is_refused_by_what_it_is(raw: bytes, what: str) -> None:
    says = complaint(raw, "issue.html")

    assert says == f"issue.html is {what}: save it as HTML, MJML or .eml first"


def test_a_large_file_is_refused_with_its_size_and_the_limit() -> None:
    says = complaint(b"x" * (LARGEST_BYTES + 400_000), "issue.html")

    assert says == "issue.html is 5.4 MB; SendGuard reads at most 5 MB"


@pytest.mark.parametrize("raw", [b"Hello", b"https://example.org/", b"a < b"])
def test_text_that_is_no_newsletter_is_refused(raw: bytes) -> None:
    says = complaint(raw, "-")

    assert says.startswith("standard input is no newsletter that SendGuard can read")
