"""keeps-its-distance."""

import re
from collections.abc import Iterator

from sendguard.correct.tone.rule import Speech, said, tone_rule

_TROUBLE = r"(?:mistake|error|issue|problem|mix-?up|oversight|mishap|slip-?up|incident|typo)s?"
_DISTANCE = re.compile(
    r"\b(?:(?:sorry|apologi[sz]e|regret)(?: that| about how)? (?:this|it|that) (?:has |had )?"
    r"(?:happened|occurred|took place)"
    rf"|(?:an?|the|this|some) (?:\w+ )?{_TROUBLE} (?:has |have |had )?(?:occurred|happened|arose|"
    r"crept in|slipped (?:in|through|past)|appeared|took place|came up|found its way)"
    rf"|there (?:was|were|has been|have been|seems to have been) (?:an? |some )?(?:\w+ )?{_TROUBLE}"
    r"|it (?:appears|seems|turns out|would appear|would seem) that"
    r"|(?:it )?has come to our attention|(?:as )?some of you (?:may|might) have noticed"
    r"|(?:you|readers|some of you) (?:may|might) have (?:received|noticed|seen|found))",
    re.IGNORECASE,
)
_UNFORTUNATELY = re.compile(r"\b(?:unfortunately|regrettably|sadly)\b", re.IGNORECASE)
_OWNED = re.compile(r"\b(?:i|we|my|our|i've|we've|i'd|we'd)\b", re.IGNORECASE)


@tone_rule(advice="Say what you did: “We made a mistake: …”, “I put in the wrong link.”")
def keeps_its_distance(speech: Speech) -> Iterator[str]:
    """The mistake is told like the weather: it happened.

    Why it matters:
        What merely “occurred” belongs to nobody. Readers forgive a mistake that is owned.

    Caught:
        “We're sorry this happened”, “unfortunately an error occurred”, “it appears that”.

    Let through:
        “Unfortunately I pasted the wrong address”: somebody did it.

    Blind spot:
        Distance in the choice of finer words.
    """
    for sentence in speech.sentences:
        told = list(said(_DISTANCE, [sentence]))
        if not told and not _OWNED.search(sentence):
            told = list(said(_UNFORTUNATELY, [sentence]))
        for words in told:
            yield f"{words} tells the mistake as if it had happened by itself"
