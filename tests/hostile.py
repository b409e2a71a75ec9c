"""Answers that mean harm, for `tests.servers.site`: floods, bombs, crawls and nonsense."""

import asyncio
import gzip
import ssl
import struct
import zlib
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress
from socket import SO_LINGER, SOL_SOCKET

from tests.servers import Reply, moved, page

START = b"HTTP/1.1 200 OK\r\ncontent-type: text/html\r\n"
CHUNKED = START + b"transfer-encoding: chunked\r\n\r\n"
TITLED = b"<html><head><title>Harmless</title></head><body><p>Hello</p></body></html>"


def chunk(content: bytes) -> bytes:
    return b"%x\r\n%b\r\n" % (len(content), content)


def crawling(start: bytes, rest: bytes, pause_s: float) -> Reply:
    """`start` at once, and of the rest a byte now and then."""

    async def answer(writer: asyncio.StreamWriter) -> None:
        writer.write(start)
        for byte in rest:
            await writer.drain()
            await asyncio.sleep(pause_s)
            writer.write(bytes([byte]))

    return answer


def endless(start: bytes, piece: bytes) -> Reply:
    """`start`, and `piece` for ever, as fast as it is taken."""

    async def answer(writer: asyncio.StreamWriter) -> None:
        writer.write(start)
        while True:
            writer.write(piece)
            await writer.drain()

    return answer


def then_closed(reply: bytes) -> Reply:
    """`reply`, and the end of the connection."""

    async def answer(writer: asyncio.StreamWriter) -> None:
        writer.write(reply)
        await writer.drain()
        writer.close()

    return answer


def then_reset(reply: bytes) -> Reply:
    """`reply`, and the connection broken off without a word."""

    async def answer(writer: asyncio.StreamWriter) -> None:
        writer.write(reply)
        await writer.drain()
        at_once = struct.pack("ii", 1, 0)
        writer.get_extra_info("socket").setsockopt(SOL_SOCKET, SO_LINGER, at_once)
        writer.transport.abort()

    return answer


def bomb(packed_as: str, megabytes: int) -> Reply:
    """That much of nothing, packed as small as it goes, and unpacked only by who takes it."""
    wbits = 16 + zlib.MAX_WBITS if packed_as == "gzip" else zlib.MAX_WBITS
    packer = zlib.compressobj(9, zlib.DEFLATED, wbits)
    start = START + f"content-encoding: {packed_as}\r\nconnection: close\r\n\r\n".encode()
    first = packer.compress(b"<body>" + bytes(1 << 20)) + packer.flush(zlib.Z_FULL_FLUSH)
    # Behind a full flush, the same bytes unpack to the same again.
    again = packer.compress(bytes(1 << 20)) + packer.flush(zlib.Z_FULL_FLUSH)

    async def answer(writer: asyncio.StreamWriter) -> None:
        writer.write(start + first)
        for _ in range(megabytes):
            writer.write(again)
            await writer.drain()
        writer.close()

    return answer


def headers(*lines: bytes) -> bytes:
    """A sound page under these headers, with its length among them."""
    return START + b"".join(line + b"\r\n" for line in lines) + b"\r\n" + TITLED


def sized(*lengths: str) -> Reply:
    """A sound page that gives its length in these words."""
    return then_closed(headers(*(f"content-length: {length}".encode() for length in lengths)))


LENGTH = b"content-length: %d" % len(TITLED)

HEADERS: dict[str, Reply] = {
    "a-hundred-thousand": headers(LENGTH, *(b"x-%d: y" % n for n in range(100_000))),
    "nine-thousand-names": headers(LENGTH, *(b"%x:" % n for n in range(9_000))),
    "one-of-a-megabyte": headers(LENGTH, b"x: " + b"y" * 1_000_000),
    "one-without-end": endless(START + b"x: ", b"y" * 65_536),
    "many-without-end": endless(START, b"x: y\r\n" * 8_192),
    "ten-thousand-cookies": headers(LENGTH, *(b"set-cookie: a%d=b" % n for n in range(10_000))),
    "crawling": crawling(START, b"x: " + b"y" * 1_000, 0.05),
    "a-crawling-status": crawling(b"", START, 0.05),
    "early-hints-for-ever": endless(b"", b"HTTP/1.1 103 Early Hints\r\nlink: </x>\r\n\r\n" * 999),
    "continue-for-ever": endless(b"", b"HTTP/1.1 100 Continue\r\n\r\n" * 999),
    "a-name-with-a-space": headers(LENGTH, b"not a name: y"),
    "no-colon": headers(LENGTH, b"no colon at all"),
    "a-zero-byte": headers(LENGTH, b"x: \0"),
    "every-byte": headers(LENGTH, b"x: " + bytes({*range(1, 256)} - {10, 13})),
    "folded": headers(LENGTH, b"x: y\r\n z"),
}

