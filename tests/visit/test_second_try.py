from datetime import timedelta
from email.utils import format_datetime

import pytest

from sendguard.visit import Trouble
from sendguard.visit.second_try import SHORT_PAUSE_S, pause_after_answer_s, pause_after_trouble_s
from tests.builders import NOON


@pytest.mark.parametrize(
    "trouble", [Trouble.REFUSED, Trouble.RESET, Trouble.NO_SUCH_HOST, Trouble.NO_NETWORK]
)
def test_a_trouble_that_may_pass_is_tried_again(trouble: Trouble) -> None:
    assert pause_after_trouble_s(trouble, connected=True) == SHORT_PAUSE_S


@pytest.mark.parametrize(
    "trouble",
    [Trouble.BAD_CERTIFICATE, Trouble.PRIVATE_ADDRESS, Trouble.NO_PROPER_ANSWER, Trouble.TIMEOUT],
)
def test_a_trouble_that_stays_is_not(trouble: Trouble) -> None:
    assert pause_after_trouble_s(trouble, connected=True) is None


def test_a_connection_that_took_too_long_is_tried_again() -> None:
    assert pause_after_trouble_s(Trouble.TIMEOUT, connected=False) == SHORT_PAUSE_S


@pytest.mark.parametrize(
    ("status", "retry_after", "pause"),
    [
        (429, "3", 3.0),
        (503, " 10 ", 10.0),
        (429, "11", None),
        (429, None, None),
        (429, "soon", None),
        (429, "-1", None),
        (429, format_datetime(NOON + timedelta(seconds=4), usegmt=True), 4.0),
        (429, format_datetime(NOON - timedelta(days=1), usegmt=True), 0.0),
        (429, format_datetime(NOON + timedelta(hours=1), usegmt=True), None),
        (503, None, SHORT_PAUSE_S),
        (503, "3600", None),
        (500, None, SHORT_PAUSE_S),
        (502, "7", SHORT_PAUSE_S),
        (501, None, None),
        (404, "1", None),
        (200, "1", None),
    ],
)
def test_a_server_is_asked_again_when_it_may_help(
    status: int, retry_after: str | None, pause: float | None
) -> None:
    assert pause_after_answer_s(status, retry_after, NOON) == pause
