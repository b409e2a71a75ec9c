"""Addresses in a plain text part, each with the words that announce it."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from sendguard.links.merge_tags import tags_in
from sendguard.values import LONGEST_ADDRESS

# A merge field may hold spaces and quotation marks; of anything else they are the end.
_REST = r"(?:\{\{[^{}\n]{1,200}+\}\}|[^\s<>\"])++"
_ADDRESS = re.compile(rf"https?://{_REST}|(?<![\w@./-])www\.{_REST}", re.IGNORECASE)
_MARKDOWN = re.compile(r"\[([^\]\n]{1,300})\]\($")
_TRAILING = ".,;:!?'\"”’*_|>"
_LEADING = " \t-–—*•·>:([<|#=_"


@dataclass(frozen=True, slots=True, kw_only=True)
class TextHit:
    """An address in plain text.

    Attributes:
        offset: Where it begins, in characters.
        href: Without the punctuation that ends its sentence.
        label: The words in front of it on its line, else the last line of words before it.
    """

    offset: int
    href: str
    label: str


def find_text_hits(text: str) -> Iterator[TextHit]:
    """Every web address in a plain text, in reading order."""
    said, line_start = "", 0
    for line in text.splitlines(keepends=True):
        end = 0
        for found in _ADDRESS.finditer(line):
            front = line[end : found.start()]
            markdown = _MARKDOWN.search(front)
            label = markdown[1] if markdown else front.strip(_LEADING)
            yield TextHit(
                offset=line_start + found.start(),
                href=_trimmed(found[0]),
                label=" ".join((label or said).split())[-300:],
            )
            end = found.end()
        words = _ADDRESS.sub("", line).strip(_LEADING + "\r\n")
        said = words or said
        line_start += len(line)


def _trimmed(address: str) -> str:
    if len(address) > LONGEST_ADDRESS:
        return f"{address[:LONGEST_ADDRESS]}…"
    bare = address.rstrip(_TRAILING)
    while bare.endswith((")", "]")) and bare.count("(") + bare.count("[") < (
        bare.count(")") + bare.count("]")
    ):
        bare = bare[:-1].rstrip(_TRAILING)
    return _with_whole_tag(bare, address)


def _with_whole_tag(bare: str, address: str) -> str:
    """The address up to the end of a merge tag, some of which end like sentences."""
    for tag in tags_in(address):
        end = address.find(tag) + len(tag)
        if end - len(tag) < len(bare) < end:
            return address[:end]
    return bare
