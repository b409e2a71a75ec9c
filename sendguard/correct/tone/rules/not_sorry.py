"""not-sorry."""

import re
from collections.abc import Iterator

from sendguard.correct.tone.rule import Speech, tone_rule

_SORRY = re.compile(r"\b(?:sorry|apologi[sz]\w*|apology|apologies|regret)\b", re.IGNORECASE)


@tone_rule(advice="Add one sentence: “We are sorry.”")
def not_sorry(speech: Speech) -> Iterator[str]:
    """Nobody says sorry.

    Why it matters:
        Without it a correction reads like an announcement.

    Caught:
        An apology without “sorry”, “we apologise” or the like.

    Let through:
        “I apologise”, “my apologies”, “sorry”.

    Blind spot:
        A “sorry” that stands in another sense.
    """
    if not any(map(_SORRY.search, speech.sentences)):
        yield "It does not say sorry"
