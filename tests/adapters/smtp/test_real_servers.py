"""The relay and real servers: Postfix, and its smtp-sink."""

from collections.abc import Iterator

import pytest

from sendguard.adapters.smtp import SmtpRelay
from sendguard.config.sections import Security, Smtp
from sendguard.send import Accepted, Deferred, Outcome, Refused, Reply
from tests.mail.letters import ToldSupply, a_letter
from tests.mail.postfix import LATER, NOBODY, PASSWORD, USER, Postfix
from tests.mail.sink import Sink, smtp_sink


@pytest.fixture
def sink() -> Iterator[Sink]:
    with smtp_sink() as running:
        yield running


def submission(server: Postfix, **told: object) -> Smtp:
    told = {"port": server.submission, "ca_file": str(server.ca_file), **told}
    return Smtp.model_validate({"user": USER, "password": PASSWORD, **told})


def plain(port: int, **told: object) -> Smtp:
    return Smtp.model_validate({"host": "127.0.0.1", "port": port, "security": "none", **told})


def kinds(supply: ToldSupply) -> set[type[Outcome]]:
    return {type(outcome) for outcome in supply.outcomes.values()}


async def test_each_letter_arrives_once_over_starttls_and_a_login(server: Postfix) -> None:
    supply = ToldSupply(a_letter(number) for number in range(40))

    await SmtpRelay(submission(server, at_once=4)).carry(supply)

    assert kinds(supply) == {Accepted}
    arrived = [message["X-Original-To"] for message in server.arrived(40)]
    assert sorted(arrived) == sorted(f"reader{number}@example.org" for number in range(40))


async def test_a_letter_arrives_over_tls_from_the_start(server: Postfix) -> None:
    smtp = submission(server, port=server.implicit, security=Security.TLS)
    supply = ToldSupply([a_letter()])

    await SmtpRelay(smtp).carry(supply)

    assert kinds(supply) == {Accepted}
    assert len(server.arrived(1)) == 1


async def test_what_a_server_refuses_concerns_one_letter_alone(server: Postfix) -> None:
    letters = [a_letter(1), a_letter(2, recipient=NOBODY), a_letter(3, recipient=LATER)]
    supply = ToldSupply([*letters, a_letter(4)])

    await SmtpRelay(submission(server, at_once=1)).carry(supply)

    kinds = [type(supply.outcomes[number]) for number in (1, 2, 3, 4)]
    assert kinds == [Accepted, Refused, Deferred, Accepted]
    assert len(server.arrived(2)) == 2


async def test_a_refusal_keeps_the_words_of_the_server(server: Postfix) -> None:
    supply = ToldSupply([a_letter(recipient=NOBODY)])

    await SmtpRelay(submission(server)).carry(supply)

    says = f"<{NOBODY}>: Recipient address rejected: nobody of that name"
    assert supply.outcomes[1] == Refused(Reply(code=550, enhanced="5.1.1", text=says))


async def test_a_name_in_other_letters_arrives(server: Postfix) -> None:
    supply = ToldSupply([a_letter(recipient="grüße@exämple.org", is_8bit=True, is_utf8=True)])

    await SmtpRelay(submission(server)).carry(supply)

    assert kinds(supply) == {Accepted}
    (message,) = server.arrived(1)
    assert message["X-Original-To"] == "grüße@exämple.org"


async def test_a_message_of_30_megabytes_arrives_whole(server: Postfix) -> None:
    body = b"x" * 998 + b"\r\n"
    supply = ToldSupply([a_letter(data=b"Subject: long\r\n\r\n" + body * 30_000)])

    await SmtpRelay(submission(server)).carry(supply)

    assert kinds(supply) == {Accepted}
    (message,) = server.arrived(1)
    assert len(message.get_payload()) == 30_000 * 999


async def test_the_bytes_that_arrive_are_those_of_the_letter(sink: Sink) -> None:
    data = b"Subject: dots\r\n\r\n..\r\n...two\r\n" + b"long " * 2_000 + b"\r\n"
    supply = ToldSupply([a_letter(data=data, sender="back+1@example.org")])

    await SmtpRelay(plain(sink.port)).carry(supply)

    (sunk,) = sink.taken()
    assert sunk.raw == data.replace(b"\r\n..", b"\r\n.").replace(b"\r\n", b"\n")
    assert (sunk.sender, sunk.recipient) == ("back+1@example.org", "reader1@example.org")


@pytest.mark.parametrize("options", [(), ("-p",), ("-e",)], ids=["pipelined", "not", "old"])
async def test_thousands_arrive_once_each(options: tuple[str, ...]) -> None:
    with smtp_sink(*options) as sink:
        supply = ToldSupply(a_letter(number) for number in range(2_000))

        await SmtpRelay(plain(sink.port, messages_per_connection=37)).carry(supply)

        arrived = sorted(sunk.recipient for sunk in sink.taken())
    assert arrived == sorted(f"reader{number}@example.org" for number in range(2_000))
    assert kinds(supply) == {Accepted}


@pytest.mark.parametrize("pipelined", [True, False])
@pytest.mark.parametrize("command", ["mail", "rcpt", "data", "."])
@pytest.mark.parametrize(("option", "kind"), [("-f", Refused), ("-r", Deferred)])
async def test_a_refusal_at_any_step_is_one(
    option: str, kind: type[Outcome], command: str, *, pipelined: bool
) -> None:
    supply = ToldSupply(a_letter(number) for number in range(20))
    with smtp_sink(option, command, *([] if pipelined else ["-p"])) as sink:
        await SmtpRelay(plain(sink.port, at_once=2)).carry(supply)

    assert kinds(supply) == {kind}
    assert len(supply.taken) == 20
