"""What is done with a copy, by how its campaign stands and where it came in."""

import pytest

from sendguard.config.gateway import Blocked, Listener, Mode
from sendguard.gateway import Standing
from sendguard.gateway.answer import Act, act_on


@pytest.mark.parametrize("standing", [Standing.PASSED, Standing.APPROVED])
@pytest.mark.parametrize("mode", Mode)
@pytest.mark.parametrize("blocked", Blocked)
def test_what_goes_out_goes_on_at_every_listener(
    standing: Standing, mode: Mode, blocked: Blocked
) -> None:
    assert act_on(standing, Listener(mode=mode, blocked=blocked)) is Act.RELAY


@pytest.mark.parametrize("standing", sorted(set(Standing) - {Standing.PASSED, Standing.APPROVED}))
@pytest.mark.parametrize("mode", Mode)
@pytest.mark.parametrize("blocked", Blocked)
def test_nothing_else_goes_on_anywhere(standing: Standing, mode: Mode, blocked: Blocked) -> None:
    assert act_on(standing, Listener(mode=mode, blocked=blocked)) is not Act.RELAY


@pytest.mark.parametrize(
    ("mode", "act"),
    [(Mode.HOLD, Act.HOLD), (Mode.DEFER, Act.DEFER_UNDECIDED), (Mode.WAIT, Act.WAIT)],
)
def test_the_mode_says_what_happens_while_it_is_checked(mode: Mode, act: Act) -> None:
    assert act_on(Standing.CHECKING, Listener(mode=mode)) is act


@pytest.mark.parametrize(
    ("blocked", "act"),
    [
        (Blocked.REFUSE, Act.REFUSE),
        (Blocked.DEFER, Act.DEFER_STOPPED),
        (Blocked.HOLD, Act.HOLD),
    ],
)
def test_the_listener_says_what_a_blocked_copy_is_answered(blocked: Blocked, act: Act) -> None:
    assert act_on(Standing.BLOCKED, Listener(blocked=blocked)) is act


def test_what_could_not_be_determined_is_given_back_to_nobody() -> None:
    acts = [act_on(Standing.UNVERIFIED, Listener(mode=mode)) for mode in Mode]

    assert acts == [Act.HOLD, Act.DEFER_STOPPED, Act.DEFER_STOPPED]


def test_a_list_server_hears_no_refusal_even_of_what_was_discarded() -> None:
    assert act_on(Standing.DISCARDED, Listener(blocked=Blocked.DEFER)) is Act.DEFER_STOPPED


def test_what_a_person_discarded_is_not_kept_again() -> None:
    assert act_on(Standing.DISCARDED, Listener(blocked=Blocked.HOLD)) is Act.REFUSE
