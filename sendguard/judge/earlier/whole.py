"""Whole issues held against each other: is it the same one, or the same content?"""

from collections.abc import Sequence

from sendguard.judge.earlier.marks import issue_number
from sendguard.judge.earlier.past import Copied
from sendguard.judge.earlier.seen import Seen
from sendguard.links import Issue, plain

ALMOST_ALL = 0.8
FEWEST = 4
"""Article links, to say whether an issue is the same as another."""

_OFTEN = 2


def other_issues(now: Issue, earlier: Sequence[Issue]) -> tuple[Issue, ...]:
    """The earlier issues that are not this very one, as a draft or a resend would be."""
    subjects = [plain(issue.subject or "") for issue in earlier]
    constant = len(earlier) >= _OFTEN and len(set(subjects)) == 1
    return tuple(
        issue
        for issue in earlier
        if issue.digest != now.digest
        and not (
            is_called_the_same(now, issue, constant=constant)
            and find_copied(Seen.of(now), (Seen.of(issue),))
        )
    )


def find_copied(now: Seen, earlier: Sequence[Seen]) -> Copied | None:
    """The earlier issue, newest first, whose content is almost all of this one's."""
    own = {
        one.address
        for one in now.shown
        if one.opens_an_article
        and sum(one.address in issue.addresses for issue in earlier) < _OFTEN
    }
    for back, issue in enumerate(earlier, 1):
        same = sum(address in issue.addresses for address in own)
        if len(own) >= FEWEST and same >= ALMOST_ALL * len(own):
            return Copied(back=back, links=len(own), same=same)
    return None


def is_called_the_same(now: Issue, then: Issue, *, constant: bool = False) -> bool:
    """Do number or subject say that it is the same issue? A resend may say more in front.

    A subject that never changes says nothing.
    """
    numbers = issue_number(now.subject or now.heading), issue_number(then.subject or then.heading)
    if None not in numbers:
        return numbers[0] == numbers[1]
    ours, theirs = (
        plain(now.subject or now.heading or ""),
        plain(then.subject or then.heading or ""),
    )
    if not ours or not theirs or constant:
        return False
    return ours.endswith(theirs) or theirs.endswith(ours)
