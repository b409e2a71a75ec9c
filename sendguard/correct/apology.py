"""The apology: what was wrong, what is right, and sorry once, in few words."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from email.utils import parseaddr
from typing import TypeAlias

from sendguard.correct.wording import Wording
from sendguard.judge.quote import plain
from sendguard.links import is_generic
from sendguard.values import Url

LONGEST_NAME = 90
LONGEST_OWN = 600  # characters of what the editor adds; tone.py objects long before

# What would be filled in for each reader, or obeyed, by us or by the editor's own platform.
_FIELD = re.compile(r"\{(?=[{%])|\*(?=\|)|<(?=%)")
_ADDRESS = re.compile(r"https?://[^\s<>\"“”„»«]+", re.IGNORECASE)
_ENDS_A_SENTENCE = ".?!…。？！:"
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
        label = _foreign(self.label)
        return _foreign(self.headline) or label if is_generic(label) else label

    @property
    def leads_to(self) -> str:
        """What the right link is called: the title of its page, else its own name or address."""
        named = self.name if not is_generic(self.name) else ""
        return _foreign(self.title) or named or self.right.text


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
    """

    paragraphs: tuple[Paragraph, ...]
    preheader: str
    language: str
    direction: str

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


def apologise(
    wrong: Sequence[WrongLink], wording: Wording, additions: Additions | None = None
) -> Apology:
    """The apology for at least one wrong link, in the order that readers need it.

    Source:
        R. Lewicki and others, An Exploration of the Structure of Effective Apologies, 2016: to
        say that it was one's own mistake counts most, then to repair it; to ask for forgiveness
        counts least.
    """
    if not wrong:
        raise ValueError("there is nothing to apologise for")
    facts = {**_about(wrong), **_added(additions or Additions())}
    several = "_several" if len(wrong) > 1 else ""
    return Apology(
        paragraphs=tuple(_paragraphs(wrong, wording, facts, several)),
        preheader=Paragraph(_say(wording, f"preheader{several}", facts)).text,
        language=wording.language,
        direction=wording.direction,
    )


Facts: TypeAlias = Mapping[str, tuple[Piece, ...]]
"""What each slot is filled with; empty where it is not known."""


def _about(wrong: Sequence[WrongLink]) -> Facts:
    return {**_about_one(wrong[0]), "count": (str(len(wrong)),)}


def _about_one(wrong: WrongLink) -> Facts:
    opened = _foreign(wrong.opened)
    # Two pages of one title: to name it would say nothing.
    told = opened and opened not in {wrong.name, wrong.leads_to}
    return {
        "label": (Name(wrong.name),) if wrong.name else (),
        "opened": (Name(opened),) if told else (),
        "link": (LinkTo(wrong.leads_to, wrong.right),),
    }


def _added(own: Additions) -> Facts:
    address = parseaddr(plain(own.reply_to or "", LONGEST_NAME))[1]
    return {
        "reply_to": (address,) if address else (),
        "reason": tuple(_sentence(own.reason)),
        "prevention": tuple(_sentence(own.prevention)),
        "make_good": tuple(_sentence(own.make_good)),
    }


def _paragraphs(
    wrong: Sequence[WrongLink], wording: Wording, facts: Facts, several: str
) -> Iterator[Paragraph]:
    if several:
        yield from _said(wording, facts, "wrong_several", "right_several")
        for one in wrong:
            entry = _say(wording, "item", {**facts, **_about_one(one)})
            yield Paragraph(entry, listed=True)
        yield from _said(wording, facts, "nothing_to_do_several")
    else:
        happened = "wrong_dead" if wrong[0].dead else "wrong"
        yield from _said(wording, facts, happened, "right", "nothing_to_do")
    yield from _said(wording, facts, "reason", "prevention", "make_good")
    yield from _said(wording, facts, "sorry", "reply")


def _said(wording: Wording, facts: Facts, *keys: str) -> Iterator[Paragraph]:
    """One paragraph of what there is to say; none where there is nothing."""
    sentences = [sentence for key in keys if (sentence := _say(wording, key, facts))]
    pieces = [piece for sentence in sentences for piece in (" ", *sentence)]
    if pieces:
        yield Paragraph(tuple(pieces[1:]))


def _say(wording: Wording, key: str, facts: Facts) -> tuple[Piece, ...]:
    """The first way of saying it whose slots can all be filled; empty for none."""
    for sentence in wording.ways.get(key, ()):
        if all(facts.get(slot) for slot in sentence[1::2]):
            return tuple(_filled(sentence, facts))
    return ()


def _filled(sentence: Sequence[str], facts: Facts) -> Iterator[Piece]:
    last = ""
    for at, part in enumerate(sentence):
        pieces = facts[part] if at % 2 else (part,)
        for piece in pieces:
            # “Why trees?.” has one full stop too many.
            doubled = piece == "." and last.endswith(tuple(_ENDS_A_SENTENCE))
            if piece and not doubled:
                yield piece
            last = piece if isinstance(piece, str) else piece.words


def _sentence(text: str | None) -> Iterator[Piece]:
    """The editor's own words as a sentence, addresses in them as links."""
    said = plain(text or "", LONGEST_OWN)
    if said and not said.rstrip("\"'”’»)").endswith(tuple(_ENDS_A_SENTENCE)):
        said += "."
    end = 0
    for found in _ADDRESS.finditer(said):
        address = found[0].rstrip(".,;:!?)'")
        if url := Url.parse(address):
            yield said[end : found.start()]
            yield LinkTo(address, url)
            end = found.start() + len(address)
    if said[end:]:
        yield said[end:]


def _foreign(text: str | None) -> str:
    """Somebody else's words: on one line, short, and nothing in them is filled in or obeyed."""
    return _FIELD.sub(lambda mark: f"{mark[0]} ", plain(text or "", LONGEST_NAME))
