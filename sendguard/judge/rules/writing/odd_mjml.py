"""SG110, odd-mjml."""

from collections.abc import Iterator

from sendguard.judge.quote import plain
from sendguard.judge.rule import At, NewsletterCase, newsletter_rule
from sendguard.values import Severity


@newsletter_rule(
    "SG110",
    severity=Severity.WARN,
    advice="Correct the name, or remove the element if it is not needed.",
)
def odd_mjml(case: NewsletterCase) -> Iterator[At]:
    """An element that MJML does not have.

    Why it matters:
        The compiler does not complain: it copies the element into the HTML, where mail
        programs show its text at best and its link never.

    Caught:
        <mj-buton>, <mj-textt>, elements of another version.

    Let through:
        HTML inside mj-text, mj-raw, mj-table and mj-button.

    Blind spot:
        Right elements in a place where they do nothing.
    """
    for oddity in case.campaign.oddities:
        yield At(oddity.place, plain(oddity.says, limit=200))
