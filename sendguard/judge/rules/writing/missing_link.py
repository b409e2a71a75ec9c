"""SG112, missing-link."""

from collections.abc import Iterator

from sendguard.judge.quote import quoted
from sendguard.judge.rule import At, NewsletterCase, newsletter_rule, suspected
from sendguard.links import Unmade
from sendguard.values import Severity


@newsletter_rule(
    "SG112",
    severity=Severity.BLOCK,
    advice="Make the words a link, and take the brackets and the address out of the text.",
)
def missing_link(case: NewsletterCase) -> Iterator[At]:
    """Words that were to be a link, and are only text.

    Why it matters:
        A bracket was forgotten, or the words were pasted from a program that writes links
        otherwise. Readers see brackets and an address, and have nothing to click.

    Caught:
        [Our guide](https://… and kin, as Markdown, wikis, forums, Slack and others write
        links; (our guide)[https://…; HTML such as <a href="https://…"> that is shown as
        text. As a suspicion: [our guide] and [our guide][2] within a sentence, an address
        in brackets, markup whose address can be clicked after all, and the only entry
        without a link in a list or a menu of links.

    Let through:
        Samples of code, footnotes such as [1], asides such as [sic] and [video], words put
        into a quotation, and an address that stands in the text by itself.

    Blind spot:
        Words in running text that nothing marks as a link. The plain text part, where
        markup is usual.
    """
    for unmade in case.unmade:
        says = _says(unmade)
        yield At(unmade.place, says if unmade.sure else suspected(says))


def _says(unmade: Unmade) -> str:
    name = quoted(unmade.label, limit=60)
    if unmade.among:
        return f"{name} is no link, though the {unmade.among} others beside it are"
    seen = quoted(unmade.written, limit=120)
    if unmade.sure:
        return f"{name} was to be a link and is none: readers see {seen}"
    return f"{name} seems to have been meant as a link: readers see {seen}"
