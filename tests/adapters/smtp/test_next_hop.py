"""The next hop and real servers: Postfix, and its smtp-sink."""

import asyncio
import base64
from collections.abc import Callable
from dataclasses import replace

import dkim
import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from sendguard.adapters.smtp import SmtpNextHop
from sendguard.config.sections import Smtp
from sendguard.gateway import Mail
from sendguard.send import Accepted, Deferred, Outcome, Refused, Reply
from tests.fakes_gateway import a_mail
from tests.mail.postfix import LATER, NOBODY, PASSWORD, USER, Postfix
from tests.mail.sink import smtp_sink


def plain(port: int, **told: object) -> Smtp:
    return Smtp.model_validate({"host": "127.0.0.1", "port": port, "security": "none", **told})


async def handed_on(smtp: Smtp, *mails: Mail) -> list[Outcome]:
    """What became of each of these, or of each of their recipients; they go all at once."""
    hop = SmtpNextHop(smtp)
    try:
        handed = await asyncio.gather(*map(hop.hand_on, mails))
    finally:
        await hop.close()
    return [outcome for one in handed for outcome in one.outcomes.values()]


async def test_each_message_arrives_once_over_starttls_and_a_login(server: Postfix) -> None:
    told = {"port": server.submission, "ca_file": str(server.ca_file), "at_once": 4}
    smtp = Smtp.model_validate({"user": USER, "password": PASSWORD, **told})
    readers = [f"reader{number}@example.org" for number in range(30)]

    outcomes = await handed_on(smtp, *map(a_mail, readers))

    assert {type(outcome) for outcome in outcomes} == {Accepted}
    assert sorted(message["X-Original-To"] for message in server.arrived(30)) == sorted(readers)


async def test_each_recipient_has_the_next_hops_own_answer(server: Postfix) -> None:
    names = ["ada@example.org", NOBODY, LATER, "grüße@exämple.org"]

    taken, refused, later, named = await handed_on(plain(server.plain), a_mail(*names))

    says = f"<{NOBODY}>: Recipient address rejected: nobody of that name"
    assert refused == Refused(Reply(code=550, enhanced="5.1.1", text=says))
    assert isinstance(later, Deferred)
    assert isinstance(taken, Accepted)
    assert taken == named
    assert "queued as" in taken.reply.text
    assert len(server.arrived(2)) == 2


async def test_a_bounce_goes_on_without_a_sender(server: Postfix) -> None:
    (outcome,) = await handed_on(plain(server.plain), a_mail(sender=""))

    assert isinstance(outcome, Accepted)
    assert len(server.arrived(1)) == 1


async def test_a_long_message_in_eight_bits_with_dots_arrives_as_it_was(server: Postfix) -> None:
    body = b".\r\n..two\r\n" + "Grüße\r\n".encode() + b"x" * 998 + b"\r\n"
    mail = replace(a_mail(), data=a_mail().data + body * 1_000)

    (outcome,) = await handed_on(plain(server.plain), mail)

    assert isinstance(outcome, Accepted)
    (message,) = server.arrived(1)
    assert message.get_payload(decode=True) == b"Hello\n" + (body * 1_000).replace(b"\r\n", b"\n")


async def test_a_signature_still_holds_where_the_message_arrives() -> None:
    key = Ed25519PrivateKey.generate()
    data = a_mail(text=".dots\r\n..\r\n" + "and  blanks " * 200).data
    sign = dkim.DKIM(data, signature_algorithm=b"ed25519-sha256")
    signed = sign.sign(b"spring", b"example.org", _seed(key), canonicalize=(b"simple", b"simple"))
    with smtp_sink() as sink:
        await handed_on(plain(sink.port), replace(a_mail(), data=signed + data))

        (sunk,) = sink.wait_for(1)

    assert dkim.verify(sunk.raw.replace(b"\n", b"\r\n"), dnsfunc=_published(key))


@pytest.mark.parametrize("options", [(), ("-p",), ("-e",)], ids=["pipelined", "not", "old"])
async def test_thousands_arrive_once_each(options: tuple[str, ...]) -> None:
    readers = [f"reader{number}@example.org" for number in range(1_000)]
    with smtp_sink(*options) as sink:
        smtp = plain(sink.port, messages_per_connection=37)

        outcomes = await handed_on(smtp, *map(a_mail, readers))

        arrived = sorted(sunk.recipient for sunk in sink.taken())
    assert {type(outcome) for outcome in outcomes} == {Accepted}
    assert arrived == sorted(readers)


@pytest.mark.parametrize("way", ["pipelined", "stepwise"])
@pytest.mark.parametrize("command", ["mail", "rcpt", "data", "."])
@pytest.mark.parametrize(("option", "kind"), [("-f", Refused), ("-r", Deferred)])
async def test_a_refusal_at_any_step_is_one_for_everybody(
    option: str, kind: type[Outcome], command: str, way: str
) -> None:
    mails = [a_mail("ada@example.org", "bo@example.org") for _ in range(5)]
    with smtp_sink(option, command, *([] if way == "pipelined" else ["-p"])) as sink:
        outcomes = await handed_on(plain(sink.port, at_once=2), *mails)

    assert [type(outcome) for outcome in outcomes] == [kind] * 10


def _seed(key: Ed25519PrivateKey) -> bytes:
    return base64.b64encode(key.private_bytes_raw())


def _published(key: Ed25519PrivateKey) -> Callable[..., bytes]:
    public = base64.b64encode(key.public_key().public_bytes_raw())
    return lambda *_, **__: b"v=DKIM1; k=ed25519; p=" + public
