"""Ten thousand checks, as some years of newsletters leave them behind."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from sendguard.adapters.database.store import SqlStore
from sendguard.gate import Record, Run, Sending
from sendguard.read import Campaign

SERIES = 5
CHECKS_A_CAMPAIGN = 40
CHECKS_A_CONTENT = 5
REACHES_BACK = timedelta(weeks=50)  # no check is so old that `serve` prunes it


def fill(store: SqlStore, run: Run, count: int) -> Campaign:
    """Keep so many checks, oldest first: each campaign is changed a few times, then goes out.

    Returns:
        The campaign that was checked last.
    """
    last = run.newsletters[0].campaign
    for number, record in enumerate(_records(run, count)):
        store.keep(record)
        last = record.checked.campaign
        if number % CHECKS_A_CAMPAIGN == CHECKS_A_CAMPAIGN - 1:
            store.mark_sent(_sending(record))
    return last


def _records(run: Run, count: int) -> Iterator[Record]:
    checked, first = run.newsletters[0], datetime.now(UTC) - REACHES_BACK
    every = REACHES_BACK / count
    for number in range(count):
        campaign, check = divmod(number, CHECKS_A_CAMPAIGN)
        send_at = first + every * CHECKS_A_CAMPAIGN * (campaign + 1)
        letter = _campaign(checked.campaign, campaign, check // CHECKS_A_CONTENT, send_at)
        yield Record(
            at=first + every * number,
            took_s=run.took_s,
            checked=replace(checked, campaign=letter),
            terms="0" * 64,
            says="BLOCK: 3 links are broken; 1 to look at",
        )


def _campaign(letter: Campaign, number: int, content: int, send_at: datetime) -> Campaign:
    """One issue, in its own words."""
    series = f"series-{number % SERIES}"
    parts = tuple(
        replace(part, text=f"{part.text}<!-- {number} {content} -->") for part in letter.parts
    )
    brief = replace(letter.brief, series=series, send_at=send_at)
    name = f"{series}-{number // SERIES + 1}"
    digest = f"sha256:{number:032x}{content:032x}"
    return replace(letter, id=name, brief=brief, parts=parts, digest=digest)


def _sending(record: Record) -> Sending:
    sent = record.checked.campaign
    at = sent.brief.send_at or record.at
    return Sending(campaign=sent.id or "", digest=sent.digest, letter=sent.letter, at=at)
