"""The incident of a correction: what each step tells it."""

from collections.abc import Iterable
from datetime import UTC, datetime
from functools import partial

from sendguard.adapters.database.store import SqlStore
from sendguard.correct.apology import Apology
from sendguard.correct.plan import Plan
from sendguard.correct.triage import Triage
from sendguard.incident import Incident, Note, Righted, Tally
from sendguard.ports.incidents import Change


class Keeper:
    """Writes the steps of a correction into the incident of its campaign.

    Args:
        store: Where incidents are.
        campaign: What went out wrong.
        is_on: False where nothing is to change, so nothing is written.
    """

    def __init__(self, store: SqlStore, campaign: str, *, is_on: bool) -> None:
        self._store = store
        self._campaign = campaign
        self._is_on = is_on
        self._began = datetime.now(UTC)
        self._against: list[str] = []

    def found(self, subject: str | None) -> None:
        """The mistake was seen, when the command was given at the latest."""
        self._keep(lambda incident: incident.with_subject(subject))

    def stopped(self, tally: Tally) -> None:
        """Nothing more goes out."""
        at = datetime.now(UTC)
        self._keep(lambda incident: incident.stopped(at, tally))

    def repaired(self, plan: Plan) -> None:
        """There is a right version, and it passed."""
        at = datetime.now(UTC)
        links = tuple(_righted(plan))
        self._keep(lambda incident: incident.repaired(at, *links))

    def triaged(self, judged: Triage) -> None:
        """It is known how bad it is."""
        why = " ".join(judged.why)
        self._keep(lambda incident: incident.triaged(judged.tier.value, why))

    def against(self, says: str) -> None:
        """Something is done against advice; it counts once the correction is queued."""
        self._against.append(says)

    def queued(self, correction: str, apology: Apology) -> None:
        """A correction is on its way."""
        at, text = datetime.now(UTC), "\n".join(one.text for one in apology.paragraphs)
        self._keep(lambda incident: incident.queued(at, correction, text))
        for note in (Note(text=says, at=at) for says in self._against):
            self._keep(partial(Incident.forced_by, note=note))

    def drafted(self, correction: str, apology: Apology) -> None:
        """A correction lies there for somebody to send by other means."""
        text = "\n".join(one.text for one in apology.paragraphs)
        self._keep(lambda incident: incident.drafted(correction, text))

    def _keep(self, change: Change) -> None:
        if self._is_on:
            self._store.incidents.open_or_update(self._campaign, self._began, change)


def _righted(plan: Plan) -> Iterable[Righted]:
    links = {(one.place.href, one.address): one.place.label for one in reversed(plan.repairs)}
    for (wrong, right), label in reversed(links.items()):
        yield Righted(label=label, wrong=wrong, right=right)
