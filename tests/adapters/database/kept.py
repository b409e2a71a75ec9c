"""What is kept in tests of the store: campaigns, and checks of them."""

from dataclasses import replace
from datetime import datetime

from sendguard.gate import Checked, CheckedLink, Record
from sendguard.judge.finding import Finding
from sendguard.read import Brief, Campaign
from sendguard.values import Decision, Place, Severity
from sendguard.visit import Certificate, Hop, Validators
from tests.builders import (
    NOON,
    a_link,
    a_page,
    a_visit,
    an_answer,
    an_approval,
    an_intent,
)
from tests.builders import a_campaign as a_newsletter


def a_campaign(
    name: str = "spring",
    *,
    digest: str = "sha256:1",
    subject: str | None = "Spring is here",
    series: str | None = None,
    send_at: datetime | None = None,
) -> Campaign:
    brief = Brief(newsletter="newsletter.html", series=series, send_at=send_at)
    bare = a_newsletter("<p>Hello</p>", text="Hello")
    return replace(bare, id=name, brief=brief, subject=subject, digest=digest)


def a_finding(link: str | None = "L1") -> Finding:
    return Finding(
        code="SG301",
        name="wrong-article",
        severity=Severity.BLOCK,
        link=link,
        place=Place("newsletter.html", 1, 1),
        says="“Read article” opens another article",
        advice="Ask.",
        fingerprint="0" * 16,
        approved=an_approval(),
    )


def a_checked_link() -> CheckedLink:
    """A link with something in every corner."""
    url = "https://example.org/"
    answer = replace(
        an_answer(url, page=replace(a_page("A title"), anchors=frozenset({"a", "b"}))),
        hops=(Hop(a_link(url).url, 301), Hop(a_link(url).url, 200)),  # type: ignore[arg-type]
        signs=("a sign",),
        certificate=Certificate(host="example.org", since=NOON, until=NOON),
        validators=Validators(etag='"1"'),
    )
    return CheckedLink(
        link=a_link(url),
        intent=an_intent(url=url),
        visit=replace(a_visit(url, answer), tries=(NOON, NOON), heard=NOON),
        decision=Decision.PASS,
        findings=(a_finding(),),
    )


def a_record(
    campaign: Campaign | None = None,
    *,
    decision: Decision = Decision.PASS,
    at: datetime = NOON,
) -> Record:
    checked = Checked(
        campaign=campaign or a_campaign(),
        links=(a_checked_link(),),
        findings=(a_finding(None),),
        decision=decision,
    )
    return Record(at=at, took_s=0.25, checked=checked, terms="0", says="PASS: may go out")
