"""What is written down for each message that comes in, many of them in one transaction."""

from collections.abc import Iterable, Mapping

from sqlalchemy import Connection, Engine

from sendguard.adapters.database.engine import changing
from sendguard.adapters.database.gateway.bodies import put_message
from sendguard.adapters.database.gateway.keepers import renew
from sendguard.adapters.database.gateway.passages import put_passages, settle_passages
from sendguard.adapters.database.gateway.standings import Known, hold_standings
from sendguard.adapters.database.gateway.turned_away import count_turned_away
from sendguard.gateway import Held, Passage
from sendguard.ports.gateway import Entries
from sendguard.send import State


def write(engine: Engine, entries: Entries) -> frozenset[str]:
    """Write it down; the fingerprints of the campaigns of which something was not written."""
    with changing(engine) as connection:
        count_turned_away(connection, entries.turned_away)
        renew(connection, entries.holder, entries.at)
        known = hold_standings(connection, _names(entries))
        became = _became(known, entries.settled)
        settle_passages(connection, became, entries.holder, entries.at)
        _put_passages(connection, known, entries)
        for held in entries.held:
            keep(connection, known, held)
        return _unwritten(known, entries)


def keep(connection: Connection, known: Mapping[str | None, Known], held: Held) -> bool:
    """Keep a message as its campaign stands; False where that is discarded, or not there."""
    campaign = known.get(held.fingerprint)
    if campaign is None or campaign.is_discarded:
        return False
    state = campaign.state_of(held.state) if held.fingerprint else held.state
    put_message(connection, campaign.stream or None, held, state)
    return True


def _names(entries: Entries) -> Iterable[str | None]:
    yield from (name for name, _ in entries.settled)
    yield from (one.fingerprint for one in entries.passages)
    yield from (one.fingerprint for one in entries.held)


def _became(
    known: Mapping[str | None, Known], settled: Mapping[tuple[str, str], State]
) -> Iterable[tuple[int, str, State]]:
    for (name, key), state in settled.items():
        if name in known:
            yield known[name].stream, key, state


def _put_passages(
    connection: Connection, known: Mapping[str | None, Known], entries: Entries
) -> None:
    rows = {
        (known[one.fingerprint].stream, one.key): one
        for one in entries.passages
        if _may_be_written(known, one)
    }
    put_passages(connection, rows, entries.holder, entries.at)


def _may_be_written(known: Mapping[str | None, Known], passage: Passage) -> bool:
    campaign = known.get(passage.fingerprint)
    if campaign is None:
        return False
    match passage.state:
        case State.SENDING:
            return campaign.goes_out
        case State.PENDING:
            return not campaign.is_discarded
        case _:
            return True


def _unwritten(known: Mapping[str | None, Known], entries: Entries) -> frozenset[str]:
    stopped = {one.fingerprint for one in entries.passages if not _may_be_written(known, one)}
    for held in entries.held:
        campaign = known.get(held.fingerprint)
        if held.fingerprint and (campaign is None or campaign.is_discarded):
            stopped.add(held.fingerprint)
    return frozenset(stopped)
