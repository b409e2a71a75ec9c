"""The relay and servers that break off, refuse, keep silent or talk nonsense."""

import asyncio
from collections.abc import Sequence
from contextlib import suppress

import pytest

from sendguard.adapters.smtp import SmtpRelay
from sendguard.config.sections import Smtp
from sendguard.errors import RelayTrouble
from sendguard.send import Accepted, Deferred, NotSent, Outcome, Refused, Unanswered
from tests.mail.letters import ToldSupply, a_letter
from tests.mail.told import OFFERS, Answer, Deed, ToldServer, told_server

STEPWISE = ("8BITMIME", "SIZE 1000000")


def relay(
    server: ToldServer,
    *,
    patience_s: float = 60.0,
    final_s: float = 60.0,
    idle_s: float = 60.0,
    **told: object,
) -> SmtpRelay:
    told = {"host": "127.0.0.1", "port": server.port, "security": "none", "at_once": 1, **told}
    smtp = Smtp.model_validate(told)
    return SmtpRelay(smtp, patience_s=patience_s, final_s=final_s, idle_s=idle_s)


def letters(count: int) -> ToldSupply:
    return ToldSupply(a_letter(number) for number in range(1, count + 1))


def kinds(supply: ToldSupply) -> list[type[Outcome]]:
    """What became of the letters, in the order of their numbers."""
    return [type(supply.outcomes[number]) for number in sorted(supply.outcomes)]


both_ways = pytest.mark.parametrize("offers", [OFFERS, STEPWISE], ids=["pipelined", "stepwise"])


@both_ways
async def test_a_connection_that_dies_behind_the_final_dot_leaves_one_in_doubt(
    offers: Sequence[str],
) -> None:
    supply = letters(3)
    async with told_server(offers=offers, DOT=["250 taken", Deed.HANG_UP, "250 taken"]) as server:
        await relay(server).carry(supply)

    assert kinds(supply) == [Accepted, Unanswered, Accepted]
    assert len(server.taken) == 2


@both_ways
@pytest.mark.parametrize("command", ["MAIL", "RCPT", "DATA"])
async def test_a_connection_that_dies_in_the_envelope_leaves_nobody_in_doubt(
    offers: Sequence[str], command: str
) -> None:
    supply = letters(3)
    good = "354 go" if command == "DATA" else "250 good"
    answers: dict[str, list[Answer]] = {command: [good, Deed.HANG_UP, good]}
    async with told_server(answers, offers=offers) as server:
        await relay(server).carry(supply)

    assert kinds(supply) == [Accepted, NotSent, Accepted]


async def test_the_envelope_sent_ahead_is_put_back_where_the_letter_before_it_dies() -> None:
    supply = letters(2)
    async with told_server(DOT=[Deed.HANG_UP, "250 taken"]) as server:
        await relay(server).carry(supply)

    assert supply.returned == [2]
    assert kinds(supply) == [Unanswered, Accepted]


async def test_a_long_letter_that_is_cut_off_is_known_not_to_have_been_sent() -> None:
    supply = ToldSupply([a_letter(data=b"Subject: long\r\n\r\n" + b"x\r\n" * 9_000_000)])
    async with told_server(offers=("PIPELINING",), HALF=[Deed.HANG_UP]) as server:
        await relay(server).carry(supply)

    assert kinds(supply) == [NotSent]


@both_ways
async def test_a_421_puts_one_off_and_ends_the_connection(offers: Sequence[str]) -> None:
    supply = letters(3)
    async with told_server(offers=offers, MAIL=["250 ok", "421 4.3.0 later", "250 ok"]) as server:
        await relay(server).carry(supply)

    assert kinds(supply) == [Accepted, Deferred, Accepted]
    assert server.connections == 2


async def test_a_421_behind_the_dot_puts_one_off_and_the_next_back() -> None:
    supply = letters(2)
    async with told_server(DOT=["421 4.3.0 shutting down", "250 ok"]) as server:
        await relay(server).carry(supply)

    assert supply.returned == [2]
    assert kinds(supply) == [Deferred, Accepted]


async def test_a_server_that_asks_for_the_message_of_a_refused_reader_gets_an_empty_one() -> None:
    supply = letters(2)
    answers: dict[str, list[Answer]] = {
        "RCPT": ["550 5.1.1 no", "250 ok"],
        "DOT": ["554 none", "250 ok"],
    }
    async with told_server(answers) as server:
        await relay(server).carry(supply)

    assert kinds(supply) == [Refused, Accepted]
    assert len(server.taken) == 1
    assert b"Issue 2" in server.taken[0]


