"""SG403, previous-content."""

from collections.abc import Iterator

from sendguard.judge.quote import ago, quoted
from sendguard.judge.rule import NewsletterCase, Said, newsletter_rule
from sendguard.values import Severity


@newsletter_rule(
    "SG403",
    severity=Severity.BLOCK,
    advice="Put this issue's content in; if it is meant to be sent again, approve this finding.",
)
def previous_content(case: NewsletterCase) -> Iterator[Said]:
    """A newsletter whose content is that of an earlier issue.

    Why it matters:
        The new subject went over the old content: a draft that was not saved, or the wrong
        file. Every link works, and every reader has read it all.

    Caught:
        With the issues before: four fifths or more of the articles, four at least, are
        those of one earlier issue.

    Let through:
        Addresses that two or more earlier issues have, front pages and sections. An issue
        that is this very one by its number or subject: a draft of it, or a resend.

    Blind spot:
        A newsletter with fewer than four articles of its own. Articles whose addresses
        have neither three words nor a number.
    """
    if found := case.copied:
        then = case.earlier[found.back - 1]
        called = f": {quoted(then.subject)}" if then.subject else ""
        yield f"{found.same} of {found.links} articles stood {ago(found.back)} already{called}"
