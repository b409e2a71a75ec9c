"""SG109, link-lost-in-build."""

from collections.abc import Iterator

from sendguard.judge.quote import plain, quoted
from sendguard.judge.rule import At, NewsletterCase, newsletter_rule, suspected
from sendguard.values import Severity


@newsletter_rule(
    "SG109",
    severity=Severity.BLOCK,
    advice="Put the link into an element that MJML knows, such as mj-button or mj-text.",
)
def link_lost_in_build(case: NewsletterCase) -> Iterator[At]:
    """A link that is in the MJML and not in the HTML made from it.

    Why it matters:
        The MJML compiler copies what it does not know, or leaves it out, without a word.
        The author sees the link in the source; the reader has nothing to click.

    Caught:
        An href on a mistyped element such as mj-buton, or on one that takes none.

        As a suspicion: a button that was given no address.

    Let through:
        Every link that the HTML still has, however it was rewritten around it.

    Blind spot:
        A link that is there and hidden by styles.
    """
    for lost in case.lost:
        name = quoted(lost.label, limit=60) if plain(lost.label) else "A link without words"
        if not lost.href:
            yield At(lost.place, suspected(f"{name} has no address: nobody can click it"))
            continue
        says = f"{name} ({quoted(lost.href)}) is in the MJML, but not in the HTML made from it"
        yield At(lost.place, f"{says}: nobody could click it")
