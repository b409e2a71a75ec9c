"""Values for tests of the status."""

from datetime import datetime, timedelta

from sendguard.gate import Approval, Kept
from sendguard.values import Decision, Severity
from sendguard.watch.presence import Presence
from sendguard.watch.status import Found, Sheet, Status
from tests.builders import NOON, an_approval

DAY = timedelta(days=1)
DIGEST = "sha256:1"
WATCHER = Presence(name="process 7 on navigator", since=NOON - DAY, seen=NOON)


def a_kept(
    decision: Decision = Decision.PASS,
    *,
    campaign: str = "spring",
    at: datetime = NOON - DAY,
    says: str | None = None,
    number: int = 1,
) -> Kept:
    line = says or f"{decision.upper()}  campaigns/{campaign}: 3 of 3 links fine. 0.4 s"
    return Kept(
        id=number,
        campaign=campaign,
        digest=DIGEST,
        at=at,
        decision=decision,
        says=line,
        occasion="check",
    )


def a_found(says: str = "“Read” opens another article", *, name: str = "wrong-article") -> Found:
    return Found(
        code="SG301",
        name=name,
        severity=Severity.BLOCK,
        link="L3",
        says=says,
        fingerprint="0" * 16,
    )


def a_sheet(  # noqa: PLR0913 - a builder takes what its value has
    decision: Decision | None = Decision.PASS,
    *found: Found,
    name: str = "spring",
    send_at: datetime | None = NOON + DAY,
    sent_at: datetime | None = None,
    digest: str = DIGEST,
    word: Approval | None = None,
) -> Sheet:
    return Sheet(
        name=name,
        path=f"campaigns/{name}",
        send_at=send_at,
        sent_at=sent_at,
        digest=digest,
        approvals=(word,) if word else (),
        last=a_kept(decision, campaign=name) if decision else None,
        found=found,
    )


def a_word(days: int) -> Approval:
    return an_approval(until=(NOON + days * DAY).date())


def a_status(*sheets: Sheet, presence: Presence | None = WATCHER) -> Status:
    return Status(at=NOON, presence=presence, sheets=sheets)
