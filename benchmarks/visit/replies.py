"""The four ways in which the stand-in web answers, as they go over the wire."""

from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from typing import TypeAlias

from benchmarks.visit.articles import Article
from benchmarks.visit.behaviours import HUGE_BYTES, SLOW_S, Behaviour
from benchmarks.visit.pages import HUGE_PIECE, page, page_head

HTML = "text/html; charset=utf-8"
_REASONS = {
    200: "OK",
    301: "Moved Permanently",
    302: "Found",
    403: "Forbidden",
    404: "Not Found",
    405: "Method Not Allowed",
    410: "Gone",
    429: "Too Many Requests",
    500: "Internal Server Error",
}


@dataclass(frozen=True, slots=True)
class Whole:
    """An answer that is sent at once."""

    head: bytes
    body: tuple[bytes, ...] = ()


@dataclass(frozen=True, slots=True)
class Piecewise:
    """An answer whose first part comes at once, the others each after a pause."""

    head: bytes
    pieces: tuple[bytes, ...]
    pause_s: float


@dataclass(frozen=True, slots=True)
class HangUp:
    """The connection is reset."""


Reply: TypeAlias = Whole | Piecewise | HangUp


def whole(
    status: int, *body: bytes, kind: str = HTML, extra: str = "", without_body: bool = False
) -> Whole:
    """An answer; `extra`: more header lines; `without_body`: as to HEAD."""
    head = _head(status, sum(map(len, body)), kind, extra)
    return Whole(head, () if without_body else body)


def moved(status: int, to: str) -> Whole:
    """A redirect."""
    return whole(status, extra=f"Location: {to}\r\n")


@cache
def failure(status: int, *, extra: str = "", without_body: bool = False) -> Whole:
    """An answer that says no more than its status."""
    name = f"{status} {_REASONS[status]}"
    head = f"<!doctype html><html><head><title>{name}</title></head>"
    text = f"{head}<body><h1>{name}</h1></body></html>".encode()
    return whole(status, text, extra=extra, without_body=without_body)


def of_article(found: Article, behaviour: Behaviour, *, packed: bool, without_body: bool) -> Whole:
    """The article's page."""
    extra = "Content-Encoding: gzip\r\nVary: Accept-Encoding\r\n" if packed else ""
    parts = page(found, behaviour, packed=packed)
    return whole(200, *parts, extra=extra, without_body=without_body)


def huge(found: Article) -> Piecewise:
    """The article's head, and 50 MB behind it."""
    start = page_head(found, Behaviour.OK)
    pieces = (HUGE_PIECE,) * (HUGE_BYTES // len(HUGE_PIECE))
    head = _head(200, len(start) + len(pieces) * len(HUGE_PIECE), HTML, "")
    return Piecewise(head + start, pieces, 0)


def slow(found: Article, scale: float) -> Piecewise:
    """The article's head, and its text in twelve parts."""
    start, text = page(found, Behaviour.OK, packed=False)
    cuts = [len(text) * part // 12 for part in range(13)]
    pieces = tuple(text[a:b] for a, b in pairwise(cuts))
    head = _head(200, len(start) + len(text), HTML, "")
    return Piecewise(head + start, pieces, SLOW_S * scale / 12)


def _head(status: int, length: int, kind: str, extra: str) -> bytes:
    return (
        f"HTTP/1.1 {status} {_REASONS[status]}\r\nServer: bench\r\nContent-Type: {kind}\r\n"
        f"Content-Length: {length}\r\n{extra}Connection: keep-alive\r\n\r\n"
    ).encode()
