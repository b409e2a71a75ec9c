"""How an address is spelt where it is to stand: in an attribute, a style, a text."""

import re
from urllib.parse import quote

from sendguard.links.merge_tags import tags_in

_ENDS_SENTENCE = ".,;:!?'\"”’*_|>"  # what is taken off the end of an address in plain text
_IN_STYLES = str.maketrans({mark: f"%{ord(mark):02X}" for mark in "'\"()\\<> "})


def in_attribute(address: str, mark: str) -> str:
    """The address between two of the quotation marks `mark`."""
    coded = address.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return coded.replace(mark, "&quot;" if mark == '"' else "&#39;")


def quoted(address: str) -> str:
    """The address as the value of an attribute, in quotation marks of its own."""
    mark = '"'
    return f"{mark}{in_attribute(address, mark)}{mark}"


def in_words(address: str) -> str:
    """The address as readers of the HTML see it."""
    return address.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def in_style(address: str) -> str:
    """The address in `url(…)`, with or without quotation marks, and in `@import`."""
    return address.translate(_IN_STYLES)


def in_text(address: str) -> str:
    """The address in plain text, where programs end a link before the mark of a sentence."""
    if any(address.endswith(tag) for tag in tags_in(address)):
        return address
    bare = re.sub(r"[?#]+$", "", address)
    stem = bare.rstrip(_ENDS_SENTENCE)
    return stem + "".join(
        f"%{ord(mark):02X}" if mark.isascii() else quote(mark) for mark in bare[len(stem) :]
    )
