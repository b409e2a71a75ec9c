"""What the MJML compiler says, in words and with a place."""

import re
from collections.abc import Mapping

from sendguard.errors import Unreadable
from sendguard.read.mjml.syntax import Markup
from sendguard.values import Place

_COMPLAINT = re.compile(
    r"(?P<what>.*?) in (?:root template|template from \"(?P<file>.*)\")"
    r"(?: at position (?P<start>\d+):(?P<end>\d+))?"
)
_WORDS = {
    "unexpected element": "{snippet} cannot stand here: see which elements MJML allows in this one",
    "unexpected token": "{snippet} cannot stand here: put it in mj-text or mj-raw, or remove it",
    "invalid attribute": "MJML does not know this value here: {snippet}",
    'missing attribute "path" in element': '{snippet} names no file: write path="…"',
    'missing attribute "name" in element': '{snippet} has no name: write name="…"',
}


def explain(complaint: str, main: Markup, included: Mapping[str, Markup]) -> Unreadable:
    """The compiler's complaint for an editor.

    Args:
        complaint: Its own words; a position in them counts bytes from 0.
        main: The newsletter.
        included: The included files, by path as written.
    """
    found = _COMPLAINT.fullmatch(complaint)
    if not found:
        return Unreadable(f"{main.lines.file} cannot be built: {complaint}")
    markup = included.get(found["file"], main) if found["file"] else main
    if not found["start"]:
        return Unreadable(f"{markup.lines.file} cannot be built: {found['what']}")
    place, snippet = _position(markup, int(found["start"]), int(found["end"]))
    words = _WORDS.get(found["what"], f"MJML cannot be built here ({found['what']}): {{snippet}}")
    return Unreadable(words.replace("{snippet}", snippet), place)


def _position(markup: Markup, start: int, end: int) -> tuple[Place, str]:
    raw = markup.tamed.encode()
    first, last = (len(raw[:byte].decode("utf-8", "ignore")) for byte in (start, end))
    piece = markup.text[first : max(last, first + 1)]
    skipped = len(piece) - len(piece.lstrip())
    return markup.lines.place(first + skipped), f"“{' '.join(piece.split())[:60]}”"
