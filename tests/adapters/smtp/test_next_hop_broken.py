"""The next hop where it breaks off, refuses, keeps silent, talks nonsense, or is not there."""

import asyncio
import random
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import replace
from typing import Any

import pytest

from sendguard.adapters.smtp import SmtpNextHop
from sendguard.config.sections import Smtp
from sendguard.gateway import Mail
from sendguard.send import Accepted, Deferred, NotSent, Outcome, Refused, Unanswered
from tests.fakes_gateway import a_mail
from tests.mail.cable import cable
from tests.mail.told import OFFERS, Answer, Deed, ToldServer, told_server

STEPWISE = ("8BITMIME", "SIZE 1000000")
both_ways = pytest.mark.parametrize("offers", [OFFERS, STEPWISE], ids=["pipelined", "stepwise"])


@asynccontextmanager
async def next_hop(
    server: ToldServer,
    *,
    connect_s: float = 60.0,
    final_s: float = 60.0,
    idle_s: float = 60.0,
    **told: object,
) -> AsyncIterator[SmtpNextHop]:
    told = {"host": "127.0.0.1", "port": server.port, "security": "none", "at_once": 1, **told}
    smtp = Smtp.model_validate(told)
    hop = SmtpNextHop(smtp, connect_s=connect_s, final_s=final_s, idle_s=idle_s)
    try:
        yield hop
    finally:
        await hop.close()


async def outcome(hop: SmtpNextHop, mail: Mail | None = None) -> Outcome:
    """What became of a message to one."""
    (only,) = (await hop.hand_on(mail or a_mail())).outcomes.values()
    return only


async def kinds(hop: SmtpNextHop, count: int) -> list[type[Outcome]]:
    """What became of so many messages, one after the other."""
    return [type(await outcome(hop)) for _ in range(count)]


@both_ways
async def test_what_dies_behind_the_dot_is_in_doubt_and_never_sent_again(
    offers: tuple[str, ...],
) -> None:
    answers: list[Answer] = ["250 taken", Deed.HANG_UP, "250 taken"]
    async with told_server(offers=offers, DOT=answers) as server, next_hop(server) as hop:
        assert await kinds(hop, 3) == [Accepted, Unanswered, Accepted]
        assert len(server.taken) == 2


@both_ways
@pytest.mark.parametrize("command", ["MAIL", "RCPT", "DATA"])
async def test_a_new_connection_that_dies_in_the_envelope_has_sent_nothing(
    offers: tuple[str, ...], command: str
) -> None:
    good = "354 go" if command == "DATA" else "250 good"
    answers: dict[str, list[Answer]] = {command: [Deed.HANG_UP, good]}
    async with told_server(answers, offers=offers) as server, next_hop(server) as hop:
        assert await kinds(hop, 2) == [NotSent, Accepted]


@both_ways
@pytest.mark.parametrize("death", [Deed.HANG_UP, "421 4.4.2 you were idle for too long"])
@pytest.mark.parametrize("command", ["MAIL", "RCPT", "DATA"])
async def test_a_kept_connection_that_has_died_is_replaced_and_nobody_hears_of_it(
    offers: tuple[str, ...], command: str, death: Answer
) -> None:
    good = "354 go" if command == "DATA" else "250 good"
    answers: dict[str, list[Answer]] = {command: [good, death, good]}
    async with told_server(answers, offers=offers) as server, next_hop(server) as hop:
        assert await kinds(hop, 2) == [Accepted, Accepted]
        assert server.connections == 2


async def test_what_died_is_replaced_once_only() -> None:
    answers: list[Answer] = ["250 good", Deed.HANG_UP]
    async with told_server(MAIL=answers) as server, next_hop(server) as hop:
        assert await kinds(hop, 2) == [Accepted, NotSent]
        assert server.connections == 2


