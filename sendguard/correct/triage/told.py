"""Triage in lines for the terminal."""

from collections.abc import Iterator

from sendguard.correct.triage.triage import Tier, Triage
from sendguard.judge.quote import shown

_PROPOSALS = {
    Tier.NOTHING: "Write to nobody: no reader is led astray.",
    Tier.SILENT_REPAIR: "Write to nobody: repair it where it leads.",
    Tier.CLICKERS: "Write to those who clicked it; the others will not miss it.",
    Tier.EVERYONE: "Write to everyone who got it.",
    Tier.PEOPLE_DECIDE: "Stop, and let people decide: nothing is queued, there is only a draft.",
}
_HARMLESS = "If you have looked and it does no harm, say so with --harm none."


def told_triage(triage: Triage) -> Iterator[str]:
    """What is proposed, why, and what to do by hand, a line each."""
    yield _PROPOSALS[triage.tier]
    yield from (f"  {sentence}" for sentence in triage.why)
    for redirect in triage.redirects:
        yield f"  Redirect {shown(redirect.wrong)} to {shown(redirect.right)}:"
        yield from (f"    {line}" for line in redirect.lines)
    if triage.calls:
        yield "Call now:"
        yield from (f"  {call}" for call in triage.calls)
        yield _HARMLESS
