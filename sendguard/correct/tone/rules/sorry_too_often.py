"""sorry-too-often."""

import re
from collections.abc import Iterator

from sendguard.correct.tone.rule import Speech, said, tone_rule

_SORRY = re.compile(r"\b(?:sorry|apologi[sz]\w*|apology|apologies)\b", re.IGNORECASE)
_BEGGING = re.compile(
    r"\b(?:(?:please |kindly )?(?:forgive|pardon|excuse) (?:us|me|our|my)"
    r"|(?:beg|ask(?:ing)?)(?: for)? (?:your|you for) (?:pardon|forgiveness)|hope (?:that )?you "
    r"(?:can|will|'ll) (?:still )?(?:forgive|pardon|excuse|understand)|from the bottom of|"
    r"words (?:cannot|can't)|mortified|a (?:thousand|million) apologies|(?:so|very|terribly|deeply|"
    r"awfully|incredibly|extremely|profoundly|truly),? (?:\w+ly |so |very )?sorry"
    r"|(?:please )?(?:don't|do not) (?:unsubscribe|leave|hate us)|ashamed|humbly)\b",
    re.IGNORECASE,
)


@tone_rule(advice="Say “We are sorry.” once, and let the right link do the rest.")
def sorry_too_often(speech: Speech) -> Iterator[str]:
    """It says sorry more than once, or begs.

    Why it matters:
        Of all that an apology can hold, asking for forgiveness counts least; and it gives the
        reader something to do.

    Caught:
        “Sorry” twice, “please forgive us”, “deeply sorry”, “we are mortified”.

    Let through:
        One “we are sorry”, or one “I apologise”.

    Blind spot:
        Begging in other words.
    """
    times = sum(len(_SORRY.findall(sentence)) for sentence in speech.sentences)
    if times > 1:
        yield f"It says sorry {'twice' if times == 2 else f'{times} times'}"
    for words in said(_BEGGING, speech.sentences):
        yield f"{words} asks the reader for something"
