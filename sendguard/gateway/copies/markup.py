"""What the HTML of a copy says of its campaign: its tags and links, and its runs of text."""

import re
from dataclasses import dataclass, replace
from functools import lru_cache
from html import unescape

from sendguard.gateway.copies.reader import Reader
from sendguard.gateway.copies.skeleton import ACTING, Skeletons
from sendguard.gateway.cut import cut


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What one piece of markup comes to.

    Attributes:
        tag: Itself, without what is its reader's own and without what people read in it.
        texts: What people read in it: `alt`, `title`.
        tokens: See `Skeletons`.
        name: Of the element; with a slash in front where it ends.
        is_loud: It makes text large or bold, as headlines are.
    """

    tag: str
    texts: tuple[str, ...]
    tokens: tuple[str, ...]
    name: str
    is_loud: bool


def acting_addresses(html: str) -> list[str]:
    """Addresses in it that seem to act, each once, without their entities.

    They are looked for by the words that may stand in them: one look for each is much quicker than
    a look at every link.
    """
    lower = html.lower()
    found: dict[str, None] = {}
    for word in ACTING:
        at = lower.find(word)
        for _ in range(_MOST_ACTING):
            if at < 0:
                break
            start, end = _around(html, at)
            found[unescape(html[start:end])] = None
            at = lower.find(word, end)
    return [one for one in found if "//" in one or one.startswith("mailto:")]


def _around(html: str, at: int) -> tuple[int, int]:
    """From where to where the value reaches that a letter stands in."""
    begin = max(html.rfind(sign, max(0, at - _LONGEST), at) for sign in "\"'= \n>") + 1
    ends = [html.find(sign, at, at + _LONGEST) for sign in "\"'> \n<"]
    return begin or at, min((end for end in ends if end >= 0), default=at + 1)


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
    pieces = cut(reader.taken_out(html))
    ids, words = reader.present_in(html)
    texts: list[str] = [run_of(pieces[0])]
    meaning: list[int] = []
    looks: list[Told] = []
    shown = Skeletons(reader)
    open_link = open_heading = is_loud = False
    for piece, text in zip(pieces[1::2], pieces[2::2], strict=True):
        if "://" in piece and (_has(ids, piece) or ("?" in piece and _has(words, piece.lower()))):
            told = _look(piece, reader)
        else:
            told = _known(piece)
        looks.append(told)
        for words_in_tag in told.texts:
            meaning.append(len(texts))
            texts.append(words_in_tag)
        if told.name in _LINKS:
            open_link = told.name[0] != "/"
        elif told.name in _HEADINGS:
            open_heading = told.name[0] != "/"
        is_loud = is_loud or told.is_loud
        run = run_of(text) if text else ""
        if "://" in run:
            run = _SHOWN.sub(lambda found: shown.of(found[0]), run)
        if run:
            if open_link or open_heading or (is_loud and _could_be_headline(run)):
                meaning.append(len(texts))
            is_loud = False
        texts.append(run)
    return Read(
        tags=[told.tag for told in looks],
        texts=texts,
        meaning=meaning,
        tokens=[token for told in looks if told.tokens for token in told.tokens] + shown.tokens,
    )


def _has(words: tuple[str, ...], text: str) -> bool:
    return any(word in text for word in words) if words else False


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
    if "url(" in tag:
        tag = _CSS_URL.sub(lambda found: f"url({skeletons.of(unescape(found[1]))}", tag)
    elif name != "style" and _STYLE.search(tag):
        tag = _STYLE.sub(lambda found: _NUMBERS.sub("0", found[0]), tag)
    return Told(
        tag=tag,
        texts=tuple(texts),
        tokens=tuple(skeletons.tokens),
        name=name,
        is_loud=name in _LOUD or bool(_LOUD_STYLE.search(piece)),
    )


def _is_dot(piece: str) -> bool:
    """A picture of one dot, which tells the sender that it was opened."""
    return len(_DOT.findall(piece)) >= 2


NOBODY = Reader()
_COMMENT = Told(tag="<!---->", texts=(), tokens=(), name="", is_loud=False)
_LONGEST = 2_000
_LONGEST_KNOWN = 500
_MOST_ACTING = 5
_HERE = "\ufdd0"
_ADDRESS = re.compile(r"\s(?:href|src)=\"(https?://[^\"\s]*)\"", re.IGNORECASE)
_READ = frozenset({"alt", "title", "aria-label"})
_LINKS = frozenset({"a", "/a", "button", "/button", "area", "title", "/title"})
_HEADINGS = frozenset(f"{slash}h{level}" for slash in ("", "/") for level in range(1, 7))
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
_DOT = re.compile(r"\s(?:width|height)\s*=\s*[\"']?[01](?:px)?[\"'\s/>]", re.IGNORECASE)
