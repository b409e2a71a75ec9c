"""SG215, consent-page."""

from collections.abc import Iterator

from sendguard.judge.quote import called, plain, shown
from sendguard.judge.rule import LinkCase, Said, link_rule
from sendguard.values import Severity
from sendguard.visit import Answered, Kind
from sendguard.visit.walls import behind


@link_rule(
    "SG215",
    severity=Severity.NOTE,
    advice="Open this one yourself, agree or refuse, and see that it is the right page.",
)
def consent_page(case: LinkCase) -> Iterator[Said]:
    """The site asks visitors to agree to something before it shows the page.

    Why it matters:
        Only a person can press the button, so only a person can tell what is behind it.

    Caught:
        A redirect to an address of a consent page, such as https://consent.example.org.

    Let through:
        Banners that lie over the page: the page itself was read.

    Blind spot:
        Everything behind the button. The link counts as walled, to be opened by hand.
    """
    match case.visit.outcome:
        case Answered(kind=Kind.CONSENT, walled=str() as sign, landed=landed):
            there = behind(landed.url)
            then = f"; behind it should be {shown(there)}" if there else ""
            seen = f"{plain(sign, limit=120)}, {shown(landed.url)}{then}"
            yield f"{called(case.link)} could not be looked at: {seen}"
