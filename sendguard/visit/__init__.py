"""4. VISIT: this is where what was there is put into words: hops, page facts, trouble."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from sendguard.links import Link
from sendguard.values import Url
from sendguard.visit.mailing import Mailing
from sendguard.visit.network import without_network
from sendguard.visit.remember import as_remembered, is_worth_remembering
from sendguard.visit.shared import by_page, to_ask, told_for
from sendguard.visit.unwrap import instead_of, unwrapped
from sendguard.visit.visit import (
    Answered,
    Certificate,
    Hop,
    Kind,
    NotVisited,
    Outcome,
    Page,
    Reason,
    Trouble,
    Unreachable,
    Validators,
    Visit,
    was_left_shut,
)

if TYPE_CHECKING:
    from sendguard.visit.addresses import Network


# What was checked before is told again without any of the words that tell what may be opened.
def why_not_visit(link: Link, mailing: Mailing) -> Reason | None:
    """Why no request is made for a link, or None when one is; see `plan.why_not_visit`."""
    from sendguard.visit.plan import why_not_visit as why

    return why(link, mailing)


def may_reach_private(url: Url, allow_private: "Iterable[Network]", routes: Iterable[str]) -> bool:
    """Does the operator let this be visited? See `plan.may_reach_private`."""
    from sendguard.visit.plan import may_reach_private as may

    return may(url, allow_private, routes)


__all__ = [
    "Answered",
    "Certificate",
    "Hop",
    "Kind",
    "Mailing",
    "NotVisited",
    "Outcome",
    "Page",
    "Reason",
    "Trouble",
    "Unreachable",
    "Validators",
    "Visit",
    "as_remembered",
    "by_page",
    "instead_of",
    "is_worth_remembering",
    "may_reach_private",
    "to_ask",
    "told_for",
    "unwrapped",
    "was_left_shut",
    "why_not_visit",
    "without_network",
]
