"""What a rule of tone is, what it sees, and how it is applied."""

import inspect
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import TypeAlias

from sendguard.correct.apology import Apology
from sendguard.judge.quote import quoted

MOST_READ = 8_000  # characters; an apology has a few hundred
_END = re.compile(r"(?<=[.!?…])\s+|\n+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Speech:
    """All that a rule of tone may see.

    Attributes:
        sentences: The sender's own words, `…` in the place of names; straight apostrophes.
        words: How many words there are to read.
        links: How many links there are to follow.
    """

    sentences: tuple[str, ...]
    words: int
    links: int

    @classmethod
    def of(cls, apology: Apology) -> "Speech":
        """What an apology says, sentence by sentence."""
        own = apology.own[:MOST_READ].replace("’", "'")
        sentences = tuple(one for part in _END.split(own) if (one := part.strip()))
        return cls(sentences=sentences, words=apology.words, links=len(apology.links))


@dataclass(frozen=True, slots=True, kw_only=True)
class Objection:
    """One thing wrong with the tone.

    Attributes:
        rule: Name of the rule.
        says: What is wrong, a sentence.
        advice: What to write instead, a sentence.
    """

    rule: str
    says: str
    advice: str

    def __str__(self) -> str:
        """Both, as two sentences."""
        return f"{self.says}. {self.advice}"


ToneCheck: TypeAlias = Callable[[Speech], Iterator[str]]


@dataclass(frozen=True, slots=True, kw_only=True)
class ToneRule:
    """A check of the tone and its label. It yields one sentence for each thing wrong.

    Attributes:
        name: As its file, with hyphens.
        advice: What to write instead.
        everywhere: It holds in every language; others know English only.
        check: The check.
        page: Why, in words for editors.
    """

    name: str
    advice: str
    everywhere: bool
    check: ToneCheck
    page: str


def tone_rule(*, advice: str, everywhere: bool = False) -> Callable[[ToneCheck], ToneRule]:
    """Declare the decorated check as a rule of tone, named after its function."""

    def declare(check: ToneCheck) -> ToneRule:
        return ToneRule(
            name=check.__name__.replace("_", "-"),
            advice=advice,
            everywhere=everywhere,
            check=check,
            page=inspect.getdoc(check) or "",
        )

    return declare


def said(pattern: re.Pattern[str], sentences: Iterable[str]) -> Iterator[str]:
    """What the pattern finds, between quotation marks: the first in each sentence."""
    for sentence in sentences:
        if found := pattern.search(sentence):
            yield quoted(found[0].strip(" ,;:"))