LENGTHS: dict[str, Reply] = {
    "too-short": sized("10"),
    "too-long": sized("9000"),
    "negative": sized("-5"),
    "letters": sized("many"),
    "two-that-differ": sized("10", "74"),
    "two-alike": sized(str(len(TITLED)), str(len(TITLED))),
    "of-thirty-digits": sized("9" * 30),
    "of-five-thousand-digits": sized("9" * 5_000),
    "chunked-too": then_closed(
        START + LENGTH + b"\r\ntransfer-encoding: chunked\r\n\r\n" + chunk(TITLED) + b"0\r\n\r\n"
    ),
}

BODIES: dict[str, Reply] = {
    "without-end": endless(CHUNKED, chunk(b"<p>on and on</p>" * 512)),
    "crawling": crawling(CHUNKED + chunk(b"<head>"), chunk(b"x") * 100, 0.05),
    "five-megabytes-of-head": page(b"<head><style>" + b"p{}" * 1_700_000 + b"</style>" + TITLED),
    "bomb-gzip": bomb("gzip", 10),
    "bomb-deflate": bomb("deflate", 10),
    "a-bomb-within-a-bomb": page(
        gzip.compress(gzip.compress(bytes(10_000_000))), content_encoding="gzip, gzip"
    ),
    "garbage-behind-the-packed-end": endless(
        START + b"content-encoding: gzip\r\n\r\n" + gzip.compress(b"<body>"), b"\xff" * 65_536
    ),
    "packed-nothing-for-ever": endless(
        START + b"content-encoding: deflate\r\n\r\n\x78\x9c", b"\x00\x00\x00\xff\xff" * 9_999
    ),
    "a-file-name-without-end": endless(
        START + b"content-encoding: gzip\r\n\r\n\x1f\x8b\x08\x08" + bytes(6), b"x" * 65_536
    ),
    "packed-in-two-parts": page(
        gzip.compress(TITLED[:20]) + gzip.compress(TITLED[20:]), content_encoding="gzip"
    ),
    "not-packed-at-all": page(TITLED, content_encoding="gzip"),
    "packed-and-not-said": page(gzip.compress(TITLED)),
    "packed-as-utf-8": page(TITLED, content_encoding="utf-8"),
    "chunks-of-letters": then_closed(CHUNKED + b"zz\r\n" + TITLED),
    "a-negative-chunk": then_closed(CHUNKED + b"-5\r\nhello\r\n"),
    "a-chunk-of-terabytes": endless(CHUNKED + b"ffffffffffff\r\n", b"<p>on and on</p>" * 512),
    "a-chunk-beyond-numbers": then_closed(CHUNKED + b"f" * 5_000 + b"\r\n" + TITLED),
    "a-chunk-extension-without-end": endless(CHUNKED + b"5;x=", b"y" * 65_536),
    "trailers-without-end": endless(CHUNKED + b"0\r\n", b"x: y\r\n" * 8_192),
    "chunks-that-break-off": then_closed(CHUNKED + chunk(b"<html><head>") + b"5"),
}

CRUMBS: dict[str, Reply] = {
    "of-text": endless(CHUNKED, chunk(b"x") * 4_096),
    "of-tags": endless(CHUNKED + chunk(b"<head>"), chunk(b"<") * 4_096),
    "of-titles": endless(CHUNKED + chunk(b"<head>"), chunk(b"<title ") * 4_096),
}

