"""SG109, link-lost-in-build."""

from collections.abc import Iterator

from sendguard.judge.quote import plain, quoted
from sendguard.judge.rule import At, NewsletterCase, newsletter_rule, suspected
from sendguard.links import is_call, is_generic
from sendguard.values import Severity

# What editors of newsletters write on a button that was just put in.
_NEVER_CHANGED = frozenset({"button", "button text", "call to action", "cta", "your button"})


@newsletter_rule(
    "SG109",
    severity=Severity.BLOCK,
    advice="Give it an address (href), in an element that MJML knows, such as mj-button.",
)
def link_lost_in_build(case: NewsletterCase) -> Iterator[At]:
    """A link that is in the MJML and not in the HTML made from it.

    Why it matters:
        The MJML compiler copies what it does not know, or leaves it out, without a word.
        The author sees the link in the source; the reader has nothing to click.

    Caught:
        An href on a mistyped element such as mj-buton, or on one that takes none. A
        button without an address whose words call to click, such as “Read more” or “Buy
        tickets”. As a suspicion: any other button without an address, which may be a
        coupon code or an ornament.

    Let through:
        Every link that the HTML still has, however it was rewritten around it.

    Blind spot:
        A link that is there and hidden by styles.
    """
    for lost in case.lost:
        name = quoted(lost.label, limit=60) if plain(lost.label) else "A link without words"
        if not lost.href:
            says = f"{name} has no address: nobody can click it"
            yield At(lost.place, says if _calls_to_click(lost.label) else suspected(says))
            continue
        says = f"{name} ({quoted(lost.href)}) is in the MJML, but not in the HTML made from it"
        yield At(lost.place, f"{says}: nobody could click it")


def _calls_to_click(label: str) -> bool:
    if label.strip().casefold() in _NEVER_CHANGED:
        return True
    return bool(plain(label)) and (is_generic(label) or is_call(label))