@both_ways
@pytest.mark.parametrize("command", ["MAIL", "RCPT", "DATA"])
async def test_after_a_refusal_all_begins_anew(offers: Sequence[str], command: str) -> None:
    supply = letters(2)
    good = "354 go" if command == "DATA" else "250 good"
    # As servers do it: without a recipient there is nothing to ask for.
    answers: dict[str, list[Answer]] = {"DATA": ["503 5.5.1 no", "354 go"]}
    if offers is STEPWISE:
        answers = {}
    answers[command] = ["451 4.3.0 not now", good]
    async with told_server(answers, offers=offers) as server:
        await relay(server).carry(supply)

    assert kinds(supply) == [Deferred, Accepted]
    assert server.heard.count("RSET") == 1


@pytest.mark.parametrize(
    "nonsense",
    [
        *(b"what?\r\n", b"\x00\xff\r\n", b"250\r250\r\n", b"999 no\r\n", b"25 short\r\n"),
        *(b"250-one\r\n550 two\r\n", b"354 go on\r\n", b"250-" * 5_000, b"250-on\r\n" * 500),
    ],
)
async def test_nonsense_behind_the_dot_leaves_the_letter_in_doubt(nonsense: bytes) -> None:
    supply = letters(1)
    async with told_server(DOT=[nonsense]) as server:
        await relay(server).carry(supply)

    outcome = supply.outcomes[1]
    assert isinstance(outcome, Unanswered)
    assert outcome.is_garbled


@pytest.mark.parametrize("nonsense", [b"what?\r\n", b"354 go on\r\n", b"250-" * 5_000])
async def test_nonsense_before_the_message_sends_nothing(nonsense: bytes) -> None:
    supply = letters(1)
    async with told_server(MAIL=[nonsense]) as server:
        await relay(server).carry(supply)

    assert kinds(supply) == [NotSent]
    assert not server.taken


async def test_a_message_is_not_sent_to_who_did_not_ask_for_it() -> None:
    supply = letters(1)
    async with told_server(DATA=["250 taken already"]) as server:
        await relay(server).carry(supply)

    assert kinds(supply) == [NotSent]


async def test_one_reply_too_many_ends_the_connection_and_tells_nothing_of_the_next() -> None:
    supply = letters(2)
    async with told_server(DOT=[b"250 taken\r\n250 and the next\r\n", "250 ok"]) as server:
        await relay(server, messages_per_connection=1).carry(supply)

    assert kinds(supply) == [Accepted, Accepted]
    assert len(server.taken) >= 1


@pytest.mark.parametrize(
    ("command", "kind"), [("MAIL", NotSent), ("DATA", NotSent), ("DOT", Unanswered)]
)
async def test_silence_ends_in_time(command: str, kind: type[Outcome]) -> None:
    supply = letters(1)
    async with told_server({command: [Deed.STAY_SILENT]}) as server, asyncio.timeout(60):
        await relay(server, timeout_s=0.5, final_s=0.5).carry(supply)

    assert kinds(supply) == [kind]


async def test_a_reply_in_many_lines_is_one_line_for_people() -> None:
    supply = letters(1)
    async with told_server(
        RCPT=["550-5.1.1 nobody\r\n550-5.1.1 of \x07that\r\n550 5.1.1 name"]
    ) as server:
        await relay(server).carry(supply)

    assert str(supply.outcomes[1].reply) == "550 5.1.1 nobody of that name"  # type: ignore[union-attr]


async def test_a_server_that_is_not_there_is_trouble_once_patience_ends() -> None:
    supply = letters(1)
    async with told_server() as server:
        pass

    with pytest.raises(
        RelayTrouble, match=f"no connection to the mail server 127.0.0.1:{server.port}"
    ):
        await relay(server, patience_s=0.0).carry(supply)

    assert supply.outcomes == {}


async def test_a_server_that_comes_back_gets_the_letters() -> None:
    supply = letters(2)
    async with told_server(GREETING=["421 4.3.2 not yet", "220 welcome"]) as server:
        await relay(server).carry(supply)

    assert kinds(supply) == [Accepted, Accepted]


async def test_a_server_that_ends_every_connection_at_once_is_trouble() -> None:
    supply = letters(20)
    async with told_server(MAIL=[Deed.HANG_UP]) as server:
        with pytest.raises(RelayTrouble):
            await relay(server, patience_s=0.5).carry(supply)

    assert server.connections <= 3


async def test_more_connections_than_a_server_takes_are_not_missed() -> None:
    supply = letters(300)
    greetings = ["220 one", *["421 4.7.0 too many connections"] * 50]
    async with told_server(GREETING=greetings) as server:
        await relay(server, at_once=10).carry(supply)

    assert set(kinds(supply)) == {Accepted}