@pytest.mark.parametrize(("command", "is_met"), [("MAIL", True), ("GREETING", False)])
async def test_that_the_server_heard_of_the_message_is_told(command: str, *, is_met: bool) -> None:
    async with told_server({command: [Deed.HANG_UP]}) as server, next_hop(server) as hop:
        (outcome,) = (await hop.hand_on(a_mail())).outcomes.values()

    assert isinstance(outcome, NotSent)
    assert outcome.is_met is is_met


async def test_a_new_connection_that_is_ended_with_a_421_puts_the_message_off() -> None:
    async with told_server(MAIL=["421 4.3.2 not now"]) as server, next_hop(server) as hop:
        (deferred,) = (await hop.hand_on(a_mail())).outcomes.values()

    assert isinstance(deferred, Deferred)
    assert str(deferred.reply) == "421 4.3.2 not now"


async def test_a_421_behind_the_dot_puts_off_whom_the_server_had_taken() -> None:
    answers: dict[str, list[Answer]] = {
        "RCPT": ["550 5.1.1 no", "250 good"],
        "DOT": ["421 4.3.0 shutting down"],
    }
    async with told_server(answers) as server, next_hop(server) as hop:
        handed = await hop.hand_on(a_mail("ada@example.org", "bo@example.org"))

    assert [type(one) for one in handed.outcomes.values()] == [Refused, Deferred]


@both_ways
async def test_of_500_recipients_each_has_its_own_answer(offers: tuple[str, ...]) -> None:
    readers = [f"reader{number}@example.org" for number in range(500)]
    answers = [f"{550 if number % 7 == 0 else 250} 2.1.5 {number}" for number in range(500)]
    async with told_server(offers=offers, RCPT=answers) as server, next_hop(server) as hop:
        handed = await hop.hand_on(a_mail(*readers))

        assert list(handed.outcomes) == readers
        assert Counter(map(type, handed.outcomes.values())) == {Refused: 72, Accepted: 428}
        assert str(handed.outcomes["reader7@example.org"].reply).endswith("7")  # type: ignore[union-attr]
        assert len(server.taken) == 1


async def test_who_asks_for_a_message_of_nobody_gets_an_empty_one_and_the_next_whole() -> None:
    answers: dict[str, list[Answer]] = {
        "RCPT": ["550 5.1.1 no", "250 ok"],
        "DOT": ["554 none", "250 ok"],
    }
    async with told_server(answers) as server, next_hop(server) as hop:
        assert await kinds(hop, 2) == [Refused, Accepted]
        assert server.taken == [a_mail().data]
        assert server.connections == 1


@both_ways
@pytest.mark.parametrize("command", ["MAIL", "RCPT", "DATA"])
async def test_after_a_refusal_the_connection_begins_anew(
    offers: tuple[str, ...], command: str
) -> None:
    good = "354 go" if command == "DATA" else "250 good"
    answers: dict[str, list[Answer]] = {"DATA": ["503 5.5.1 no", "354 go"]}
    if offers is STEPWISE:
        answers = {}
    answers[command] = ["451 4.3.0 not now", good]
    async with told_server(answers, offers=offers) as server, next_hop(server) as hop:
        assert await kinds(hop, 3) == [Deferred, Accepted, Accepted]
        assert server.heard.count("RSET") == 1
        assert server.connections == 1


NONSENSE = [
    b"what?\r\n",
    b"\x00\xff\r\n",
    b"250-one\r\n550 two\r\n",
    b"354 go\r\n",
    b"250-" * 5_000,
]


@pytest.mark.parametrize("nonsense", NONSENSE)
@pytest.mark.parametrize(("command", "kind"), [("MAIL", NotSent), ("DOT", Unanswered)])
async def test_nonsense_is_no_answer(nonsense: bytes, command: str, kind: type[Outcome]) -> None:
    async with told_server({command: [nonsense, "250 ok"]}) as server, next_hop(server) as hop:
        assert await kinds(hop, 2) == [kind, Accepted]


