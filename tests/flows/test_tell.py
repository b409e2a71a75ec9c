"""People are told what they are to be told, each address by itself."""

import asyncio
from datetime import timedelta

from sendguard.flows.tell import Telling, Told, tell_due
from sendguard.ports.telling import DueNotice
from sendguard.watch.address import digest_of
from sendguard.watch.retry import MOST_TRIES
from tests.builders import NOON
from tests.fakes import StoppedClock
from tests.telling import ToldNotices, ToldNotifier

MAIL = "mailto://ada:secret@example.org"
CHAT = "slack://secret/secret/secret"


def a_notice(title: str = "42 is blocked", to: str = MAIL, tries: int = 0) -> DueNotice:
    return DueNotice(
        id=f"{title} {to}",
        to=digest_of(to),
        campaign="navigator-42",
        title=title,
        body="One link opens another article.",
        tries=tries,
    )


async def tell(
    notices: ToldNotices, notifier: ToldNotifier, addresses: tuple[str, ...] = (MAIL, CHAT)
) -> Told:
    return await tell_due(notices, notifier, addresses, StoppedClock())


async def test_each_address_is_told_what_is_due_to_it_once() -> None:
    notices = ToldNotices(a_notice(to=MAIL), a_notice(to=CHAT))
    notifier = ToldNotifier()

    first = await tell(notices, notifier)
    second = await tell(notices, notifier)

    assert sorted(notifier.told) == [(MAIL, "42 is blocked"), (CHAT, "42 is blocked")]
    assert [telling.address for telling in first.tellings] == [
        "mailto://example.org/********",
        "slack://********",
    ]
    assert second == Told()


async def test_an_address_that_fails_does_not_keep_another_from_being_told() -> None:
    notices = ToldNotices(a_notice(to=MAIL), a_notice(to=CHAT))
    notifier = ToldNotifier({MAIL: "it hung up"})

    told = await tell(notices, notifier)

    assert notifier.told == [(CHAT, "42 is blocked")]
    assert [telling.trouble for telling in told.tellings] == ["it hung up", None]


async def test_an_address_that_hangs_does_not_keep_another_waiting() -> None:
    notices = ToldNotices(a_notice(to=MAIL), a_notice(to=CHAT))
    notifier = ToldNotifier(waits_at=MAIL)

    telling = asyncio.create_task(tell(notices, notifier))
    await notifier.got_through.wait()
    still_waits = not telling.done()
    notifier.goes_on.set()
    await telling

    assert still_waits
    assert notifier.told == [(CHAT, "42 is blocked"), (MAIL, "42 is blocked")]


async def test_what_failed_is_due_again_after_a_pause() -> None:
    notices = ToldNotices(a_notice())

    await tell(notices, ToldNotifier({MAIL: "it hung up"}))

    (row,) = notices.rows.values()
    assert (row.state, row.why) == ("pending", "it hung up")
    assert row.due == NOON + timedelta(minutes=1)


async def test_an_address_that_fails_is_left_alone_with_the_rest() -> None:
    notices = ToldNotices(a_notice("41 is blocked"), a_notice("42 is blocked"))

    told = await tell(notices, ToldNotifier({MAIL: "it hung up"}))
    at_once = await tell(notices, ToldNotifier())

    assert len(told.tellings) == 1
    assert not at_once.tellings


async def test_after_a_day_of_tries_it_is_given_up() -> None:
    notices = ToldNotices(a_notice(tries=MOST_TRIES - 1))

    told = await tell(notices, ToldNotifier({MAIL: "it hung up"}))

    (telling,) = told.tellings
    assert telling.given_up
    assert [row.state for row in notices.rows.values()] == ["given up"]


async def test_what_waits_for_an_address_that_was_taken_away_is_dropped_with_a_word() -> None:
    notices = ToldNotices(a_notice(to=CHAT))
    notifier = ToldNotifier()

    told = await tell(notices, notifier, (MAIL,))

    assert told == Told(dropped=1)
    assert not notices.rows
    assert not notifier.told


async def test_a_notice_that_was_on_its_way_when_the_program_died_is_told_again() -> None:
    notices = ToldNotices(a_notice())
    notices.begin(a_notice(), NOON)
    notifier = ToldNotifier()

    await tell(notices, notifier)

    assert notifier.told == [(MAIL, "42 is blocked")]


def test_a_telling_says_nothing_secret() -> None:
    notices = ToldNotices(a_notice(to=MAIL), a_notice(to=CHAT))

    told = asyncio.run(tell(notices, ToldNotifier({CHAT: "it hung up"})))

    assert all(isinstance(telling, Telling) for telling in told.tellings)
    assert "secret" not in repr(told)
