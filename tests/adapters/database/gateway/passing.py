"""What passes in tests of the gateway's store."""

from collections.abc import Iterator

from sendguard.gateway import Ended, Held, HeldState, Passage, Ruling, Standing, reader_key
from sendguard.ports.gateway import Entries, Ledger, Streams
from sendguard.send import State
from tests.builders import NOON
from tests.fakes_gateway import A_FINGERPRINT, a_held, a_mail, a_stream

ADA, BOB = "ada 1 x", "bob 1 y"
"""Two processes of other computers."""

ROOM = 1 << 20


def begin(streams: Streams, standing: Standing = Standing.CHECKING) -> None:
    assert streams.begin(a_stream(standing), a_mail(), 0)


def decide(streams: Streams, standing: Standing) -> bool:
    ruling = Ruling(standing=standing, at=NOON, says="Why.", by="Ada")
    return streams.rule(A_FINGERPRINT, ruling, frozenset(Standing))


def a_passage(key: str = "ada@example.org", state: State = State.SENDING) -> Passage:
    return Passage(
        fingerprint=A_FINGERPRINT, key=key, address=key.title(), message_id=None, state=state
    )


def pass_on(ledger: Ledger, *passages: Passage, holder: str = ADA) -> frozenset[str]:
    return ledger.write(Entries(passages=passages, holder=holder, at=NOON))


def settle(ledger: Ledger, key: str, state: State, holder: str = ADA) -> None:
    ledger.write(Entries(settled={(A_FINGERPRINT, key): state}, holder=holder, at=NOON))


def keep(ledger: Ledger, *held: Held) -> frozenset[str]:
    """Keep messages, whose recipients' passages are pending."""
    pending = tuple(
        Passage(
            fingerprint=one.fingerprint,
            key=reader_key(address),
            address=address,
            message_id=None,
            state=State.PENDING,
        )
        for one in held
        if one.fingerprint
        for address in one.mail.recipients
    )
    return ledger.write(Entries(passages=pending, held=held, holder=ADA, at=NOON))


def keep_one(ledger: Ledger, *recipients: str, state: HeldState = HeldState.HELD) -> None:
    keep(ledger, a_held(*recipients, state=state))


def take(ledger: Ledger, holder: str = ADA, most: int = 99) -> tuple[Held, ...]:
    return ledger.take(holder, NOON, most, ROOM)


def end(ledger: Ledger, *ended: Ended, holder: str = ADA) -> None:
    ledger.settle(holder, ended)


def states(ledger: Ledger) -> dict[str, State]:
    every: Iterator[Passage] = ledger.passages(A_FINGERPRINT, tuple(State))
    return {one.key.partition("@")[0]: one.state for one in every}


def kept(ledger: Ledger) -> list[HeldState]:
    return [one.state for one in ledger.held(None, 99)]
