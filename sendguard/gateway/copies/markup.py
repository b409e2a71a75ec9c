"""What the HTML of a copy says of its campaign: its tags and links, and its runs of text."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from html import unescape

from sendguard.gateway.copies.reader import Reader
from sendguard.gateway.copies.skeleton import Skeletons
from sendguard.gateway.cut import cut_without
from sendguard.links.stories import INNER_BLOCKS, LARGE, MAY_BE_STYLED, NAMED


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What one piece of markup comes to.

    Attributes:
        tag: Itself, without what is its reader's own and without what people read in it.
        texts: What people read in it: `alt`, `title`.
        tokens: See `Skeletons`.
        name: Of the element; with a slash in front where it ends.
        is_loud: It makes text large or bold, as headlines are.
        is_headline: What it holds is taken for a headline by whoever looks for what a link means.
        is_sign: It has words, or bears upon what the text behind it means.
    """

    tag: str
    texts: tuple[str, ...]
    tokens: tuple[str, ...]
    name: str
    is_loud: bool
    is_headline: bool = False
    is_sign: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Read:
    """What HTML comes to: see `Copy`."""

    tags: list[str]
    texts: list[str]
    meaning: list[int]
    tokens: list[str]


def read_markup(html: str, reader: Reader) -> Read:
    """Take the HTML of one copy apart.

    The look of a piece is kept for the next copy, unless something of this reader is in it.
    """
    pieces = cut_without(html, reader.taken_out)
    looks = _looks(pieces[1::2], html, reader)
    runs = _Runs(shown=Skeletons(reader), texts=[run_of(pieces[0])])
    for told, text in zip(looks, pieces[2::2], strict=True):
        if told.is_sign or runs.headline:
            runs.pass_by(told)
        if not text or text.isspace():
            runs.texts.append("")
        else:
            runs.add(run_of(text))
    runs.end_headline()
    if runs.has_drawing:  # in which tags may be live within what is a comment anywhere else
        pairs = zip(pieces[1::2], looks, strict=True)
        looks = [replace(told, tag=of) if "<" in of[1:] else told for of, told in pairs]
    return Read(
        tags=[told.tag for told in looks],
        texts=runs.texts,
        meaning=runs.meaning,
        tokens=[token for told in looks if told.tokens for token in told.tokens]
        + runs.shown.tokens,
    )


def _looks(pieces: Sequence[str], html: str, reader: Reader) -> list[Told]:
    """What each piece comes to."""
    may_name = bool(_NAME_PARAMETER.search(html)) if reader.words else False
    return [
        _look(piece, reader)
        if may_name and "?" in piece
        else (_known(piece) if len(piece) <= _LONGEST else _known_long(piece))
        for piece in pieces
    ]


@dataclass(slots=True)
class _Runs:
    """The texts of one copy, and which of them say what links are meant to open.

    Attributes:
        shown: Makes the skeletons of addresses that stand in texts.
        texts: In reading order.
        meaning: Places of those that say it.
        headline: The element of a headline that is open; empty for none.
        depth: How often it was opened.
        in_headline: The places of the runs in it so far.
    """

    shown: Skeletons
    texts: list[str]
    meaning: list[int] = field(default_factory=list)
    is_in_link: bool = False
    is_in_heading: bool = False
    is_loud: bool = False
    headline: str = ""
    depth: int = 0
    has_drawing: bool = False
    in_headline: list[int] = field(default_factory=list)

    def pass_by(self, told: Told) -> None:
        """Come by a piece of markup that bears upon what stands behind it, or holds words."""
        for words in told.texts:
            self.meaning.append(len(self.texts))
            self.texts.append(words)
        if self.headline:
            self._go_on(told.name)
        if told.is_headline and not self.headline:
            self.headline, self.depth = told.name, 1
        if told.name in _LINKS:
            self.is_in_link = told.name[0] != "/"
        elif told.name in _HEADINGS:
            self.is_in_heading = told.name[0] != "/"
        self.is_loud = self.is_loud or told.is_loud
        self.has_drawing = self.has_drawing or told.name in _DRAWINGS

    def add(self, run: str) -> None:
        """Read on."""
        if "://" in run:
            run = _SHOWN.sub(lambda found: self.shown.of(found[0]), run)
        is_link = self.is_in_link or self.is_in_heading
        if run and (is_link or (self.is_loud and _could_be_headline(run))):
            self.meaning.append(len(self.texts))
        if run and self.headline:
            self.in_headline.append(len(self.texts))
        self.is_loud = self.is_loud and not run
        self.texts.append(run)

    def end_headline(self) -> None:
        """Numbers alone are no headline."""
        if any(letter.isalpha() for place in self.in_headline for letter in self.texts[place]):
            self.meaning += self.in_headline
        self.headline, self.in_headline = "", []

    def _go_on(self, name: str) -> None:
        if name in INNER_BLOCKS:
            self.end_headline()  # it holds more than a headline
        elif name == self.headline:
            self.depth += 1
        elif name == f"/{self.headline}":
            self.depth -= 1
            if not self.depth:
                self.end_headline()


