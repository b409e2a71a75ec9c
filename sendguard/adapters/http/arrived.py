"""What the answer says that a visit came to rest on: a page, a wall, or something in its place."""

import asyncio
import logging
from collections.abc import Sequence
from dataclasses import replace

from sendguard.adapters.http.heard import Heard
from sendguard.visit import Answered, Certificate, Hop, Kind, Page
from sendguard.visit.anchors import find_anchors, wanted_anchor
from sendguard.visit.enough import LIMIT
from sendguard.visit.own_text import all_text
from sendguard.visit.page import page_facts, parse_page, without_loose_end
from sendguard.visit.pdf import read_pdf
from sendguard.visit.seeming import what_it_seems
from sendguard.visit.shell import without_title
from sendguard.visit.unchanged import validators_of
from sendguard.visit.walls import detour, kind_of, wall_of

# pypdf tells the log of every flaw that it works around; nobody who checks a letter asked.
logging.getLogger("pypdf").addHandler(logging.NullHandler())
logging.getLogger("pypdf").propagate = False


async def arrived(hops: Sequence[Hop], heard: Heard, certificate: Certificate | None) -> Answered:
    """The answer that a visit came to rest on, with what its page says."""
    asked, landed = hops[0].url, hops[-1].url
    walled = heard.walled or detour(asked, landed)
    answer = Answered(
        hops=tuple(hops),
        certificate=certificate,
        validators=validators_of(heard.headers),
    )
    if walled is not None:
        return replace(answer, walled=walled, kind=kind_of(walled))
    return await _told(answer, heard) if 200 <= heard.status < 300 else answer


async def _told(answer: Answered, heard: Heard) -> Answered:
    """The answer with what its page says."""
    kind = heard.media_type
    if heard.is_whole and not heard.body.strip():
        return replace(answer, page=Page(media_type=kind), kind=Kind.EMPTY)
    if kind == "application/pdf":
        # A PDF made to be slow must not hold up the other visits.
        is_part = heard.cut_short or len(heard.body) >= LIMIT
        page = await asyncio.to_thread(read_pdf, heard.body, media_type=kind, whole=not is_part)
        return replace(answer, page=page)
    return _read(answer, heard) if "html" in kind else replace(answer, page=Page(media_type=kind))


def _read(answer: Answered, heard: Heard) -> Answered:
    is_loose = heard.cut_short or len(heard.body) >= LIMIT
    body = without_loose_end(heard.body[:LIMIT]) if is_loose else heard.body
    tree = parse_page(body, heard.charset)
    landed = answer.landed.url
    page = page_facts(tree, media_type=heard.media_type, url=landed, cut_short=heard.cut_short)
    is_whole = heard.is_whole or len(heard.body) >= LIMIT
    seems = what_it_seems(tree, heard.body[:LIMIT], page, answer.hops, is_whole=is_whole)
    if walled := wall_of(seems.kind, landed):
        return replace(answer, walled=walled, kind=kind_of(walled))
    if seems.kind is Kind.SHELL:
        page = without_title(page)
    if seems.kind is Kind.PAGE and is_loose and not (heard.cut_short or page.best_title):
        seems = replace(seems, kind=Kind.UNTOLD)
    if heard.is_whole and wanted_anchor(landed):
        anchors = find_anchors(heard.body, len(all_text(tree).split()))
        page = replace(page, anchors=anchors)
    return replace(answer, page=page, kind=seems.kind, signs=seems.signs)
