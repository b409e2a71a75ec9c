"""The apology: what was wrong, what is right, and sorry once, in few words."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from email.utils import parseaddr
from typing import TypeAlias

from sendguard.correct.apology import (
    LONGEST_NAME,
    Additions,
    Apology,
    LinkTo,
    Name,
    Paragraph,
    Piece,
    WrongLink,
    foreign,
)
from sendguard.correct.wording import Sentence, Wording
from sendguard.judge.quote import plain
from sendguard.values import Url

LONGEST_OWN = 600  # characters of what the editor adds; tone.py objects long before

_ADDRESS = re.compile(r"https?://[^\s<>\"“”„»«]+", re.IGNORECASE)
_UNSAID: Mapping[str, Sequence[Sentence]] = {"nothing_to_do": (), "nothing_to_do_several": ()}
_ENDS_A_SENTENCE = ".?!…。？！:"


def apologise(
    wrong: Sequence[WrongLink],
    wording: Wording,
    additions: Additions | None = None,
    *,
    is_whole: bool = True,
) -> Apology:
    """The apology for at least one wrong link, in the order that readers need it.

    Args:
        wrong: In reading order.
        wording: In which words.
        additions: What the editor adds.
        is_whole: Nothing below is wrong any more; where that is not sure, it is not said.

    Source:
        R. Lewicki and others, An Exploration of the Structure of Effective Apologies, 2016: to
        say that it was one's own mistake counts most, then to repair it; to ask for forgiveness
        counts least.
    """
    if not wrong:
        raise ValueError("there is nothing to apologise for")
    facts = {**_about(wrong), **_added(additions or Additions())}
    if not is_whole:
        wording = replace(wording, ways={**wording.ways, **_UNSAID})
    several = "_several" if len(wrong) > 1 else ""
    return Apology(
        paragraphs=tuple(_paragraphs(wrong, wording, facts, several)),
        preheader=Paragraph(_say(wording, f"preheader{several}", facts)).text,
        language=wording.language,
        direction=wording.direction,
        word=wording.word,
    )


Facts: TypeAlias = Mapping[str, tuple[Piece, ...]]
"""What each slot is filled with; empty where it is not known."""


def _about(wrong: Sequence[WrongLink]) -> Facts:
    return {**_about_one(wrong[0]), "count": (str(len(wrong)),)}


def _about_one(wrong: WrongLink) -> Facts:
    opened = foreign(wrong.opened)
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
