"""too-long."""

from collections.abc import Iterator

from sendguard.correct.tone.rule import Speech, tone_rule

MOST_WORDS = 80


@tone_rule(advice="Leave out what readers need not know; most need only the link.", everywhere=True)
def too_long(speech: Speech) -> Iterator[str]:
    """The apology is longer than one glance.

    Why it matters:
        A correction is read by many who did not notice the mistake. Each sentence more costs
        all of them time, and makes the mistake larger.

    Caught:
        More than 80 words; the name of a link or of a page counts as one.

    Let through:
        A long list of right links: readers look for the one they want.

    Blind spot:
        Languages that write no spaces between words.
    """
    if speech.words > MOST_WORDS:
        yield f"It has {speech.words} words, which is more than {MOST_WORDS}"
