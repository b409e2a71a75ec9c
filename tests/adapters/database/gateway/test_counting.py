"""Whatever happens in whatever order: nobody is lost, and nothing goes that may not."""

from dataclasses import replace
from datetime import timedelta
from tempfile import TemporaryDirectory

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from sendguard.adapters.database.store import open_store
from sendguard.gateway import Ended, Held, HeldState, Standing
from sendguard.gateway.stream import GOES_OUT
from sendguard.send import State
from tests.adapters.database.gateway.passing import (
    a_passage,
    begin,
    decide,
    end,
    keep,
    kept,
    pass_on,
    settle,
    states,
    take,
)
from tests.builders import NOON
from tests.fakes_gateway import a_held, a_mail

READERS = st.sampled_from([f"reader{number}@example.org" for number in range(4)])
BECAME = st.sampled_from([State.SENT, State.REFUSED, State.PENDING, State.IN_DOUBT])
STAYS = {State.PENDING: HeldState.DUE, State.IN_DOUBT: HeldState.IN_DOUBT}
DEAD = NOON + timedelta(minutes=6)


class Gateway(RuleBasedStateMachine):
    """One campaign of which anything may happen; what must be true of it is kept beside it."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = TemporaryDirectory()
        self.store = open_store(f"sqlite:///{self.folder.name}/sendguard.db")
        self.ledger = self.store.ledger
        begin(self.store.streams)
        self.standing = Standing.CHECKING
        self.known: set[str] = set()
        self.sent: set[str] = set()
        self.messages = 0
        self.written = 0
        self.ours: dict[int, Held] = {}

    @rule(standing=st.sampled_from(Standing))
    def somebody_decides(self, standing: Standing) -> None:
        waiting = self.count(HeldState.HELD, HeldState.DUE)
        assert decide(self.store.streams, standing)
        self.standing = standing
        self.messages -= waiting if standing is Standing.DISCARDED else 0

    @rule(readers=st.sets(READERS, min_size=1))
    def a_message_is_kept(self, readers: set[str]) -> None:
        self.written += 1
        mail = a_mail(*readers, text=f"Hello {self.written}")
        if not keep(self.ledger, a_held(mail=mail, state=HeldState.HELD)):
            self.known |= readers
            self.messages += 1

    @rule(reader=READERS)
    def a_copy_is_passed_on(self, reader: str) -> None:
        stopped = pass_on(self.ledger, a_passage(reader))
        assert bool(stopped) is (self.standing not in GOES_OUT)
        self.known |= set() if stopped else {reader}

    @rule(reader=READERS, state=BECAME)
    def the_next_hop_answers(self, reader: str, state: State) -> None:
        settle(self.ledger, reader, state)
        self.sent |= {reader} & self.known if state is State.SENT else set()

    @rule(most=st.integers(1, 3))
    def messages_are_taken(self, most: int) -> None:
        taken = take(self.ledger, most=most)
        assert not taken or self.standing in GOES_OUT
        self.ours.update({one.id: one for one in taken})

    @rule(state=BECAME)
    def one_of_them_is_settled(self, state: State) -> None:
        if not self.ours:
            return
        _, taken = self.ours.popitem()
        left = (replace(taken, state=STAYS[state]),) if state in STAYS else ()
        became = dict.fromkeys(taken.mail.recipients, state)
        end(self.ledger, Ended(taken=taken, left=left, states=became))
        self.sent |= set(became) if state is State.SENT else set()
        is_discarded = state is State.PENDING and self.standing is Standing.DISCARDED
        self.messages -= 0 if left and not is_discarded else 1

    @rule()
    def the_process_is_taken_for_dead(self) -> None:
        self.ledger.recover(DEAD)

    @rule(state=st.sampled_from([State.SENT, State.PENDING]))
    def a_person_settles_what_is_in_doubt(self, state: State) -> None:
        doubted = {one.id for one in self.ledger.held(None, 99) if one.state is HeldState.IN_DOUBT}
        in_doubt = {key for key, one in self.states().items() if one is State.IN_DOUBT}
        self.ledger.settle_doubt(None, state, NOON)
        self.ours = {id_: one for id_, one in self.ours.items() if id_ not in doubted}
        is_gone = state is State.SENT or self.standing is Standing.DISCARDED
        self.messages -= len(doubted) if is_gone else 0
        self.sent |= in_doubt if state is State.SENT else set()

    @invariant()
    def everybody_is_in_one_state(self) -> None:
        assert set(self.states()) == self.known

    @invariant()
    def who_got_it_got_it(self) -> None:
        assert {key for key, one in self.states().items() if one is State.SENT} == self.sent

    @invariant()
    def no_message_is_lost(self) -> None:
        assert self.ledger.held_count() == self.messages

    @invariant()
    def what_is_kept_stands_as_its_campaign(self) -> None:
        other = HeldState.HELD if self.standing in GOES_OUT else HeldState.DUE
        assert self.count(other) == 0

    def count(self, *wanted: HeldState) -> int:
        return sum(one in wanted for one in kept(self.ledger))

    def states(self) -> dict[str, State]:
        return {f"{name}@example.org": state for name, state in states(self.ledger).items()}

    def teardown(self) -> None:
        self.store.close()
        self.folder.cleanup()


TestGateway = Gateway.TestCase
TestGateway.settings = settings(max_examples=12, stateful_step_count=20)
