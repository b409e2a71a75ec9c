"""How an apology sounds: what readers would not forgive, and what to write instead. It warns."""

from dataclasses import dataclass

from sendguard.correct.apology import Apology
from sendguard.correct.tone.rule import Objection, Speech, ToneRule
from sendguard.correct.tone.rules import ALL

_KNOWN = "en"


@dataclass(frozen=True, slots=True)
class Tone:
    """What there is to say against the tone of an apology.

    Attributes:
        objections: In the order of the rules.
        unread: What could not be judged, a sentence; None where all of it was.
    """

    objections: tuple[Objection, ...]
    unread: str | None = None


def hear(apology: Apology) -> Tone:
    """How the whole of it sounds, with what the editor added."""
    speech = Speech.of(apology)
    is_known = apology.language == _KNOWN
    objections = tuple(
        Objection(rule=rule.name, says=says, advice=rule.advice)
        for rule in ALL
        if is_known or rule.everywhere
        for says in rule.check(speech)
    )
    return Tone(objections, None if is_known else _unread(apology))


def _unread(apology: Apology) -> str:
    return (
        f"The apology is in another language than English ({apology.language}): only its length "
        "and its link were looked at, so read it to somebody."
    )


__all__ = ["ALL", "Objection", "Tone", "ToneRule", "hear"]
