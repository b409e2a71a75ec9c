import pytest

from sendguard.visit import Trouble
from sendguard.visit.second_try import (
    SHORT_PAUSE_S,
    Again,
    Proof,
    again_after_answer,
    again_after_trouble,
    proof_of_answer,
    proof_of_trouble,
)
from sendguard.visit.walls import CLOUDFLARE

AS_BEFORE = Again(SHORT_PAUSE_S)
AS_A_BROWSER = Again(as_browser=True)


@pytest.mark.parametrize(
    "trouble", [Trouble.REFUSED, Trouble.RESET, Trouble.NO_SUCH_HOST, Trouble.NO_NETWORK]
)
def test_a_trouble_that_may_pass_is_tried_again(trouble: Trouble) -> None:
    assert again_after_trouble(trouble, connected=True) == AS_BEFORE


@pytest.mark.parametrize(
    "trouble", [Trouble.BAD_CERTIFICATE, Trouble.PRIVATE_ADDRESS, Trouble.NO_PROPER_ANSWER]
)
def test_a_trouble_that_stays_is_not(trouble: Trouble) -> None:
    assert again_after_trouble(trouble, connected=True) is None


def test_a_connection_that_took_too_long_is_tried_again_for_as_long() -> None:
    assert again_after_trouble(Trouble.TIMEOUT, connected=False) == AS_BEFORE


def test_an_answer_that_took_too_long_gets_half_the_time_the_second_time() -> None:
    assert again_after_trouble(Trouble.TIMEOUT, connected=True) == Again(SHORT_PAUSE_S, share=0.5)


@pytest.mark.parametrize(
    ("status", "walled", "again"),
    [
        *((status, None, AS_BEFORE) for status in (500, 502, 504, 520, 408, 425)),
        *((status, None, AS_A_BROWSER) for status in (403, 404, 405, 406, 410, 999)),
        (200, CLOUDFLARE, AS_A_BROWSER),
        (403, CLOUDFLARE, AS_A_BROWSER),
        *((status, None, None) for status in (200, 301, 304, 400, 451, 501, 505)),
        (401, "the site asks for a login (401)", None),
    ],
)
def test_an_answer_is_asked_for_again_when_it_may_help(
    status: int, walled: str | None, again: Again | None
) -> None:
    assert again_after_answer(status, walled) == again


@pytest.mark.parametrize("status", [429, 503])
def test_a_host_that_wants_to_be_asked_less_is_not_asked_under_another_name(status: int) -> None:
    assert again_after_answer(status, CLOUDFLARE) is None


@pytest.mark.parametrize(
    ("better", "worse"),
    [
        (proof_of_answer(200, None), proof_of_answer(404, None)),
        (proof_of_answer(301, None), proof_of_answer(500, None)),
        (proof_of_answer(403, "turns programs away"), proof_of_answer(410, None)),
        (proof_of_answer(500, None), proof_of_trouble(Trouble.REFUSED)),
        (proof_of_trouble(Trouble.TIMEOUT), proof_of_trouble(Trouble.NO_SUCH_HOST)),
        (proof_of_answer(200, None), proof_of_answer(200, CLOUDFLARE)),
    ],
)
def test_what_speaks_for_a_link_counts_before_what_speaks_against_it(
    better: Proof, worse: Proof
) -> None:
    assert better < worse
