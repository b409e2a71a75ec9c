"""SG203, bad-certificate."""

from collections.abc import Iterator

from sendguard.judge.answer import reached, weighed
from sendguard.judge.quote import fails, plain
from sendguard.judge.rule import LinkCase, Said, link_rule
from sendguard.values import Severity
from sendguard.visit import Trouble, Unreachable


@link_rule(
    "SG203",
    severity=Severity.BLOCK,
    advice="Tell the site's owner, and link to an address that opens without a warning.",
)
def bad_certificate(case: LinkCase) -> Iterator[Said]:
    """The site cannot prove that it is the site: its certificate is not valid.

    Why it matters:
        The reader's browser shows a full page of warning instead of the article.

    Caught:
        A certificate that has expired, is for another name, or was signed by nobody
        whom browsers trust.

    Let through:
        A certificate that is still valid, however short.

    Blind spot:
        Sites that leave out a part of the chain which some browsers have kept from
        elsewhere: they work there, and are caught here.
    """
    match case.visit.outcome:
        case Unreachable(trouble=Trouble.BAD_CERTIFICATE, detail=detail):
            why = f" ({plain(detail)})" if detail else ""
            seen = f"{reached(case.visit)} has no valid certificate{why}"
            yield weighed(case, f"{fails(case.link, 'opens a browser warning')}: {seen}")
