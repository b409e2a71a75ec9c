"""Links in drawings (SVG, MathML), where browsers read markup otherwise than anywhere else."""

import re
from collections.abc import Iterable, Iterator

from selectolax.lexbor import LexborHTMLParser

from sendguard.errors import Unreadable
from sendguard.values import LONGEST_ADDRESS, Lines

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
        Unreadable: There is one; it says which.

    Source:
        HTML, section 13.2.6.5 (tokens in foreign content).
    """
    drawing = _DRAWING.search(text)
    if drawing is None:
        return
    known = set(map(_bare, found))
    for href in _live(text):
        if _bare(href) not in known:
            says = (
                f"a drawing (<svg> or <math>) hides a link to {href[:_LONGEST]}, which only some "
                "programs show: take the drawing out, or the <style>, <title> or CDATA in it"
            )
            raise Unreadable(says, lines.place(drawing.start()))


def _live(text: str) -> Iterator[str]:
    """What browsers would follow, read by a parser that reads as they do, but slower."""
    for node in LexborHTMLParser(text).css("a, area, base"):
        values = node.attributes
        href = values.get("href") or values.get("xlink:href")
        if href:
            yield href


def _bare(href: str) -> str:
    return "".join(href.split())[: LONGEST_ADDRESS // 2]


_LONGEST = 200
