"""makes-excuses."""

import re
from collections.abc import Iterator

from sendguard.correct.tone.rule import Speech, said, tone_rule

_EXCUSE = re.compile(
    r"\b(?:(?:we|i)(?: (?:are|were|am|was)|'re|'m) (?:(?:all |very |so |really |only |just )*)"
    r"(?:busy|in a (?:rush|hurry)|rushing|under (?:\w+ )?pressure|short[- ]staffed|understaffed|"
    r"overworked|tired|distracted|human|new (?:at|to)|sick|ill|on holiday|away)"
    r"|due to (?:time|deadline|workload|staff\w*|circumstances|human|unforeseen)"
    r"|(?:tight|looming) (?:deadline|schedule)s?|human error|only human|nobody is perfect"
    r"|nobody's perfect|no one is perfect|(?:mistakes|these things|it|accidents|errors) happens?\b"
    r"(?! to open)|happens to (?:the best|everyone|everybody|all of us)|to err is human"
    r"|(?:beyond|outside) our control|unforeseen|circumstances|in (?:all|our) (?:the )?(?:rush|"
    r"excitement|hurry|haste)|(?:friday|monday) (?:afternoon|morning)|not enough coffee"
    r"|before (?:my|our|the) (?:first |morning )?coffee|honest mistake|simple mistake"
    r"|(?:small|minor|tiny|little) (?:mistake|error|slip|mix-?up|oversight)|just an? (?:mistake|"
    r"error|slip|oversight|typo))\b",
    re.IGNORECASE,
)


@tone_rule(advice="Say what you did and what you will do; leave out why it was understandable.")
def makes_excuses(speech: Speech) -> Iterator[str]:
    """A reason is given why one should not mind.

    Why it matters:
        Why you were tired costs the reader time and helps nobody. What happened, said plainly,
        is a reason; why it was bound to happen, or was not so bad, is an excuse.

    Caught:
        “We were in a rush”, “human error”, “these things happen”, “a small mistake”.

    Let through:
        What was done: “I copied the button of the last issue and did not open it.”

    Blind spot:
        Excuses that are told as a story.
    """
    for words in said(_EXCUSE, speech.sentences):
        yield f"{words} is an excuse"
