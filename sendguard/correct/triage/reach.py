"""How many have it, and since when, in sentences."""

from sendguard.correct.triage.facts import Facts


def told_reach(facts: Facts) -> tuple[str, ...]:
    """Who got it and when; nothing where nobody did, or nobody knows."""
    if not facts.got:
        return ()
    whole = facts.got + facts.pending
    some = f"{facts.got:,} of {whole:,} got it" if facts.pending else _told_all(whole)
    rest = "; the others get the right link the first time" if facts.pending else ""
    return (f"{some}{rest}.", *_clock(facts.minutes))


def _told_all(readers: int) -> str:
    """That nobody was left who did not get it."""
    return "The one reader got it" if readers == 1 else f"All {readers:,} got it"


def _clock(minutes: float | None) -> tuple[str, ...]:
    if minutes is None:
        return ()
    if minutes < 60:
        whole = int(minutes)
        since = {0: "just now", 1: "1 minute ago"}.get(whole, f"{whole} minutes ago")
        return (f"The first went out {since}: a correction within the hour comes in time.",)
    hours = int(minutes // 60)
    if hours < 72:
        since = "an hour" if hours == 1 else f"{hours} hours"
        return (f"The first went out {since} ago: with every hour a correction helps fewer.",)
    return (f"The first went out {hours // 24} days ago: most who would click it have done so.",)