async def test_a_server_that_takes_what_it_did_not_ask_for_gets_nothing() -> None:
    async with told_server(DATA=["250 taken already"]) as server, next_hop(server) as hop:
        assert await kinds(hop, 1) == [NotSent]
        assert not server.taken


async def test_one_reply_too_many_tells_nothing_of_the_next_message() -> None:
    answers: list[Answer] = [b"250 taken\r\n250 and the next\r\n", "554 not this"]
    async with told_server(DOT=answers) as server, next_hop(server) as hop:
        assert await kinds(hop, 2) == [Accepted, Refused]


@pytest.mark.parametrize(
    ("command", "limit", "kind"), [("RCPT", "timeout_s", NotSent), ("DOT", "final_s", Unanswered)]
)
async def test_silence_ends_in_time(command: str, limit: str, kind: type[Outcome]) -> None:
    brief: dict[str, Any] = {limit: 0.5}
    async with (
        told_server({command: [Deed.STAY_SILENT]}) as server,
        next_hop(server, **brief) as hop,
    ):
        assert await asyncio.wait_for(kinds(hop, 1), 60) == [kind]


LONG = replace(a_mail(), data=a_mail().data + (b"x" * 998 + b"\r\n") * 27_000)


@pytest.mark.parametrize(
    ("answer", "kind"),
    [(Deed.HANG_UP, NotSent), (b"250 taken\r\n", NotSent), (b"552 5.3.4 too big\r\n", Refused)],
)
async def test_a_long_message_that_is_cut_off_was_not_sent(
    answer: Answer, kind: type[Outcome]
) -> None:
    async with told_server(offers=OFFERS[:1], HALF=[answer]) as server, next_hop(server) as hop:
        assert isinstance(await outcome(hop, LONG), kind)


async def test_a_thousand_messages_do_not_wait_for_a_server_that_is_not_there() -> None:
    async with told_server() as server:
        pass

    async with next_hop(server, at_once=20) as hop, asyncio.timeout(60):
        handed = await asyncio.gather(*(hop.hand_on(a_mail()) for _ in range(1_000)))

    assert all(isinstance(one.outcomes["ada@example.org"], NotSent) for one in handed)
    assert f"no connection to the mail server 127.0.0.1:{server.port}" in str(handed[0])


async def test_a_server_that_turned_us_away_is_asked_again_after_a_second_only() -> None:
    greetings = ["421 4.3.2 not yet", "220 welcome"]
    async with told_server(GREETING=greetings) as server, next_hop(server) as hop:
        assert await kinds(hop, 5) == [NotSent] * 5
        assert server.connections == 1
        await asyncio.sleep(1.05)
        assert await kinds(hop, 2) == [Accepted, Accepted]


async def test_a_server_that_says_nothing_at_all_is_not_waited_for_long() -> None:
    async with (
        told_server(GREETING=[Deed.STAY_SILENT]) as server,
        next_hop(server, connect_s=0.2) as hop,
    ):
        silent = await outcome(hop)

    assert silent == NotSent("the mail server did not let us in within 0.2 s")


WRONG: dict[str, Any] = {"user": "ada", "password": "wrong"}


async def test_a_refused_login_is_not_tried_with_every_message() -> None:
    offers = (*OFFERS, "AUTH PLAIN")
    async with (
        told_server(offers=offers, AUTH=["535 5.7.8 no"]) as server,
        next_hop(server, **WRONG) as hop,
    ):
        says = str(await outcome(hop))
        assert "correct gateway.next_hop_user and gateway.next_hop_password" in says
        assert await kinds(hop, 20) == [NotSent] * 20
        assert server.connections == 1


async def test_no_more_connections_than_allowed_and_whoever_waits_longest_is_next() -> None:
    mails = [a_mail(subject=f"Number {number}") for number in range(200)]
    async with told_server() as server, next_hop(server) as hop:
        await asyncio.gather(*map(hop.hand_on, mails))

        assert server.taken == [mail.data for mail in mails]
        assert server.connections == 1