def run_of(text: str) -> str:
    """A run of text as people see it: without entities, its white space single."""
    return _known_run(text) if len(text) <= _LONGEST_KNOWN else _run_of(text)


def _run_of(text: str) -> str:
    return " ".join((unescape(text) if "&" in text else text).split())


_known_run = lru_cache(8192)(_run_of)  # nearly all of them are the same in the next copy


def _could_be_headline(run: str) -> bool:
    return run.count(" ") >= 2 and not any(character.isdigit() for character in run)


@lru_cache(8192)
def _known(piece: str) -> Told:
    return _look(piece, NOBODY)


@lru_cache(64)
def _known_style(piece: str) -> Told:
    return _whole(piece, NOBODY)


def _known_long(piece: str) -> Told:
    """Style sheets are kept, too, but not so many, and none that would fill the memory."""
    return _known_style(piece) if len(piece) <= _LONGEST_STYLE else _whole(piece, NOBODY)


def _look(piece: str, reader: Reader) -> Told:
    """What a piece comes to; all of it but its address is the same for many readers."""
    found = _ADDRESS.search(piece) if len(piece) <= _LONGEST else None
    if not found:
        return _whole(piece, reader)
    rest = _known_rest(f"{piece[: found.start(1)]}{_HERE}{piece[found.end(1) :]}")
    if rest is None:
        return _whole(piece, reader)
    skeletons = Skeletons(reader)
    address = skeletons.of(unescape(found[1]))
    return replace(rest, tag=f"{rest.tag} {address}", tokens=tuple(skeletons.tokens))


@lru_cache(8192)
def _known_rest(piece: str) -> Told | None:
    """What a piece comes to whose address was taken out; None where it has others."""
    told = _whole(piece, NOBODY)
    return None if told.tokens or "://" in told.tag or _is_dot(piece) else told


def _whole(piece: str, reader: Reader) -> Told:
    if piece.startswith("<!--") and not piece.startswith("<!--["):
        return _COMMENT
    named = _NAME.match(piece)
    name = named[1].lower() if named else ""
    if name == "a" and not _HREF.search(piece):
        name = ""  # a mark to jump to, which many never close
    skeletons = Skeletons(reader)
    texts: list[str] = []
    is_dot = name == "img" and _is_dot(piece)
    plain = unescape(piece) if "&" in piece else piece

    def attribute(found: re.Match[str]) -> str:
        key, written = found["key"].lower(), found["value"]
        value = written.strip("\"'") if written[:1] in "\"'" else written
        if key in _READ:
            texts.append(run_of(value))
            return f"{key}"
        if key == "srcset":
            return f"{key}={','.join(map(skeletons.of, unescape(value).split(',')))}"
        if is_dot:
            return f"{key}={value.partition('://')[2].partition('/')[0]}"
        return f"{key}={skeletons.of(unescape(value))}"

    tag = _ATTRIBUTE.sub(attribute, piece) if "=" in piece else piece
    if "url(" in tag.lower():
        tag = _CSS_URL.sub(lambda found: f"url({skeletons.of(unescape(found[1]))}", tag)
    elif name != "style" and _STYLE.search(tag):
        tag = _STYLE.sub(lambda found: _NUMBERS.sub("0", found[0]), tag)
    is_loud = name in _LOUD or bool(_LOUD_STYLE.search(piece))
    is_headline = name in MAY_BE_STYLED and _looks_large(plain)
    return Told(
        tag=tag,
        texts=tuple(texts),
        tokens=tuple(skeletons.tokens),
        name=name,
        is_loud=is_loud,
        is_headline=is_headline,
        is_sign=bool(texts) or is_loud or is_headline or name in _SIGNS,
    )


