"""SG404, earlier-issue-unread."""

from collections.abc import Iterator

from sendguard.judge.quote import plain
from sendguard.judge.rule import NewsletterCase, Said, newsletter_rule
from sendguard.values import Severity

MOST_NAMED = 3


@newsletter_rule(
    "SG404",
    severity=Severity.NOTE,
    advice="Repair the folder, or name the issues to compare with: --previous PATH.",
)
def earlier_issue_unread(case: NewsletterCase) -> Iterator[Said]:
    """A campaign folder beside this one that cannot be read.

    Why it matters:
        A newsletter is compared with the issues of its series that stand beside it. One
        that cannot be read may be one of them, and the comparison then sees less.

    Caught:
        A campaign folder beside one with a `series`, whose campaign.yaml is broken; one of
        the same series whose newsletter is missing or broken.

    Let through:
        Folders of other series, and everything beside a newsletter without one. An issue
        that is named with --previous and cannot be read: that ends the check (exit 4).

    Blind spot:
        An earlier issue that was deleted before it was ever checked, or never had a
        campaign.yaml.
    """
    if not case.unread:
        return
    named = [plain(name, limit=60) for name in case.unread[:MOST_NAMED]]
    if more := len(case.unread) - len(named):
        named.append(f"{more} more")
    yield f"Not compared with what stands beside it and cannot be read: {', '.join(named)}"
