"""What is right about a computer and its settings, and what is not."""

from datetime import UTC, datetime, timedelta

import pytest

from sendguard.config import Security, Smtp
from sendguard.report.health import Health
from sendguard.report.health.machine import clock_part, clocks_part, disk_part
from sendguard.report.health.settings import smtp_part
from tests.builders import NOON

HIDDEN = "hush"


def test_a_clock_that_stands_at_the_beginning_of_time_is_wrong() -> None:
    part = clock_part(datetime.fromtimestamp(60, UTC))

    assert part.health is Health.WRONG
    assert (
        part.says == "it shows 1970-01-01 00:01:00 UTC, before this release was made: set it right"
    )


def test_a_clock_of_today_is_right() -> None:
    assert clock_part(NOON).health is Health.OK


@pytest.mark.parametrize(
    ("ahead_s", "health", "says"),
    [
        (2.0, Health.OK, "agrees"),
        (-300.0, Health.WARNING, "300 s behind"),
        (timedelta(days=1).total_seconds(), Health.WARNING, "86400 s ahead of"),
    ],
)
def test_two_clocks_should_agree(ahead_s: float, health: Health, says: str) -> None:
    part = clocks_part(ahead_s)

    assert part.health is health
    assert says in part.says


@pytest.mark.parametrize(
    ("free", "health"),
    [
        (10_000_000_000, Health.OK),
        (99_000_000, Health.WARNING),
        (0, Health.WRONG),
        (None, Health.UNKNOWN),
    ],
)
def test_there_should_be_room(free: int | None, health: Health) -> None:
    assert disk_part("store", free).health is health


@pytest.mark.parametrize(
    ("smtp", "says"),
    [
        (Smtp(port=465), "port 465 begins with TLS, not with STARTTLS: write `security: tls`"),
        (Smtp(port=465, security=Security.NONE), "port 465 begins with TLS"),
        (Smtp(port=25, security=Security.TLS), "port 25 does not begin with TLS"),
        (Smtp(port=587, security=Security.TLS), "port 587 does not begin with TLS"),
        (Smtp(user="ada"), "a user without a password"),
        (Smtp(password=HIDDEN), "a password without a user"),
    ],
)
def test_what_does_not_fit_is_wrong(smtp: Smtp, says: str) -> None:
    part = smtp_part(smtp)

    assert part.health is Health.WRONG
    assert says in part.says
    assert HIDDEN not in part.says


@pytest.mark.parametrize(
    "smtp",
    [
        Smtp(),
        Smtp(port=25, security=Security.NONE),
        Smtp(port=465, security=Security.TLS, user="ada", password=HIDDEN),
        Smtp(security=Security.NONE, user="ada", password=HIDDEN, host="127.0.0.1"),
        Smtp(port=10465, security=Security.STARTTLS),
    ],
)
def test_what_fits_is_fine_and_was_not_tried(smtp: Smtp) -> None:
    part = smtp_part(smtp)

    assert part.health is Health.OK
    assert "nothing was connected to" in part.says
    assert HIDDEN not in part.says


def test_a_password_in_the_clear_is_worth_a_warning() -> None:
    smtp = Smtp(host="mail.example.org", security=Security.NONE, user="ada", password=HIDDEN)

    assert smtp_part(smtp).health is Health.WARNING