def _looks_large(piece: str) -> bool:
    named = (found[1] for found in _CLASS.finditer(piece))
    return bool(LARGE.search(piece)) or any(map(NAMED.search, named))


def _is_dot(piece: str) -> bool:
    """A picture of one dot, which tells the sender that it was opened."""
    sizes = {name.lower(): value for name, value in reversed(_SIZE.findall(piece))}
    return len(sizes) == 2 and all(value in _DOT for value in sizes.values())


NOBODY = Reader()
_COMMENT = Told(tag="<!---->", texts=(), tokens=(), name="", is_loud=False, is_sign=False)
_LONGEST = 2_000
_LONGEST_KNOWN = 500
_LONGEST_STYLE = 200_000
_HERE = "\ufdd0"
_ADDRESS = re.compile(r"\s(?:href|src)=\"(https?://[^\"\s]*)\"", re.IGNORECASE)
_READ = frozenset({"alt", "title", "aria-label"})
_LINKS = frozenset(
    {
        *("a", "/a", "button", "/button", "area", "title", "/title", "v:rect", "/v:rect"),
        *("v:roundrect", "/v:roundrect", "v:oval", "/v:oval", "v:shape", "/v:shape"),
    }
)
_DRAWINGS = frozenset({"svg", "math"})
_HEADINGS = frozenset(f"{slash}h{level}" for slash in ("", "/") for level in range(1, 7))
_SIGNS = _LINKS | _HEADINGS | _DRAWINGS
_LOUD = frozenset({"b", "strong", "th", "caption", "legend", "summary", "big", "font"})
_NAME = re.compile(r"<(/?[a-zA-Z][^\s/>]*)")
_ATTRIBUTE = re.compile(
    r"(?<=[\s\"'])(?P<key>href|src|srcset|background|action|formaction|poster|data|cite|alt|title"
    r"|aria-label|content|xlink:href|data-[\w-]{1,40})\s*=\s*"
    r"(?P<value>\"[^\"]*\"|'[^']*'|[^\s>\"']+)",
    re.IGNORECASE,
)
_CSS_URL = re.compile(r"url\(\s*(?:&quot;|[\"'])?([^\"')]*)", re.IGNORECASE)
# A bar may be as long as its reader has points.
_STYLE = re.compile(r"(?:style|width|height)\s*=\s*(?:\"[^\"]*\"|'[^']*'|\d+)", re.IGNORECASE)
_HREF = re.compile(r"\shref\s*=", re.IGNORECASE)
_SHOWN = re.compile(r"https?://[^\s<>\"]{1,8000}", re.IGNORECASE)
_NUMBERS = re.compile(r"\d+")
_LOUD_STYLE = re.compile(
    r"font-size:\s*(?:1[7-9]|[2-9]\d)|font-weight:\s*(?:bold|[6-9]00)"
    r"|(?:class|id)\s*=\s*[\"'][^\"']*(?:head|title|h[1-6]\b)",
    re.IGNORECASE,
)
_SIZE = re.compile(r"\s(width|height)\s*=\s*[\"']?([^\s\"'/>]*)", re.IGNORECASE)
_DOT = frozenset({"0", "1", "0px", "1px"})
_CLASS = re.compile(r"\sclass\s*=\s*[\"']?([^\"'>]*)", re.IGNORECASE)
_NAME_PARAMETER = re.compile(r"[?&;][a-zA-Z_]{1,8}[nN][aA][mM][eE]=")
