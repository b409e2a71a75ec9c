"""SG217, certificate-expires-soon."""

from collections.abc import Iterator
from datetime import timedelta

from sendguard.judge.quote import plain
from sendguard.judge.rule import LinkCase, Said, link_rule
from sendguard.values import Severity
from sendguard.visit import Answered, Certificate

SOON = timedelta(days=14)
_LATE = 5  # who renews by itself does it long before a fifth of the time is left


@link_rule(
    "SG217",
    severity=Severity.WARN,
    advice="Ask the site's owner to renew it before the newsletter goes out.",
)
def certificate_expires_soon(case: LinkCase) -> Iterator[Said]:
    """The site's certificate ends while the newsletter is still read.

    Why it matters:
        From that day on readers see a full page of warning instead of the article.

    Caught:
        A certificate, of the site or of one that leads there, that ends within 14 days and
        has less than a fifth of its time left.

    Let through:
        Certificates that live for some days only and are renewed as often.

    Blind spot:
        Whether it will be renewed in time. Sites that are reached through a proxy which
        reads along show its certificate.
    """
    match case.visit.outcome:
        case Answered(certificate=Certificate() as shown):
            left = shown.until - case.visit.at
            if timedelta() <= left < min(SOON, (shown.until - shown.since) / _LATE):
                day = f"{shown.until:%Y-%m-%d}"
                days = f"{left.days} days" if left.days > 1 else "a day or two"
                yield f"The certificate of {plain(shown.host)} ends on {day}, in {days}"
