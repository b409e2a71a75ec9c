"""Links in drawings (SVG, MathML), where browsers read markup otherwise than anywhere else."""

import re
from collections.abc import Iterable, Iterator
from html import unescape

from selectolax.lexbor import LexborHTMLParser

from sendguard.errors import Unreadable
from sendguard.values import LONGEST_ADDRESS, Lines

MOST_TAGS, MOST_FORMATTING = 20_000, 1_000
"""Far more than newsletters have; browsers take n² steps for what is left open."""

_TOO_MUCH = (
    f"there is a drawing (<svg> or <math>) beside more than {MOST_TAGS:,} tags, or more than "
    f"{MOST_FORMATTING:,} such as <b> and <font>: take the drawing out"
)
_DRAWING = re.compile(r"<(?:svg|math)(?=[\s/>])", re.IGNORECASE)


def refuse_hidden(text: str, found: Iterable[str], lines: Lines) -> None:
    """Raise where a drawing makes a link live that was not found.

    In a drawing `<style>` and `<title>` may hold tags, and `<![CDATA[` reaches to `]]>`, so that
    what is a style sheet to one program is a link to the next. Nobody writes that on purpose who
    wants readers to find the link; so it is not followed further, but told.

    Args:
        text: HTML.
        found: Every address that was found in it, of `base`, too.
        lines: Places in it.

    Raises:
        Unreadable: There is one; it says which. Or there is so much beside the drawing that to read
            it as browsers do could take minutes.

    Source:
        HTML, section 13.2.6.5 (tokens in foreign content).
    """
    drawing = _DRAWING.search(text)
    if drawing is None:
        return
    if text.count("<") > MOST_TAGS or len(_FORMATTING.findall(text)) > MOST_FORMATTING:
        raise Unreadable(_TOO_MUCH, lines.place(drawing.start()))
    known = set(map(_bare, found))
    for href in _live(text):
        if _bare(href) not in known:
            says = (
                f"a drawing (<svg> or <math>) hides a link to {_shown(href)}, which only some "
                "programs show: take the drawing out, or the <style>, <title> or CDATA in it"
            )
            raise Unreadable(says, lines.place(drawing.start()))


def _live(text: str) -> Iterator[str]:
    """What browsers would follow, read by a parser that reads as they do, but slower."""
    for node in LexborHTMLParser(text).css("a, area, base"):
        values = node.attributes
        href = values["href"] if "href" in values else values.get("xlink:href")
        if href:
            yield href


def _bare(href: str) -> str:
    """What two parsers agree on: not how `&copy=2` reads, and not how long an address may be."""
    return "".join(_ODD.sub("", unescape(href)).split())[: LONGEST_ADDRESS // 2]


def _shown(href: str) -> str:
    return "".join(filter(str.isprintable, href[:_LONGEST]))


_LONGEST = 200
_FORMATTING = re.compile(
    r"<(?:b|big|code|em|font|i|nobr|s|small|strike|strong|tt|u)(?=[\s/>])", re.IGNORECASE
)
_ODD = re.compile("[\0\ufffd]")
