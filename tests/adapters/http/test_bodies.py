import asyncio
import gzip
import io
import zlib

import pypdf
import pytest

from sendguard.visit import Kind
from sendguard.visit.enough import LIMIT
from tests.adapters.http.visiting import answer, facts
from tests.servers import page, site, titled

CHUNKED = b"HTTP/1.1 200 OK\r\ncontent-type: text/html\r\ntransfer-encoding: chunked\r\n\r\n"


def chunk(content: bytes) -> bytes:
    return b"%x\r\n%b\r\n" % (len(content), content)


def a_pdf(title: str) -> bytes:
    writer = pypdf.PdfWriter()
    writer.add_blank_page(100, 100)
    writer.add_metadata({"/Title": title})
    file = io.BytesIO()
    writer.write(file)
    return file.getvalue()


class Endless:
    """A page that never ends, and how much of it could be sent."""

    def __init__(self, start: bytes) -> None:
        self._start = start
        self.sent = 0

    async def __call__(self, writer: asyncio.StreamWriter) -> None:
        writer.write(CHUNKED + chunk(self._start))
        while True:
            writer.write(chunk(b"<p>on and on</p>" * 512))
            self.sent += 8192
            await writer.drain()


@pytest.mark.parametrize("start", [b"<html><body>", b"<head><title>Endless</title></head>"])
async def test_an_endless_body_is_left_soon(start: bytes) -> None:
    endless = Endless(start)
    async with site({"/": endless}) as origin:
        page = await facts(f"{origin}/")

    assert not page.cut_short
    # What was read, and what the buffers of two sockets on one computer can hold.
    assert endless.sent < LIMIT + 8 * 1024 * 1024


async def test_a_bomb_is_unpacked_only_as_far_as_wanted() -> None:
    bomb = gzip.compress(b"<body>" + b"0" * 50_000_000, compresslevel=1)
    async with site({"/": page(bomb, content_encoding="gzip")}) as origin:
        outcome = await answer(f"{origin}/")

    assert outcome.page
    assert outcome.page.best_title is None


@pytest.mark.parametrize(
    ("encoding", "packed"),
    [
        ("gzip", gzip.compress(b"<title>Packed</title>", mtime=0)),
        ("x-gzip", gzip.compress(b"<title>Packed</title>", mtime=0)),
        ("deflate", zlib.compress(b"<title>Packed</title>")),
        ("deflate", zlib.compress(b"<title>Packed</title>")[2:-4]),
        ("identity", b"<title>Packed</title>"),
    ],
)
async def test_what_was_asked_for_packed_is_unpacked(encoding: str, packed: bytes) -> None:
    async with site({"/": page(packed, content_encoding=encoding)}) as origin:
        seen = await facts(f"{origin}/")

    assert seen.title == "Packed"


async def test_a_packed_page_that_breaks_off_is_cut_short() -> None:
    packed = gzip.compress(b"<html><body>" + bytes(range(256)) * 40)[:-20]
    async with site({"/": page(packed, content_encoding="gzip")}) as origin:
        seen = await facts(f"{origin}/")

    assert seen.cut_short


async def test_a_page_shorter_than_it_says_is_cut_short() -> None:
    async def stop_early(writer: asyncio.StreamWriter) -> None:
        writer.write(page("<html><head><title>Half a ti", content_length="900"))
        await writer.drain()
        writer.close()

    async with site({"/": stop_early}) as origin:
        seen = await facts(f"{origin}/")

    assert seen.cut_short


async def test_a_page_that_dawdles_before_its_title_is_cut_short() -> None:
    async def dawdle(writer: asyncio.StreamWriter) -> None:
        writer.write(CHUNKED + chunk(b"<html><head>"))
        await asyncio.sleep(60)

    async with site({"/": dawdle}) as origin:
        seen = await facts(f"{origin}/", timeout_s=1)

    assert seen.cut_short


async def test_a_page_that_dawdles_behind_its_title_is_not_waited_for() -> None:
    async def dawdle(writer: asyncio.StreamWriter) -> None:
        writer.write(CHUNKED + chunk(b"<html><head><title>Quick</title></head>"))
        await asyncio.sleep(60)

    async with site({"/": dawdle}) as origin, asyncio.timeout(30):
        seen = await facts(f"{origin}/", timeout_s=50)

    assert seen.title == "Quick"


