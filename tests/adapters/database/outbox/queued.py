"""What is queued in tests of the outbox."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from sendguard.gate import Sending
from sendguard.ports.sending import Correcting, Outbox
from sendguard.send import Delivery, Dispatch, Edition, Reader, Settled, State
from tests.adapters.database.kept import a_campaign
from tests.builders import NOON

ADA, BOB = "ada 1 x", "bob 1 y"
"""Two workers of other computers."""


def a_reader(name: str, *fields: str) -> Reader:
    return Reader(key=f"{name}@example.org", address=f"{name.title()}@example.org", fields=fields)


def readers(count: int) -> list[Reader]:
    return [a_reader(f"reader{number:04}") for number in range(count)]


def an_edition(campaign: str = "spring", subject: str = "Spring is here") -> Edition:
    return Edition(
        campaign=a_campaign(campaign),
        subject=subject,
        sender="The Navigator <navigator@example.org>",
        reply_to=None,
        text="Hello",
        envelope="bounces@example.org",
    )


def a_dispatch(  # noqa: PLR0913 - a builder
    campaign: str = "spring",
    *,
    edition: Edition | None = None,
    series: str | None = None,
    corrects: str | None = None,
    columns: tuple[str, ...] = (),
    queued_at: datetime = NOON,
) -> Dispatch:
    return Dispatch(
        campaign=campaign,
        series=series,
        path=f"campaigns/{campaign}",
        edition=(edition or an_edition(campaign)).digest,
        columns=columns,
        key="0" * 32,
        queued_at=queued_at,
        corrects=corrects,
    )


def queue(
    outbox: Outbox, to: Iterable[Reader], campaign: str = "spring", series: str | None = None
) -> Dispatch:
    edition = an_edition(campaign)
    dispatch = a_dispatch(campaign, edition=edition, series=series)
    return outbox.queue(dispatch, edition, to, Sending.of(edition.campaign, NOON))


def a_correction(
    original: Dispatch | None, *, repaired: Edition | None = None, name: str = "spring-corrected"
) -> Correcting:
    edition = an_edition(name, "CORRECTED: Spring is here")
    corrects = original.campaign if original else None
    return Correcting(
        original=original,
        correction=a_dispatch(name, edition=edition, corrects=corrects),
        edition=edition,
        repaired=repaired,
    )


def begin(
    outbox: Outbox, dispatch: Dispatch, most: int = 500, now: datetime = NOON, worker: str = ADA
) -> tuple[Delivery, ...]:
    """Lease and begin."""
    return outbox.begin(worker, outbox.lease(dispatch, worker, now, most), now)


def end(
    outbox: Outbox, begun: Sequence[Delivery], state: State = State.SENT, worker: str = ADA
) -> None:
    settled = [Settled(id=one.id, state=state, says="250 2.0.0 Ok") for one in begun]
    outbox.settle(worker, settled, NOON)


def names(deliveries: Iterable[Delivery]) -> list[str]:
    return [one.reader.key.partition("@")[0] for one in deliveries]


def states(outbox: Outbox, campaign: str = "spring") -> dict[State, int]:
    (progress,) = outbox.progress(campaign)
    return dict(progress.counts)
