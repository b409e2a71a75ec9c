"""SG213, parked-domain."""

from collections.abc import Iterator

from sendguard.judge.answer import listed, reached
from sendguard.judge.quote import fails
from sendguard.judge.rule import LinkCase, Said, link_rule, suspected
from sendguard.links import Role
from sendguard.values import Severity
from sendguard.visit import Answered, Kind


@link_rule(
    "SG213",
    severity=Severity.BLOCK,
    advice="Find out where the site has moved to, or drop the link.",
)
def parked_domain(case: LinkCase) -> Iterator[Said]:
    """The domain is for sale, or shows only what fills domains that nobody uses.

    Why it matters:
        A domain that was not renewed still answers, with advertisements that its new owner
        chooses. The reader thinks that the newsletter sent them there.

    Caught:
        A page of few words whose title offers the domain, that takes its content from a
        company that fills unused domains, or that was reached by a redirect to a market of
        domain names. Two signs block, one warns.

    Let through:
        Pages with a text of their own, such as articles about domains for sale; links that
        were written to a market of domain names.

    Blind spot:
        Offers in other words, domains that were bought for another use, and parked pages
        that scripts write.
    """
    match case.visit.outcome:
        case Answered(kind=Kind.PARKED, walled=None, signs=signs) as answer if signs:
            if case.link.role is Role.RESOURCE:
                return
            seen = f"{reached(case.visit)} seems to be a domain that nobody uses"
            says = f"{fails(case.link, 'opens no article')}: {seen}: {listed(signs)}"
            yield says if answer.is_no_page else suspected(says)
