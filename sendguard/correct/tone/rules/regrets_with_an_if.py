"""regrets-with-an-if."""

import re
from collections.abc import Iterator

from sendguard.correct.tone.rule import Speech, said, tone_rule

_SORRY = re.compile(r"\b(?:sorry|apolog\w*|regret\w*)\b", re.IGNORECASE)
_IF = re.compile(
    r"\b(?:if|in case|should (?:this|it|you|anyone|anybody)|to (?:anyone|anybody|any of you|"
    r"whoever)|to those who (?:were|felt|feel|may|might))\b(?: [^\s,.;]{1,30}){0,5}",
    re.IGNORECASE,
)
_ANY = re.compile(
    r"\b(?:(?:for )?any (?:\w+ )?(?:inconvenience|confusion|trouble|frustration|disruption|"
    r"misunderstanding|problems?|issues?)|(?:may|might|could) have "
    r"(?:caused|confused|inconvenienced|offended|upset|led|affected|created))\b",
    re.IGNORECASE,
)

_MEANS = "makes the regret depend on whether anybody minded"


@tone_rule(advice="You know that it was wrong, so say “We are sorry.” and end there.")
def regrets_with_an_if(speech: Speech) -> Iterator[str]:
    """Regret is made to depend on whether anybody minded.

    Why it matters:
        “Sorry if anyone was inconvenienced” doubts that anyone was, and blames those who were.

    Caught:
        “We apologise if this caused confusion”, “any inconvenience”, “may have caused”.

    Let through:
        An offer with an if: “If you paid for it, reply and we send it back.”

    Blind spot:
        An if in another sentence than the regret.
    """
    for words in said(_ANY, speech.sentences):
        yield f"{words} {_MEANS}"
    regrets = [one for one in speech.sentences if _SORRY.search(one) and not _ANY.search(one)]
    for words in said(_IF, regrets):
        yield f"{words} {_MEANS}"
