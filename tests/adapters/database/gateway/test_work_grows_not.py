"""What a message costs, however many passed or are kept: one wrong index, and each costs more."""

from contextlib import closing
from pathlib import Path

from sendguard.adapters.database.store import open_store
from sendguard.gateway import Ended, Standing
from sendguard.ports.gateway import Entries, Ledger
from sendguard.send import State
from tests.adapters.database.gateway.passing import ADA, a_passage, begin, end, keep, pass_on, take
from tests.adapters.database.steps import counting_steps
from tests.builders import NOON
from tests.fakes_gateway import A_FINGERPRINT, a_held


def steps_of_a_message(folder: Path, before: int) -> int:
    folder.mkdir()
    with counting_steps() as steps, closing(open_store(f"sqlite:///{folder}/s.db")) as store:
        begin(store.streams, Standing.PASSED)
        fill(store.ledger, before)
        steps[0] = 0

        pass_ten_on(store.ledger)
        release_ten(store.ledger)

        return steps[0]


def fill(ledger: Ledger, count: int) -> None:
    """With passages on the wire, messages that wait, and some that this process has taken."""
    pass_on(ledger, *(a_passage(f"reader{number:05}@example.org") for number in range(count)))
    keep(ledger, *(a_held(f"held{number:05}@example.org") for number in range(count)))
    take(ledger, most=count // 2)


def pass_ten_on(ledger: Ledger) -> None:
    keys = [f"new{number}@example.org" for number in range(10)]
    pass_on(ledger, *map(a_passage, keys))
    settled = {(A_FINGERPRINT, key): State.SENT for key in keys}
    ledger.write(Entries(settled=settled, holder=ADA, at=NOON))


def release_ten(ledger: Ledger) -> None:
    taken = take(ledger, most=10)
    sent = [{one.mail.recipients[0]: State.SENT} for one in taken]
    end(ledger, *map(lambda one, states: Ended(taken=one, states=states), taken, sent))


def test_a_message_costs_the_same_however_many_there_are(tmp_path: Path) -> None:
    few = steps_of_a_message(tmp_path / "few", 100)
    many = steps_of_a_message(tmp_path / "many", 2_000)

    assert many <= 1.5 * few
