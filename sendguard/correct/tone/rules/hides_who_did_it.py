"""hides-who-did-it."""

import re
from collections.abc import Iterator

from sendguard.correct.tone.rule import Speech, said, tone_rule

_WAS = r"(?:was|were|has been|have been|had been|got|is being)"
_HOW = r"(?: (?:\w{1,20}ly|also|somehow|by mistake|in error|not|never))*"
_PARTICIPLE = (
    r"(?:made|included|sent|inserted|added|used|published|put|placed|pasted|copied|swapped|mixed|"
    r"switched|linked|attached|entered|typed|set|chosen|picked|released|issued|printed|given|left|"
    r"committed|distributed|delivered|introduced|overlooked|missed|checked|tested|noticed|caught|"
    r"provided|directed|taken|led|pointed|misdirected|mislinked|broken|misplaced)"
)
_THING = (
    r"(?:mistakes?|errors?|oversights?|mix-?ups?|links?|address(?:es)?|urls?|buttons?|e-?mails?|"
    r"newsletters?|issues?|versions?|copy|articles?|pages?|it|they|this|that|which|something|"
    r"you|readers|you all|some of you|information)"
)
_PASSIVE = re.compile(
    rf"\b{_THING} {_WAS}{_HOW} {_PARTICIPLE}\b(?!(?: \w+){{0,3}} by (?:me|us)\b)", re.IGNORECASE
)


@tone_rule(
    advice="Put yourself first in the sentence: “We made a mistake”, “I put in the wrong link”."
)
def hides_who_did_it(speech: Speech) -> Iterator[str]:
    """The passive says what was done and not who did it.

    Why it matters:
        “A mistake was made” is what people say who did not make it. Readers hear that nobody
        stands up for it.

    Caught:
        “A mistake was made”, “an incorrect link was included”, “you were sent the wrong version”.

    Let through:
        “The link was wrong”, “the link has been corrected”, “it was sent by me”.

    Blind spot:
        Verbs that it does not know.
    """
    for words in said(_PASSIVE, speech.sentences):
        yield f"{words} does not say who did it"
