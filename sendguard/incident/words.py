"""What every telling of an incident says in the same words."""

from collections.abc import Mapping
from datetime import datetime

from sendguard.correct.triage import Tier
from sendguard.incident.clock import within_the_hour
from sendguard.incident.incident import Incident, Judged, Kind
from sendguard.incident.tally import Tally
from sendguard.judge.quote import plain, quoted
from sendguard.send.merge import by_default
from sendguard.watch.span import told_span

KINDS = {
    Kind.ONE_OFF: "One-off: it is not expected to happen again in the same way.",
    Kind.SYSTEMIC: "Systemic: it would happen again if nothing were changed.",
    Kind.UNKNOWN: "Not settled yet: one-off, or systemic?",
}
_NEEDS: Mapping[str, str] = {
    Tier.NOTHING: "nothing",
    Tier.SILENT_REPAIR: "a silent repair",
    Tier.CLICKERS: "a correction to those who clicked",
    Tier.EVERYONE: "a correction to everyone",
    Tier.PEOPLE_DECIDE: "a decision by people",
}
LONGEST_NOTE = 2_000
"""Characters of what a person writes down."""

LONGEST_ADDRESS = 500


def minute(at: datetime) -> str:
    """An instant in UTC, to the minute."""
    return f"{at:%Y-%m-%d %H:%M} UTC"


def counted(number: int, one: str, many: str | None = None) -> str:
    """`1 reader`, `1,200 readers`."""
    return f"{number:,} {one if number == 1 else many or f'{one}s'}"


def name_of(incident: Incident) -> str:
    """What went out: its subject where that is known, and its campaign."""
    campaign = plain(incident.campaign)
    return f"{quoted(subject_of(incident), 150)} ({campaign})" if incident.subject else campaign


def subject_of(incident: Incident) -> str:
    """Its subject as readers know it who have nothing to fill in; its campaign without one."""
    return by_default(incident.subject) if incident.subject else incident.campaign


def what_happened(incident: Incident) -> tuple[str, str]:
    """It in two sentences."""
    return _what_was_wrong(incident), _what_was_done(incident)


def _what_was_wrong(incident: Incident) -> str:
    links = len(incident.links)
    wrong = "a mistake" if not links else "a wrong link" if links == 1 else f"{links} wrong links"
    told = f"{name_of(incident)} went out with {wrong}"
    known = incident.original
    if known is None:
        return f"{told}."
    return f"{told}, to {counted(known.got_it, 'reader')} of {known.recipients:,}."


def _what_was_done(incident: Incident) -> str:
    known, first = incident.corrected, incident.first_sent
    if first is None:
        queued = "is queued; nobody has it yet" if incident.queued_at else "was not sent yet"
        return f"A correction {queued}."
    after_s = (first - incident.found_at).total_seconds()
    began = f"{told_span(max(after_s, 0.0))} after it was found, a correction began to go out"
    if known is None:
        return f"{began}."
    perhaps = f", {known.in_doubt:,} of them perhaps" if known.in_doubt else ""
    return f"{began}; {known.got_it:,} of {counted(known.recipients, 'reader')} got it{perhaps}."


def told_triage(judged: Judged) -> str:
    """What it was held to need, and why."""
    needs = _NEEDS.get(judged.tier, plain(judged.tier))
    return f"Judged to need {needs}. {plain(judged.why, LONGEST_NOTE)}".rstrip()


def told_hour(incident: Incident) -> str:
    """Whether the correction was there within the hour, as a sentence."""
    match within_the_hour(incident):
        case True:
            return "Within the hour: yes."
        case False:
            return "Within the hour: no."
        case None:
            return "Within the hour: not known yet."


def counts(tally: Tally) -> tuple[tuple[str, int], ...]:
    """Each number that is not nought, with the words that stand before it."""
    named = (
        ("Taken by the mail server", tally.sent),
        ("In doubt (perhaps taken)", tally.in_doubt),
        ("Refused by the mail server", tally.refused),
        ("Got the right link the first time", tally.spared),
        ("Still waiting", tally.waiting),
        ("Stopped before they were sent", tally.cancelled),
        ("Not written to (unsubscribed, bounced or listed)", tally.suppressed),
    )
    return tuple((words, number) for words, number in named if number)


def told_share(tally: Tally) -> str:
    """`98.3 %`; rounded down, so that 100 % means all of them."""
    return f"{int(1_000 * tally.share) / 10:g} %"


def missing(incident: Incident) -> tuple[str, ...]:
    """What nobody has said yet, and which option says it."""
    wanted = (
        (
            "when it was seen, if that was before this record: --found TIME",
            _is_found_said(incident),
        ),
        ("when the correction went out: --sent TIME", incident.first_sent or incident.queued_at),
        ("what it cost: --consequence TEXT", incident.consequences),
        ("why it happened: --why TEXT, up to five times", incident.whys),
        ("could it happen again? --one-off or --systemic", incident.kind is not Kind.UNKNOWN),
        ("who was told: --told WHO", incident.told),
        ("what will keep it from happening again: --prevention TEXT", incident.prevention),
    )
    return tuple(says for says, there in wanted if not there)


def _is_found_said(incident: Incident) -> bool:
    return incident.found_at != incident.opened_at
