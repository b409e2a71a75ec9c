"""SG217, certificate-expires-soon."""

from collections.abc import Iterator
from datetime import timedelta

from sendguard.judge.quote import plain
from sendguard.judge.rule import LinkCase, Said, link_rule
from sendguard.values import Severity
from sendguard.visit import Answered, Certificate

SOON = timedelta(days=14)

# Some are made to live for a week and are renewed every few days; CA/Browser Forum, Baseline
# Requirements, 1.6.1, “Short-lived Subscriber Certificate”.
SHORT_LIVED = timedelta(days=7)
_LATE = 5  # who renews those does it long before a fifth of the time is left


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
        A certificate, of the site or of one that leads there, that ends within 14 days.

    Let through:
        Certificates that live for a week at most and are renewed as often, until a fifth of
        their time is left.

    Blind spot:
        Whether it will be renewed in time. Sites that are reached through a proxy which
        reads along show its certificate.
    """
    match case.visit.outcome:
        case Answered(certificate=Certificate() as shown):
            left = shown.until - case.visit.at
            if timedelta() <= left < _soon(shown.until - shown.since):
                day = f"{shown.until:%Y-%m-%d}"
                days = f"{left.days} days" if left.days > 1 else "a day or two"
                yield f"The certificate of {plain(shown.host)} ends on {day}, in {days}"


def _soon(life: timedelta) -> timedelta:
    return SOON if life > SHORT_LIVED else life / _LATE