async def test_one_letter_needs_one_connection() -> None:
    supply = letters(1)
    async with told_server() as server:
        await relay(server, at_once=10).carry(supply)

    assert server.connections == 1


async def test_many_letters_are_sent_at_once_as_far_as_is_allowed() -> None:
    supply = letters(400)
    async with told_server() as server:
        await relay(server, at_once=3, messages_per_connection=20).carry(supply)

    assert server.most_at_once == 3
    assert server.heard.count("QUIT") == server.connections >= 20


async def test_an_idle_connection_is_closed_and_another_made_when_needed() -> None:
    supply = ToldSupply([a_letter(1)], stays_open=True)
    async with told_server() as server:
        carrying = asyncio.create_task(relay(server, idle_s=0.1).carry(supply))
        await server.until(lambda: "QUIT" in server.heard)
        supply.add(a_letter(2))
        await server.until(lambda: len(server.taken) == 2)
        supply.end()
        await carrying

    assert kinds(supply) == [Accepted, Accepted]
    assert server.connections == 2


async def test_a_supply_that_ends_is_left_once_what_is_on_the_wire_is_settled() -> None:
    supply = letters(500)
    async with told_server() as server:
        carrying = asyncio.create_task(relay(server, at_once=5).carry(supply))
        await server.until(lambda: len(server.taken) >= 20)
        supply.end()
        await asyncio.wait_for(carrying, 60)

    assert len(supply.outcomes) == len(supply.taken) == len(server.taken)
    assert set(kinds(supply)) == {Accepted}


async def test_a_supply_that_ends_while_no_server_answers_is_left_at_once() -> None:
    supply = letters(5)
    async with told_server(GREETING=[Deed.STAY_SILENT]) as server:
        carrying = asyncio.create_task(relay(server, timeout_s=300).carry(supply))
        await server.until(lambda: server.connections == 1)
        supply.end()
        await asyncio.wait_for(carrying, 60)

    assert supply.taken == []


async def test_whoever_is_cancelled_settles_first_what_is_on_the_wire() -> None:
    supply = letters(3)
    async with told_server(DOT=[Deed.STAY_SILENT]) as server:
        carrying = asyncio.create_task(relay(server).carry(supply))
        await server.until(lambda: server.dots == 1)
        carrying.cancel()
        with suppress(asyncio.CancelledError):
            await carrying

    assert kinds(supply) == [Unanswered]
    assert supply.returned == [2]


async def test_what_the_supply_raises_is_raised_and_all_is_accounted_for() -> None:
    class Failing(ToldSupply):
        def take(self) -> None:
            raise OSError("the disk is full")

    async with told_server() as server:
        with pytest.raises(OSError, match="disk is full"):
            await relay(server).carry(Failing([a_letter()]))


@pytest.mark.parametrize(
    "recipient",
    [
        "a\r\nRCPT TO:<b@example.org>",
        "a@example.org>",
        "a@example.org\n",
        "",
        "a" * 600,
        "a\0@b.org",
    ],
)
async def test_an_address_that_would_end_the_command_never_gets_onto_the_wire(
    recipient: str,
) -> None:
    supply = ToldSupply([a_letter(recipient=recipient)])
    async with told_server() as server:
        await relay(server).carry(supply)

    assert kinds(supply) == [Refused]
    assert not any("MAIL" in line or "RCPT" in line for line in server.heard)


@pytest.mark.parametrize(
    ("letter", "words"),
    [
        (a_letter(data=b"x" * 2000 + b"\r\n"), "2002 bytes, the mail server takes 1000"),
        (a_letter(is_8bit=True), "no 8BITMIME"),
        (a_letter(is_utf8=True), "no SMTPUTF8"),
        (a_letter(recipient="grüße@example.org"), "no SMTPUTF8"),
    ],
)
async def test_what_a_server_cannot_take_is_refused_by_us_in_its_place(
    letter: object, words: str
) -> None:
    supply = ToldSupply([letter])  # type: ignore[list-item]
    async with told_server(offers=("PIPELINING", "SIZE 1000")) as server:
        await relay(server).carry(supply)

    assert words in str(supply.outcomes[1])
    assert "says SendGuard" in str(supply.outcomes[1])


async def test_a_letter_without_a_last_line_end_does_not_swallow_the_dot() -> None:
    supply = ToldSupply([a_letter(data=b"Subject: hello\r\n\r\nHello")])
    async with told_server() as server:
        await relay(server).carry(supply)

    assert server.taken == [b"Subject: hello\r\n\r\nHello\r\n"]