async def test_a_server_that_takes_fewer_connections_than_allowed_gets_all_messages() -> None:
    greetings = ["220 one", "220 two", "421 4.7.0 too many connections"]
    async with told_server(GREETING=greetings) as server, next_hop(server, at_once=10) as hop:
        handed = await asyncio.gather(*(hop.hand_on(a_mail()) for _ in range(200)))

        assert {type(one.outcomes["ada@example.org"]) for one in handed} == {Accepted}
        assert server.connections <= 4


async def test_a_connection_is_left_after_as_many_messages_as_it_may_carry() -> None:
    async with (
        told_server() as server,
        next_hop(server, messages_per_connection=3) as hop,
    ):
        assert await kinds(hop, 7) == [Accepted] * 7
        await server.until(lambda: server.at_once == 1)
        assert server.heard.count("QUIT") == 2


async def test_a_connection_that_nobody_needs_is_left() -> None:
    async with told_server() as server, next_hop(server, idle_s=0.1) as hop:
        await hop.hand_on(a_mail())
        await server.until(lambda: server.at_once == 0)

        assert server.heard[-1] == "QUIT"
        assert await kinds(hop, 1) == [Accepted]


async def test_what_is_said_of_messages_is_true_however_connections_are_cut() -> None:
    chance = random.Random(7)  # noqa: S311 - to repeat it
    mails = [a_mail(subject=f"Number {number}") for number in range(400)]
    async with told_server() as server, cable(server.port, lambda: chance.randrange(3000)) as cut:
        server.port = cut.port
        async with next_hop(server, at_once=5) as hop:
            handed = await asyncio.gather(*map(hop.hand_on, mails))

    copies = Counter(server.taken)
    became = [
        (type(one.outcomes["ada@example.org"]), mail.data)
        for one, mail in zip(handed, mails, strict=True)
    ]
    assert {copies[data] for kind, data in became if kind is Accepted} == {1}
    assert {copies[data] for kind, data in became if kind is NotSent} <= {0}
    assert max(copies.values()) == 1
    assert cut.cuts > 20


async def test_who_waits_too_long_for_a_free_connection_is_told_so() -> None:
    async with (
        told_server(DOT=[Deed.STAY_SILENT]) as server,
        next_hop(server, timeout_s=0.5) as hop,
    ):
        slow = asyncio.create_task(hop.hand_on(a_mail()))
        await server.until(lambda: "DATA" in server.heard)
        waited = await outcome(hop)
        slow.cancel()

    assert waited == NotSent("every connection to the mail server was busy for long")


async def test_who_waits_no_more_takes_no_connection_from_the_next() -> None:
    async with told_server() as server, next_hop(server) as hop:
        waiting = [asyncio.create_task(hop.hand_on(a_mail())) for _ in range(20)]
        await server.until(lambda: len(server.taken) > 0)
        for task in waiting[::2]:
            task.cancel()
        handed = await asyncio.wait_for(asyncio.gather(*waiting, return_exceptions=True), 60)

        assert not any(isinstance(one, BaseException) for one in handed[1::2])
        assert await kinds(hop, 1) == [Accepted]


async def test_who_is_interrupted_while_sending_leaves_no_half_of_a_message_behind() -> None:
    answers: list[Answer] = [Deed.STAY_SILENT, "354 go on"]
    async with told_server(DATA=answers) as server, next_hop(server) as hop:
        sending = asyncio.create_task(hop.hand_on(a_mail()))
        await server.until(lambda: "DATA" in server.heard)
        sending.cancel()
        with suppress(asyncio.CancelledError):
            await sending

        assert await kinds(hop, 1) == [Accepted]
        assert server.taken == [a_mail().data]


async def test_after_the_end_nothing_is_sent() -> None:
    async with told_server() as server, next_hop(server) as hop:
        await hop.hand_on(a_mail())
        await hop.close()

        assert await kinds(hop, 1) == [NotSent]
        assert server.heard[-1] == "QUIT"
