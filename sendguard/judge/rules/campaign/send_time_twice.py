"""SG405, send-time-twice."""

from collections.abc import Iterator

from sendguard.judge.rule import At, NewsletterCase, Said, newsletter_rule
from sendguard.read import is_twice
from sendguard.values import Severity


@newsletter_rule(
    "SG405",
    severity=Severity.WARN,
    advice="Write the offset that is meant between the time and the zone, or take another hour.",
)
def send_time_twice(case: NewsletterCase) -> Iterator[Said | At]:
    """A `send_at` in the hour that clocks show twice, as summer time ends.

    Why it matters:
        It may mean two instants, an hour apart. One has to be chosen, and the author may
        have had the other in mind.

    Caught:
        2026-11-01 01:30 America/New_York, where clocks are set back from 02:00 to 01:00
        that night. The first of the two is taken.

    Let through:
        An offset before the zone, or in its place: 2026-11-01 01:30 -05:00 America/New_York.
        That the hour is past already, nobody asks here.

    Blind spot:
        A zone whose rules were changed by law after this program was installed.
    """
    brief = case.campaign.brief
    if brief.send_at is None or not is_twice(brief.send_at):
        return
    first, second = (f"{brief.send_at.replace(fold=fold):%z}" for fold in (0, 1))
    says = (
        f"{brief.send_at:%Y-%m-%d %H:%M} comes twice in {brief.send_at.tzinfo}, where clocks are "
        f"set back then: it is taken for the first ({_spelled(first)}), not for the second "
        f"({_spelled(second)})"
    )
    yield At(brief.send_at_place, says) if brief.send_at_place else says


def _spelled(offset: str) -> str:
    return f"{offset[:3]}:{offset[3:5]}"