async def test_a_title_behind_a_hundred_kilobytes_of_style_is_found() -> None:
    style = "<style>" + "p{color:red}" * 9_000 + "</style>"
    async with site({"/": page(f"<head>{style}<title>Deep</title></head>")}) as origin:
        seen = await facts(f"{origin}/")

    assert seen.title == "Deep"


async def test_a_title_that_stands_only_in_the_heading_is_found() -> None:
    html = "<head><title>127.0.0.1</title></head><body>" + "<p>x</p>" * 5_000 + "<h1>Deep</h1>"
    async with site({"/": page(html)}) as origin:
        seen = await facts(f"{origin}/")

    assert seen.heading == "Deep"


@pytest.mark.parametrize(
    ("raw", "kind"),
    [
        ("<title>Köln</title>".encode("latin-1"), "text/html; charset=utf-8"),
        ("<title>Köln</title>".encode(), "text/html; charset=iso-8859-1"),
        ("<title>Köln</title>".encode("latin-1"), "text/html; charset=klingon"),
        ("<title>Köln</title>".encode("utf-16"), "text/html"),
        ("<meta charset=windows-1252><title>Köln</title>".encode("cp1252"), "text/html"),
    ],
)
async def test_a_wrong_charset_does_not_spoil_a_title(raw: bytes, kind: str) -> None:
    async with site({"/": page(raw, kind=kind)}) as origin:
        seen = await facts(f"{origin}/")

    assert seen.title == "Köln"


async def test_a_pdf_tells_its_title() -> None:
    async with site({"/": page(a_pdf("Annual report"), kind="application/pdf")}) as origin:
        seen = await facts(f"{origin}/")

    assert seen.media_type == "application/pdf"
    assert seen.title == "Annual report"


async def test_the_flaws_of_a_pdf_are_not_told_to_the_log(
    caplog: pytest.LogCaptureFixture,
) -> None:
    flawed = a_pdf("Annual report").replace(b"startxref", b"startxxxx")
    async with site({"/": page(flawed, kind="application/pdf")}) as origin:
        await facts(f"{origin}/")

    assert [record for record in caplog.records if "pypdf" in record.name] == []


async def test_a_picture_is_not_read() -> None:
    async with site({"/": page(b"\x89PNG" * 100_000, kind="image/png")}) as origin:
        seen = await facts(f"{origin}/")

    assert seen.media_type == "image/png"
    assert seen.best_title is None


async def test_a_page_that_says_nothing_of_its_kind_is_looked_at() -> None:
    async with site({"/": page("<title>Untold</title>", kind="")}) as origin:
        seen = await facts(f"{origin}/")

    assert seen.media_type == "text/html"
    assert seen.title == "Untold"


async def test_a_page_that_is_missing_has_no_facts() -> None:
    async with site({}) as origin:
        outcome = await answer(f"{origin}/nothing")

    assert outcome.landed.status == 404
    assert outcome.page is None
    assert outcome.walled is None


async def test_an_anchor_that_is_nowhere_does_not_spoil_the_facts() -> None:
    async with site({"/": titled("Anchored")}) as origin:
        seen = await facts(f"{origin}/#nowhere")

    assert seen.title == "Anchored"
    assert not seen.cut_short


@pytest.mark.parametrize("status", ["200 OK", "204 No Content", "205 Reset Content"])
@pytest.mark.parametrize("kind", ["text/html", ""])
async def test_success_without_a_letter_is_empty(status: str, kind: str) -> None:
    async with site({"/": page(" \n" if status.startswith("200") else "", status, kind)}) as origin:
        seen = await answer(f"{origin}/")

    assert seen.kind is Kind.EMPTY


async def test_a_picture_that_is_not_read_is_not_empty() -> None:
    async with site({"/": page("", kind="image/gif")}) as origin:
        seen = await answer(f"{origin}/")

    assert seen.kind is Kind.PAGE
