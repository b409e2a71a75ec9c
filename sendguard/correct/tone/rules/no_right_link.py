"""no-right-link."""

from collections.abc import Iterator

from sendguard.correct.tone.rule import Speech, tone_rule


@tone_rule(
    advice="Put the right link into it: {link} in the file with your words.", everywhere=True
)
def no_right_link(speech: Speech) -> Iterator[str]:
    """The right link is not in the apology.

    Why it matters:
        It is what readers need. They should not have to look for it in the newsletter below.

    Caught:
        Words of your own without a link.

    Let through:
        Any link; that it is the right one is for the check of the whole correction to say.

    Blind spot:
        None known.
    """
    if not speech.links:
        yield "The right link is not in it"
