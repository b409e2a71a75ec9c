"""Who is told what, whatever a server answers: no letter twice, none never."""

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sendguard.adapters.smtp.dialogue import Dialogue, Ended
from sendguard.adapters.smtp.envelope import Offers
from sendguard.adapters.smtp.replies import Confused, Heard
from sendguard.send import Accepted, Letter, Outcome
from tests.mail.letters import a_letter


class Pile:
    """A supply of a few letters, without an event loop."""

    def __init__(self, count: int) -> None:
        self.left = [a_letter(number, data=b"x" * 70_000) for number in range(count, 0, -1)]
        self.told: list[int] = []
        self.outcomes: list[Outcome] = []

    def take(self) -> Letter | None:
        return self.left.pop() if self.left else None

    def put_back(self, letter: Letter) -> None:
        self.told.append(letter.id)

    def settle(self, letter: Letter, outcome: Outcome) -> None:
        self.told.append(letter.id)
        self.outcomes.append(outcome)

    @property
    def is_over(self) -> bool:
        return not self.left

    async def wait(self) -> None:
        raise NotImplementedError


CODES = st.sampled_from([250, 250, 250, 354, 354, 421, 450, 550, 503, 220])


@given(
    st.lists(st.one_of(CODES, st.none()), max_size=40),
    st.builds(Offers, pipelining=st.booleans()),
    st.data(),
)
def test_each_letter_that_was_taken_is_told_of_once(
    codes: list[int | None], offers: Offers, data: st.DataObject
) -> None:
    pile = Pile(4)
    dialogue = Dialogue(pile, offers, 3, lambda _: data.draw(st.booleans()))

    dialogue.go_on()
    with suppress(Ended, Confused):
        for code in codes:
            if code is None:
                dialogue.drained()
            else:
                dialogue.hear(Heard(code, (b"said",)))
    dialogue.end("the cable was cut")

    taken = {1, 2, 3, 4} - {letter.id for letter in pile.left}
    assert sorted(pile.told) == sorted(taken)


def all_written(*, pipelining: bool) -> bytes:
    """What goes over the wire for two letters that a server takes gladly."""
    said = list[bytes]()
    pile = Pile(0)
    pile.left = [a_letter(2), a_letter(1)]

    def write(parts: object) -> bool:
        said.extend(parts)  # type: ignore[arg-type]
        return True

    dialogue = Dialogue(pile, Offers(pipelining=pipelining), 9, write)
    dialogue.go_on()
    for _ in range(2):
        for code in (250, 250, 354, 250):
            dialogue.hear(Heard(code, (b"",)))
    assert [type(outcome) for outcome in pile.outcomes] == [Accepted, Accepted]
    return b"".join(said)


def test_pipelining_changes_when_things_are_said_and_not_what() -> None:
    assert all_written(pipelining=True) == all_written(pipelining=False)


@pytest.mark.parametrize("code", [250, 354, 421, 550])
def test_a_reply_that_nobody_asked_for_ends_the_talk(code: int) -> None:
    dialogue = Dialogue(Pile(0), Offers(), 9, lambda _: True)

    with pytest.raises(Ended):
        dialogue.hear(Heard(code, (b"",)))
