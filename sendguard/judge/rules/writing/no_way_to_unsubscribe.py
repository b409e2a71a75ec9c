"""SG108, no-way-to-unsubscribe."""

from collections.abc import Iterator

from sendguard.judge.rule import NewsletterCase, Said, newsletter_rule
from sendguard.links import Role
from sendguard.links.merge_tags import stands_for_unsubscribe
from sendguard.values import Severity


@newsletter_rule(
    "SG108",
    severity=Severity.WARN,
    advice="Add an unsubscribe link, or make sure that your sending platform adds one.",
)
def no_way_to_unsubscribe(case: NewsletterCase) -> Iterator[Said]:
    """A newsletter in which nothing lets the reader leave.

    Why it matters:
        Many laws ask for it, the large mail providers demand it of those who send much,
        and a reader who finds no way out takes the spam button.

    Caught:
        No link, no merge tag and no List-Unsubscribe header that stands for it.

    Let through:
        A link to unsubscribe or to change preferences, in any common language; a
        platform's tag for one, such as {{ unsubscribe_url }} or *|UNSUB|*.

    Blind spot:
        Platforms that add their own footer when they send. A link that says it
        unsubscribes and does not.
    """
    ways_out = {Role.UNSUBSCRIBE, Role.PREFERENCES}
    if any(link.link.role in ways_out for link in case.links):
        return
    if case.campaign.header("list-unsubscribe"):
        return
    if not any(stands_for_unsubscribe(part.text) for part in case.campaign.parts):
        yield "Nothing in this newsletter lets a reader unsubscribe"
