"""What is still queued of the wrong version is stopped, and stays so until it is corrected."""

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime

from sendguard.adapters.clock import SystemClock
from sendguard.correct.plan import Plan
from sendguard.entrypoints.cli.correct.desk import Desk
from sendguard.entrypoints.cli.correct.finding import find, plan_for
from sendguard.entrypoints.cli.say import complain, say
from sendguard.entrypoints.passed import HAVE_IT, Passed
from sendguard.flows.gateway.stop import stop_at_gate
from sendguard.flows.learn import tally_of
from sendguard.flows.stop import stop
from sendguard.gateway import Ruling, Standing
from sendguard.gateway.stream import GOES_OUT
from sendguard.incident import Tally
from sendguard.judge.quote import plain
from sendguard.ports.sending import Progress
from sendguard.send import BEING_CORRECTED, GOT_IT, Going, State

_WHO = "sendguard correct"


def stop_it(desk: Desk) -> Progress | None:
    """How the original stands once it is stopped; None where SendGuard did not send it."""
    dispatch, outbox = desk.original.dispatch, desk.store.outbox
    desk.keeper.found(desk.found.subject)
    if dispatch is None:
        if desk.found.passed is not None:
            _stop_at_gate(desk, desk.found.passed)
        return None
    if desk.order.changes_nothing:
        standing = outbox.progress(dispatch.campaign)[0]
        _warn_of_those_who_wait(standing)
        return standing
    standing = asyncio.run(stop(dispatch, outbox, SystemClock(), BEING_CORRECTED))
    desk.keeper.stopped(tally_of(standing))
    say(f"Stopped.   {_told(standing)}")
    return standing


def _stop_at_gate(desk: Desk, passed: Passed) -> None:
    fingerprint, store = passed.stream.fingerprint, desk.store
    if desk.order.changes_nothing:
        if passed.stream.standing in GOES_OUT:
            complain(f"copies of {fingerprint} go on passing, as nothing is stopped now")
        return
    ruling = _ruling(passed, BEING_CORRECTED)
    tally = asyncio.run(
        stop_at_gate(fingerprint, ruling, store.streams, store.ledger, SystemClock())
    )
    counts = tally.passed
    desk.keeper.stopped(
        Tally(
            sent=counts.get(State.SENT, 0),
            in_doubt=counts.get(State.IN_DOUBT, 0) + counts.get(State.SENDING, 0),
            refused=counts.get(State.REFUSED, 0),
            waiting=counts.get(State.PENDING, 0),
        )
    )
    have = sum(counts.get(state, 0) for state in HAVE_IT)
    say(f"Stopped.   {have:,} have it, or may have it. No copy passes the gateway any more.")


def _ruling(passed: Passed, says: str) -> Ruling:
    record = passed.stream.ruling.record
    now = datetime.now(UTC)
    return Ruling(standing=Standing.BLOCKED, at=now, says=says, record=record, by=_WHO)


def note_at_gate(desk: Desk, correction: str) -> None:
    """Whoever sends more of it, or asks how it stands, is told that it was corrected."""
    if passed := desk.found.passed:
        ruling = _ruling(passed, f"it was corrected, by {plain(correction)}")
        desk.store.streams.rule(passed.stream.fingerprint, ruling, {Standing.BLOCKED})


def say_what_is_kept(desk: Desk) -> None:
    """What is to become of copies that wait at the gate, and are wrong."""
    passed = desk.found.passed
    tally = desk.store.ledger.tally(passed.stream.fingerprint) if passed else None
    kept = sum(tally.held.values()) if tally else 0
    if passed and kept:
        gateway, name = "sendguard gateway", passed.stream.fingerprint
        copies = "1 copy is" if kept == 1 else f"{kept:,} copies are"
        complain(
            f"{copies} still kept at the gate, with the wrong link: to put it right and send them: "
            f"{gateway} repair {name}; to send none of them: {gateway} discard {name}"
        )


def as_it_rests(desk: Desk, plan: Plan) -> tuple[Desk, Plan]:
    """What is corrected, once nothing more of it goes out: somebody may have got it meanwhile."""
    if desk.found.passed is None or desk.order.changes_nothing:
        return desk, plan
    found = find(desk.order, desk.config, desk.store)
    found = replace(found, original=found.original.meaning(found.now, desk.order.expected))
    desk = replace(desk, found=found)
    return desk, plan_for(desk)


def _warn_of_those_who_wait(standing: Progress) -> None:
    waiting, dispatch = standing.count(State.PENDING, State.SENDING), standing.dispatch
    if waiting and dispatch.going is Going.OPEN:
        name = plain(dispatch.campaign)
        complain(
            f"{waiting:,} still wait for {name} and get the wrong version, as nothing is stopped "
            f"now; to stop it: sendguard outbox pause {name}"
        )


def _told(standing: Progress) -> str:
    waiting = standing.count(State.PENDING)
    doubt = ", or may have it" if standing.count(State.IN_DOUBT) else ""
    left = f" {waiting:,} wait, and do not get the wrong one any more." if waiting else ""
    return f"{standing.count(*GOT_IT):,} have it{doubt}.{left}"


@contextmanager
def telling_what_rests(desk: Desk, standing: Progress | None) -> Iterator[None]:
    """Where it goes no further, those who wait are told of: nothing sends them anything now."""
    try:
        yield
    except BaseException:
        waiting = standing.count(State.PENDING) if standing else 0
        name = plain(desk.original.name)
        if desk.found.passed and not desk.order.changes_nothing:
            complain(
                f"{name} stays stopped at the gate; to correct it: sendguard correct {name}; to "
                f"let it pass as it is: sendguard gateway approve {name} --by NAME --because REASON"
            )
        if waiting and not desk.order.changes_nothing:
            complain(
                f"{name} stays stopped: {waiting:,} still wait for it and would get the wrong "
                f"version; to send the right one: sendguard correct {name}"
            )
        raise
