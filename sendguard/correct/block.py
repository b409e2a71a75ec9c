"""The apology as a block on top of a newsletter, in its HTML and in its plain text."""

import html
import re
from dataclasses import dataclass
from functools import lru_cache

from sendguard.correct.apology import Apology, LinkTo, Paragraph, Piece
from sendguard.correct.edits import Edit, edited, in_order
from sendguard.correct.spot import Spot, find_spot
from sendguard.judge.clipping import CLIPPED_FROM, in_kilobytes, sent_bytes
from sendguard.read.mjml.build import compile_mjml

_PAPER, _INK, _EDGE, _LINK = "#fff4d6", "#222222", "#9a6700", "#0b4f8a"
_SLOT = "THE-APOLOGY"
_ANY_WIDTH = "600px"
_FRAME = """\
<mjml><mj-body width="{width}"><mj-section background-color="{paper}" direction="{direction}"
 border-{side}="4px solid {edge}" padding="8px 0"><mj-column><mj-text align="{side}"
 color="{ink}" font-family="Arial, Helvetica, sans-serif" font-size="16px" line-height="24px"
 font-weight="normal" text-transform="none" letter-spacing="normal" padding="8px 20px"
 >{slot}</mj-text></mj-column></mj-section></mj-body></mjml>"""
_BODY = re.compile(r"<body[^>]*><div[^>]*>(.*)</div></body>", re.DOTALL)
_HIDDEN = (
    '<div style="display:none;font-size:1px;line-height:1px;max-height:0;max-width:0;opacity:0;'
    'overflow:hidden;mso-hide:all">{}</div>'
)
_TEXT_RULE = "-" * 60


@dataclass(frozen=True, slots=True, kw_only=True)
class Topped:
    """A text with the apology on top.

    Attributes:
        text: All of it.
        edits: What was changed, in order; every other letter is as it was.
    """

    text: str
    edits: tuple[Edit, ...]


def on_top_of_html(newsletter: str, apology: Apology) -> Topped:
    """The newsletter with the block on top, and the preheader that says what changed.

    Raises:
        Unreadable: It has more tags than any newsletter.
    """
    spot = find_spot(newsletter)
    block, words = block_html(apology, spot), html.escape(apology.preheader)
    if span := spot.preheader:
        told = Edit(span.start, span.end, words)
        return _topped(newsletter, told, Edit(spot.offset, spot.offset, block))
    hidden = _HIDDEN.format(words)
    if spot.top == spot.offset:
        return _topped(newsletter, Edit(spot.top, spot.top, hidden + block))
    told = Edit(spot.top, spot.top, hidden)
    return _topped(newsletter, told, Edit(spot.offset, spot.offset, block))


def on_top_of_text(newsletter: str, apology: Apology) -> Topped:
    """The plain text with the apology as its first paragraphs, in the same kind of lines."""
    start = 1 if newsletter.startswith("\ufeff") else 0
    newline = "\r\n" if "\r\n" in newsletter else "\n"
    told = "\n\n".join((_told(apology), _TEXT_RULE, "")).replace("\n", newline)
    return _topped(newsletter, Edit(start, start, told))


def size_told(before: str, after: str) -> str:
    """How large the HTML is with the apology, and whether Gmail cuts it off: a sentence."""
    small, large = sent_bytes(before), sent_bytes(after)
    sizes = f"The HTML takes {in_kilobytes(large)} with the apology, {in_kilobytes(small)} without"
    if large <= CLIPPED_FROM:
        return f"{sizes}; Gmail shows all of it."
    limit = in_kilobytes(CLIPPED_FROM)
    if small <= CLIPPED_FROM:
        return f"{sizes}: only now Gmail cuts off what is behind {limit}, which is the end of it."
    return f"{sizes}; Gmail cuts off what is behind {limit}, as it did before."


def block_html(apology: Apology, spot: Spot) -> str:
    """The block by itself, made for its place."""
    side = "right" if apology.direction == "rtl" else "left"
    frame = _frame(spot.width, side, apology.direction)
    if not spot.centred:
        frame = frame.replace("margin:0px auto;", "margin:0px;").replace(' align="center"', "")
    lang = html.escape(apology.language)
    attributes = f'<div lang="{lang}" dir="{apology.direction}" '
    return frame.replace("<div ", attributes, 1).replace(_SLOT, _paragraphs(apology))


@lru_cache(16)
def _frame(width: str | None, side: str, direction: str) -> str:
    """The block without its words: these no compiler has to understand."""
    is_exact = width is not None and width.endswith("px")
    mjml = _FRAME.format(
        width=width if is_exact else _ANY_WIDTH,
        direction=direction,
        side=side,
        paper=_PAPER,
        ink=_INK,
        edge=_EDGE,
        slot=_SLOT,
    )
    found = _BODY.search(compile_mjml(mjml, {}))
    if found is None:
        raise ValueError("the MJML compiler gives another frame than it used to")
    frame = _in_own_colours(found[1])
    return frame if is_exact else _as_wide_as(frame, width or "100%")


def _in_own_colours(frame: str) -> str:
    """With its colours said by every box of it, because newsletters style `td`, `div` and `a`."""
    painted = re.sub(r'(<(?:td|div)\b[^>]*\bstyle=")', rf"\1background-color:{_PAPER};", frame)
    return painted.replace(f";color:{_INK};", f";{_ink(_INK)};")


def _ink(colour: str) -> str:
    """No style of the newsletter changes the important ones; Outlook obeys only the other."""
    return f"color:{colour};color:{colour} !important;background-color:{_PAPER} !important"


def _as_wide_as(frame: str, width: str) -> str:
    frame = frame.replace(f"max-width:{_ANY_WIDTH}", f"max-width:{width}")
    frame = frame.replace(f'width="600" style="width:{_ANY_WIDTH};"', f'width="{width}"')
    return re.sub(r"vertical-align:top;width:\d+px;", "vertical-align:top;width:100%;", frame)


def _paragraphs(apology: Apology) -> str:
    """Lines of one box: what newsletters say of `p` and `div` does not hold for `br`."""
    told = ""
    last: Paragraph | None = None
    for one in apology.paragraphs:
        if last:
            told += "<br>" if last.listed and one.listed else "<br><br>"
        told += f"&bull; {_pieces(one)}" if one.listed else _pieces(one)
        last = one
    return told


def _pieces(paragraph: Paragraph) -> str:
    return "".join(map(_piece, paragraph.pieces))


def _piece(piece: Piece) -> str:
    if not isinstance(piece, LinkTo):
        return html.escape(piece if isinstance(piece, str) else piece.words)
    return (
        f'<a href="{html.escape(piece.url.text)}" style="{_ink(_LINK)};'
        f'font-weight:bold;text-decoration:underline">{html.escape(piece.words)}</a>'
    )


def _told(apology: Apology) -> str:
    """The paragraphs as plain text, each address behind its words."""
    told = ""
    for one in apology.paragraphs:
        gap = "\n" if one.listed and told.rpartition("\n")[2].startswith("- ") else "\n\n"
        told += (gap if told else "") + ("- " if one.listed else "") + _plain(one)
    return told


def _plain(paragraph: Paragraph) -> str:
    told = ""
    for piece in paragraph.pieces:
        match piece:
            case LinkTo(words=words, url=url) if words != url.text:
                told += f"{words} <{url.text}>"
            case LinkTo(url=url):
                told += f"<{url.text}>"
            case str():
                told += piece
            case _:
                told += piece.words
    return told


def _topped(text: str, *edits: Edit) -> Topped:
    ordered = in_order(edits)
    return Topped(text=edited(text, ordered), edits=ordered)