TALK: dict[str, Reply] = {
    "nothing-at-all": then_closed(b""),
    "http-0-9": then_closed(TITLED),
    "http-9-9": then_closed(headers(LENGTH).replace(b"HTTP/1.1", b"HTTP/9.9")),
    "http-2": then_closed(b"\x00\x00\x12\x04\x00\x00\x00\x00\x00" + bytes(18)),
    "noise": then_closed(bytes(range(256)) * 64),
    "noise-without-end": endless(b"", bytes(range(256)) * 256),
    "a-line-without-end": endless(b"HTTP/1.1 200 ", b"O" * 65_536),
    "blank-lines-without-end": endless(b"", b"\r\n" * 32_768),
    "status-999": then_closed(page(TITLED, "999 Denied")),
    "status-99": then_closed(page(TITLED, "99 Low")),
    "status-0": then_closed(page(TITLED, "000 Zero")),
    "status-minus-one": then_closed(page(TITLED, "-1 Less")),
    "another-protocol": page("", "101 Switching Protocols", upgrade="websocket", kind=""),
    "no-content-with-content": page(TITLED, "204 No Content"),
    "not-modified-with-content": page(TITLED, "304 Not Modified"),
    "two-answers": page(TITLED) + page("<title>Smuggled</title>"),
}

MOVES: dict[str, Reply] = {
    "to-a-megabyte": moved("/" + "x" * 1_000_000),
    "to-nine-thousand-letters": moved("/" + "x" * 9_000),
    "to-a-file": moved("file:///etc/passwd"),
    "to-a-gopher": moved("gopher://127.0.0.1:9/x"),
    "to-ftp": moved("ftp://127.0.0.1/x"),
    "to-data": moved("data:text/html,<title>Harmless</title>"),
    "to-a-script": moved("javascript:alert(1)"),
    "to-a-view-of-its-source": moved("view-source:http://127.0.0.1/"),
}

HARMS: dict[str, Reply] = {
    f"{kind}/{name}": reply
    for kind, replies in {
        "headers": HEADERS,
        "length": LENGTHS,
        "body": BODIES,
        "crumbs": CRUMBS,
        "talk": TALK,
        "moved": MOVES,
    }.items()
    for name, reply in replies.items()
}
"""All of them, by kind and name."""

_ENDS = {
    "200 Harmless": """headers/every-byte headers/folded length/too-long body/packed-in-two-parts
        body/packed-as-utf-8 talk/two-answers""",
    "200 untold": """body/without-end body/five-megabytes-of-head body/bomb-gzip
        body/bomb-deflate body/a-chunk-of-terabytes""",
    "200 untitled": "body/garbage-behind-the-packed-end body/packed-and-not-said",
    "200 untitled, cut short": """body/crawling body/packed-nothing-for-ever
        body/a-file-name-without-end body/a-chunk-extension-without-end
        body/chunks-that-break-off""",
    "timeout": """headers/crawling headers/a-crawling-status headers/early-hints-for-ever
        headers/continue-for-ever talk/blank-lines-without-end""",
    "reset": "talk/nothing-at-all",
    "999": "talk/status-999",
    "101": "talk/another-protocol",
    "0": "talk/status-0",
}

EXPECTED: dict[str, str] = {
    **dict.fromkeys(HARMS, "no-proper-answer"),
    **{f"crumbs/{name}": "200 untitled, cut short" for name in CRUMBS},
    **{name: end for end, names in _ENDS.items() for name in names.split()},
}
"""What a visit to each comes to, as `visiting.in_short` says it; to crumbs, if time is short."""

Talk = Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]]


async def says_nothing(reader: asyncio.StreamReader, _: asyncio.StreamWriter) -> None:
    while await reader.read(65_536):
        pass


async def talks_garbage(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    while True:
        writer.write(bytes(range(256)) * 256)
        await writer.drain()


async def says_half_a_hello(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    """The first bytes of a TLS record that is said to be long, and no more."""
    writer.write(b"\x16\x03\x03\x3f\xff\x02\x00")
    await says_nothing(reader, writer)


async def hangs_up(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    writer.close()


@asynccontextmanager
async def door(talk: Talk) -> AsyncIterator[int]:
    """A port of this computer behind which `talk` has the say, from the first byte on."""
    talks = set[asyncio.Task[None]]()

    async def keep(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            with suppress(ConnectionError, ssl.SSLError):
                await talk(reader, writer)
        finally:
            writer.transport.abort()

    def begin(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        talks.add(asyncio.create_task(keep(reader, writer)))

    server = await asyncio.start_server(begin, "127.0.0.1", 0)
    try:
        yield server.sockets[0].getsockname()[1]
    finally:
        server.close()
        for task in talks:
            task.cancel()
        await asyncio.gather(*talks, return_exceptions=True)
