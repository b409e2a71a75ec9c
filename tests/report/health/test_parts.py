"""What is right about a computer and its settings, and what is not."""

from datetime import UTC, datetime, timedelta

import pytest

from sendguard.config import Security, Smtp
from sendguard.report.health import Health, Part
from sendguard.report.health.machine import clock_part, clocks_part, disk_part
from sendguard.report.health.mail import (
    dkim_part,
    outbox_part,
    suppressed_part,
    unsubscribe_part,
)
from sendguard.report.health.settings import Tried, smtp_part
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


def test_a_mail_server_that_nobody_named_is_called_so() -> None:
    assert smtp_part(Smtp()).says.startswith("not set, so that it would be localhost:587")


def test_a_mail_server_that_lets_us_in_is_fine_whatever_its_port() -> None:
    part = smtp_part(Smtp(port=2525, security=Security.TLS), Tried())

    assert part.health is Health.OK
    assert part.says == (
        "localhost:2525, TLS, without a login: it would take letters (none was sent)"
    )


@pytest.mark.parametrize(
    ("smtp", "tried", "health", "says"),
    [
        (Smtp(), Tried(trouble="it is full", may_pass=True), Health.WARNING, "it is full: try"),
        (Smtp(), Tried(trouble="it is gone: start it"), Health.WRONG, "it is gone: start it"),
        (Smtp(port=465), Tried(trouble="it says nothing"), Health.WRONG, "port 465 begins with"),
        (Smtp(password=HIDDEN), Tried(), Health.WRONG, "there is a password without"),
    ],
    ids=["busy", "gone", "another kind of port", "half a login"],
)
def test_a_mail_server_that_takes_nothing_is_told(
    smtp: Smtp, tried: Tried, health: Health, says: str
) -> None:
    part = smtp_part(smtp, tried)

    assert part.health is health
    assert part.says.startswith(says)
    assert HIDDEN not in part.says


def test_what_is_to_be_published_is_told_whole() -> None:
    record = f"v=DKIM1; k=rsa; p={'A' * 1_500}"

    named = dkim_part("spring", "example.org", record)
    of_sender = dkim_part("spring", None, record)

    assert "at spring._domainkey.example.org, the DNS must" in named.says
    assert "at spring._domainkey.DOMAIN, where DOMAIN is" in of_sender.says
    assert named.says.endswith(record)


def test_without_a_way_to_leave_there_is_a_note() -> None:
    part = unsubscribe_part(None)

    assert part.health is Health.OK
    assert "no `mail.unsubscribe`, so not with one click (RFC 8058)" in part.says
    assert unsubscribe_part("https://example.org/leave").says == (
        "with one click, at https://example.org/leave"
    )


@pytest.mark.parametrize(
    ("part", "says"),
    [
        (suppressed_part(0), "nobody is on the suppression list"),
        (suppressed_part(1), "1 address is on the suppression list"),
        (suppressed_part(1_234), "1,234 addresses are on the suppression list"),
        (outbox_part(0), "nothing waits to be sent"),
        (outbox_part(1), "1 message waits to be sent"),
        (outbox_part(1_234), "1,234 messages wait to be sent"),
    ],
)
def test_numbers_are_told_in_words(part: Part, says: str) -> None:
    assert part.says == says


def test_a_password_in_the_clear_is_worth_a_warning() -> None:
    smtp = Smtp(host="mail.example.org", security=Security.NONE, user="ada", password=HIDDEN)

    assert smtp_part(smtp).health is Health.WARNING
