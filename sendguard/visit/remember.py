"""What of a visit is worth remembering for the next run, and what it is good for there."""

from dataclasses import replace
from datetime import datetime

from sendguard.values import Url
from sendguard.visit.anchors import wanted_anchor
from sendguard.visit.shared import as_asked
from sendguard.visit.visit import Answered, Kind, Page, Visit


def is_worth_remembering(visit: Visit) -> bool:
    """Was it asked for now, and was all of it good? Failures, walls and doubts never are."""
    match visit:
        case Visit(
            age_s=None,
            outcome=Answered(
                walled=None, kind=Kind.PAGE, signs=(), page=Page(cut_short=False)
            ) as it,
        ):
            return 200 <= it.landed.status < 300
        case _:
            return False


def as_remembered(visit: Visit, url: Url, now: datetime) -> Visit | None:
    """A visit of an earlier run, told for an address of the same page, with its age.

    None where it says too little: its certificate has ended since, it is younger than now (the
    clock was set back), or nobody looked then for the part of the page that `url` names.
    """
    if not isinstance(visit.outcome, Answered) or visit.at > now:
        return None
    page, certificate = visit.outcome.page, visit.outcome.certificate
    if certificate and certificate.until <= now:
        return None
    if wanted_anchor(url) and visit.url != url and not (page and page.anchors is not None):
        return None
    age_s = (now - visit.at).total_seconds()
    return replace(as_asked(visit, url), took_s=0.0, age_s=age_s)
