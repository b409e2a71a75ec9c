"""What an apology is: its paragraphs, names and links; and what it is made of."""

import re
from dataclasses import dataclass
from typing import TypeAlias

from sendguard.judge.quote import plain
from sendguard.links import is_generic
from sendguard.values import Url

LONGEST_NAME = 90

# What would be filled in for each reader, or obeyed, by us or by the editor's own platform.
_FIELD = re.compile(r"\{(?=[{%])|\*(?=\|)|<(?=%)")
_NAMELESS = "…"


@dataclass(frozen=True, slots=True, kw_only=True)
class WrongLink:
    """One wrong link, as readers know it.

    Attributes:
        label: Its words or alt text.
        headline: Of its story; None outside any.
        opened: Title of the page that it opened; None where nobody knows.
        title: Title of the page that it should open; None where nobody knows.
        right: What it should open.
        dead: It opened nothing.
    """

    label: str
    headline: str | None
    opened: str | None
    title: str | None
    right: Url
    dead: bool = False

    @property
    def name(self) -> str:
        """What readers would call it; empty where it has no words of its own."""
        label = foreign(self.label)
        return foreign(self.headline) or label if is_generic(label) else label

    @property
    def leads_to(self) -> str:
        """What the right link is called: the title of its page, else its own name or address."""
        named = self.name if not is_generic(self.name) else ""
        return foreign(self.title) or named or self.right.text


@dataclass(frozen=True, slots=True, kw_only=True)
class Additions:
    """What the editor adds to an apology; each a sentence or two, or None.

    Attributes:
        reply_to: Who reads the answers, as in `campaign.yaml`.
        reason: Why it happened.
        make_good: What readers get for their trouble.
        prevention: What will keep it from happening again.
    """

    reply_to: str | None = None
    reason: str | None = None
    make_good: str | None = None
    prevention: str | None = None


@dataclass(frozen=True, slots=True)
class LinkTo:
    """Words that are a link."""

    words: str
    url: Url


@dataclass(frozen=True, slots=True)
class Name:
    """Words that are somebody else's: what a link or a page is called."""

    words: str


Piece: TypeAlias = str | Name | LinkTo


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph of an apology.

    Attributes:
        pieces: Words, names and links, in order.
        listed: It is one entry of the list of right links.
    """

    pieces: tuple[Piece, ...]
    listed: bool = False

    @property
    def text(self) -> str:
        """What is read of it."""
        return "".join(one if isinstance(one, str) else one.words for one in self.pieces)

    @property
    def own(self) -> str:
        """The sender's own words, `…` in the place of every name and link."""
        return "".join(one if isinstance(one, str) else _NAMELESS for one in self.pieces)


@dataclass(frozen=True, slots=True, kw_only=True)
class Apology:
    """What a correction says on top of the newsletter.

    Attributes:
        paragraphs: In order.
        preheader: What mail programs show beside the subject.
        language: As in `lang`.
        direction: `ltr` or `rtl`.
        word: What stands before the subject, in its language.
    """

    paragraphs: tuple[Paragraph, ...]
    preheader: str
    language: str
    direction: str
    word: str

    @property
    def links(self) -> tuple[LinkTo, ...]:
        """Every link of it, in order."""
        pieces = (piece for one in self.paragraphs for piece in one.pieces)
        return tuple(piece for piece in pieces if isinstance(piece, LinkTo))

    @property
    def words(self) -> int:
        """How many words the sender uses: a name counts as one, and the list of links as none."""
        return sum(len(one.own.split()) for one in self.paragraphs if not one.listed)

    @property
    def own(self) -> str:
        """The sender's own words, without the names that they quote: tone is about these."""
        return "\n".join(one.own for one in self.paragraphs)


def foreign(text: str | None) -> str:
    """Somebody else's words: on one line, short, and nothing in them is filled in or obeyed."""
    return _FIELD.sub(lambda mark: f"{mark[0]} ", plain(text or "", LONGEST_NAME))
