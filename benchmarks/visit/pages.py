"""What the articles look like: pages with the weight and the markup of real ones."""

import json
import struct
import zlib
from functools import lru_cache
from hashlib import sha1

from benchmarks.visit.articles import WORDS, Article
from benchmarks.visit.behaviours import Behaviour

_STEP = 4096  # sizes are rounded to this, so that few bodies need to be kept
_GZIP_HEAD = b"\x1f\x8b\x08\0\0\0\0\0\0\x03"
_TAIL = b"\n</article></main><footer><a href='/'>Home</a></footer></body></html>\n"
_SORRY = (
    "<p>Sorry, the page you are looking for could not be found. "
    "It may have been moved or deleted.</p>"
)
_HOME_HEAD = (
    b"<!doctype html><html><head><title>Example Post - news</title></head><body><h1>Today</h1>"
)
HUGE_PIECE = b"<p>" + b"x" * 65_000 + b"</p>\n"


@lru_cache(1 << 15)
def page(found: Article, behaviour: Behaviour, *, packed: bool) -> tuple[bytes, bytes]:
    """The page up to where its text begins, and the rest; `packed`: as gzip sends them."""
    head = page_head(found, behaviour)
    steps = 1 if behaviour is Behaviour.SOFT_404 else max(1, (found.size - len(head)) // _STEP)
    body, deflated = _text(steps)
    if not packed:
        return head, body
    packer = zlib.compressobj(5, zlib.DEFLATED, -15)
    start = _GZIP_HEAD + packer.compress(head) + packer.flush(zlib.Z_FULL_FLUSH)
    check = zlib.crc32(body, zlib.crc32(head))
    return start, deflated + struct.pack("<II", check, len(head) + len(body))


def page_head(found: Article, behaviour: Behaviour) -> bytes:
    """The page up to where its text begins."""
    missing = behaviour is Behaviour.SOFT_404
    title = "Page not found" if missing else found.title
    return (
        '<!doctype html>\n<html lang="en"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width">'
        f"{_style(found)}<title>{title} | Example Post</title>{'' if missing else _facts(found)}"
        f'<link rel="canonical" href="{found.path}">'
        '<link rel="stylesheet" href="/static/site.css"></head>\n<body><header><nav>'
        '<a href="/">Home</a><a href="/topic/water">Water</a></nav></header>'
        f"<main><article><h1>{title}</h1>{_SORRY if missing else ''}\n"
    ).encode()


def _style(found: Article) -> str:
    rules = (
        f".c{at}{{margin:{at % 40}px;padding:0;color:#{at * 7919 % 0xFFFFFF:06x}}}\n"
        for at in range(found.before_title // 38)
    )
    return f"<style>{''.join(rules)}</style>" if found.before_title else ""


def _facts(found: Article) -> str:
    day = f"2026-0{found.number % 9 + 1}-1{found.number % 9}T08:00:00Z"
    facts = {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "headline": found.title,
        "datePublished": day,
        "author": [{"@type": "Person", "name": "A. Writer"}],
    }
    return (
        f'<meta property="og:title" content="{found.title}">'
        '<meta property="og:type" content="article">'
        '<meta property="og:site_name" content="Example Post">'
        f'<script type="application/ld+json">{json.dumps(facts)}</script>'
    )


@lru_cache(256)
def _text(steps: int) -> tuple[bytes, bytes]:
    body = _FILLER[: steps * _STEP] + _TAIL
    packer = zlib.compressobj(5, zlib.DEFLATED, -15)
    return body, packer.compress(body) + packer.flush()


def _filler(least: int) -> bytes:
    made = bytearray()
    at = 0
    while len(made) < least:
        made += _paragraph(at)
        at += 1
    return bytes(made)


def _paragraph(at: int) -> bytes:
    words = (
        WORDS[(at * 31 + n * n * 7 + n) % len(WORDS)] + ("," if n % 11 == 10 else "")
        for n in range(90)
    )
    text, topic, near = " ".join(words), WORDS[at % len(WORDS)], WORDS[(at + 3) % len(WORDS)]
    return (
        f'<p class="article__paragraph" data-id="{_hex(at)}">{text}. '
        f'<a href="/topic/{topic}" class="link">{near}</a> &mdash; {text[: at * 37 % 300]}</p>\n'
        f'<figure><img src="/img/{_hex(at + 1000)}.jpg" srcset="/img/{_hex(at + 2000)}@2x.jpg 2x" '
        f'alt="{text[:40]}" loading="lazy"><figcaption>{text[:80]}</figcaption></figure>\n'
    ).encode()


def _hex(number: int) -> str:
    return sha1(b"%d" % number, usedforsecurity=False).hexdigest()


_FILLER = _filler(210_000)
HOME = _HOME_HEAD + _FILLER[:40_000] + _TAIL
