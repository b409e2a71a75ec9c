"""Foreign text in Markdown: it shows as what it is, and makes no markup.

Source:
    CommonMark 0.31.2, sections 2.4 (backslash escapes) and 6.1 (code spans); GitHub Flavored
    Markdown 0.29, sections 4.10 (tables) and 6.9 (autolinks).
"""

import re

from sendguard.judge.quote import plain

_MARKUP = re.compile(r"([\\`*_\[\]<>|#~&$])")
_LINKED = re.compile(r"(?i)(:(?=//)|(?<=www)\.)")
_BEGINS_BLOCK = re.compile(r"^(\d{0,9})([-+=:.)])")
_TICKS = re.compile(r"`+")


def escaped(text: str, limit: int = 300) -> str:
    """The text on one line, fit to stand anywhere in a document, also first in a line."""
    shown = _LINKED.sub(r"\\\1", _MARKUP.sub(r"\\\1", plain(text, limit)))
    return _BEGINS_BLOCK.sub(r"\1\\\2", shown)


def as_code(text: str, limit: int = 300) -> str:
    """The text on one line as code: an address that nothing makes clickable; not for tables."""
    shown = plain(text, limit)
    if not shown:
        return ""
    fence = "`" * (1 + max(map(len, _TICKS.findall(shown)), default=0))
    gap = " " if shown.startswith("`") or shown.endswith("`") else ""
    return f"{fence}{gap}{shown}{gap}{fence}"


def as_quotation(text: str, most_lines: int = 100) -> str:
    """A text of several lines as a block of quotation; empty lines part its paragraphs."""
    lines = text[:20_000].split("\n")[:most_lines]
    return "\n".join(f"> {escaped(line, 1_000)}".rstrip() for line in lines)
