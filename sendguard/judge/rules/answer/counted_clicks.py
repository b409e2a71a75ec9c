"""SG222, counted-clicks."""

from collections.abc import Iterator, Sequence

from sendguard.judge.quote import plain
from sendguard.judge.rule import LinkCase, NewsletterCase, newsletter_rule
from sendguard.links import Role
from sendguard.values import Severity
from sendguard.visit import NotVisited
from sendguard.visit.counters import counter

_MOST_NAMES = 3


@newsletter_rule(
    "SG222",
    severity=Severity.NOTE,
    advice="Nothing to mend. For clean figures, check before the platform puts its counters in.",
)
def counted_clicks(case: NewsletterCase) -> Iterator[str]:
    """Links lead through a counter of clicks, which had to be asked.

    Why it matters:
        The platform counts whoever opens such a link, this check too. The figures of the
        test message then have clicks in them that no reader made.

    Caught:
        Addresses of Mailchimp, SendGrid, Brevo, HubSpot, Klaviyo and others like them, in a
        draft; one note for the whole newsletter.

    Let through:
        Redirectors that say where they lead, such as Safe Links or Kit: the target is read
        from the address, and the redirector is not asked. A message that was sent: its
        counters are one reader's, and are never opened.

    Blind spot:
        Counters under a name of the sender's own whose addresses look like any other's, and
        shorteners such as bit.ly, which count as well.
    """
    counted = {link.visit.asked: who for link in case.links if (who := _who_counted(link))}
    if counted:
        yield _says(len(counted), list(dict.fromkeys(counted.values())))


def _who_counted(case: LinkCase) -> str | None:
    asked = case.visit.asked
    unasked = isinstance(case.visit.outcome, NotVisited) or case.link.role is Role.RESOURCE
    return None if asked is None or unasked else counter(asked)


def _says(number: int, names: Sequence[str]) -> str:
    shown = ", ".join(plain(name) for name in names[:_MOST_NAMES])
    whose = shown if len(names) <= _MOST_NAMES else f"{shown} and others"
    if number == 1:
        return f"1 address leads through a counter of clicks ({whose}), which counts this check"
    return f"{number} addresses lead through counters of clicks ({whose}), which count this check"
