"""What a turn costs, however many wait: once the wrong index made each row cost milliseconds."""

from contextlib import closing
from pathlib import Path

from sendguard.adapters.database.store import open_store
from sendguard.send import Settled, State
from tests.adapters.database.outbox.queued import ADA, queue, readers
from tests.adapters.database.steps import counting_steps
from tests.builders import NOON


def steps_of_a_turn(folder: Path, waiting: int) -> int:
    folder.mkdir()
    with counting_steps() as steps, closing(open_store(f"sqlite:///{folder}/s.db")) as store:
        outbox = store.outbox
        queued = queue(outbox, readers(waiting))
        leased = outbox.lease(queued, ADA, NOON, waiting)
        begun = outbox.turn(ADA, (), leased[:50], NOON)
        settled = [Settled(id=one.id, state=State.SENT, says="250 ok") for one in begun]
        steps[0] = 0

        assert len(outbox.turn(ADA, settled, leased[50:100], NOON)) == 50

        return steps[0]


def test_a_turn_costs_the_same_however_many_wait(tmp_path: Path) -> None:
    few = steps_of_a_turn(tmp_path / "few", 200)
    many = steps_of_a_turn(tmp_path / "many", 5_000)

    assert many <= 1.5 * few
