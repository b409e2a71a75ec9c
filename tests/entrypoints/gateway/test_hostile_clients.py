"""Clients that mean harm: one message is never two, and nothing reaches the gate half."""

import asyncio

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sendguard.entrypoints.gateway import replies
from sendguard.entrypoints.gateway.envelope import From, parse_from, parse_to
from sendguard.entrypoints.gateway.incoming import Flood, Incoming
from sendguard.entrypoints.gateway.room import Room, Share
from sendguard.send import Reply
from tests.gateways import MESSAGE, Doors, client, greeted, open_doors

SECOND = b"MAIL FROM:<eve@example.org>\r\nRCPT TO:<all@example.net>\r\nDATA\r\nsmuggled\r\n.\r\n"
NO_ENDS = [
    b"\n.\n",
    b"\n.\r\n",
    b"\r.\r",
    b"\r.\r\n",
    b"\r\n.\n",
    b"\r\n.\r",
    b"\n.\r",
    b"\r\n\x00.\r\n",
    b"\r\n.\x00\r\n",
    b"\r\n.\r\r\n",
    b"\r\r\n.\n",
    b"\r\n\r.\r\n",
    b"\n\n.\r\n",
    b"\r\n..\n.\n",
    b"\x85.\x85\n.\n",
]


@pytest.mark.parametrize("end", NO_ENDS, ids=repr)
async def test_no_second_message_hides_in_one(end: bytes) -> None:
    async with open_doors() as doors, greeted(doors.ports[0], *MESSAGE) as one:
        await one.send(b"first" + end + SECOND)
        heard = [await one.hear(), *await one.say("NOOP")]

    assert [reply[:9] for reply in heard] == ["554 5.6.0", "250 2.0.0"]
    assert not doors.mails


@pytest.mark.parametrize("end", [b"\r\r\n.\r\n", b"\n\r\n.\r\n"], ids=repr)
async def test_what_comes_behind_an_end_is_a_command(end: bytes) -> None:
    async with open_doors() as doors, greeted(doors.ports[0], *MESSAGE) as one:
        await one.send(b"first" + end + b"NOOP\r\n")
        heard = [await one.hear(), await one.hear()]

    assert [reply[:3] for reply in heard] == ["554", "250"]
    assert not doors.mails


@pytest.mark.parametrize(
    "said",
    [
        "FROM:<a@example.org>\rRCPT TO:<b@example.org>",
        "FROM:<a@example.org\x00>",
        "FROM:<a@example.org>\x0bSIZE=1",
        "FROM:<a\x1b[2J@example.org>",
        "FROM:<a@example.org> SIZE=1\rX",
        'FROM:<"a\r"@example.org>',
        'FROM:<"a\x85"@example.org> SMTPUTF8',
        "FROM:<a\u2028b@example.org> SMTPUTF8",
        "FROM:<a\u202eb@example.org> SMTPUTF8",
        "FROM:<a\udcffb@example.org> SMTPUTF8",
        "FROM:<a@example.org",
        "FROM:a@example.org",
        "FROM:<<a@example.org>>",
        "FROM:<a@example.org>>",
        "FROM:<a@example.org>SIZE=1",
        "FROM:<a@b@example.org>",
        "FROM:<@relay.example:a@example.org>",
        "FROM:<@relay.example,@other.example:a@example.org>",
        "FROM:<a b@example.org>",
        "FROM:<a@example.org,b@example.org>",
        "FROM:<a@>",
        "FROM:<@example.org>",
        'FROM:<"a@example.org>',
        'FROM:<"a"b@example.org>',
        "FROM:<a@[127.0.0.1>",
        f"FROM:<{'a' * 250}@example.org>",
        "TO:<a@example.org>",
        "",
        "FROM",
        "FROM:",
    ],
)
def test_what_is_no_sender_is_refused(said: str) -> None:
    refused = parse_from(said)

    assert isinstance(refused, Reply)
    assert (refused.code, refused.enhanced) == (501, "5.1.7")


@pytest.mark.parametrize(
    ("said", "sender"),
    [
        ("FROM:<>", From(address="")),
        ("from: <a@example.org>", From(address="a@example.org")),
        ("FROM:<root>", From(address="root")),
        ("FROM:<a..b.@docomo.example>", From(address="a..b.@docomo.example")),
        ('FROM:<"a b@c\\"d"@example.org>', From(address='"a b@c\\"d"@example.org')),
        ("FROM:<a@[192.0.2.1]>", From(address="a@[192.0.2.1]")),
        ("FROM:<a@[IPv6:2001:db8::1]>", From(address="a@[IPv6:2001:db8::1]")),
        ("FROM:<o'b=c/d+e%f!g@x_y.example>", From(address="o'b=c/d+e%f!g@x_y.example")),
        ("FROM:<a@b> size=7 body=8bitmime auth=a+40b", From(address="a@b", size=7, is_8bit=True)),
        ("FROM:<ü@b> SMTPUTF8", From(address="ü@b", is_utf8=True)),
    ],
)
def test_a_sender_is_taken_as_it_is_written(said: str, sender: From) -> None:
    assert parse_from(said) == sender


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ("FROM:<a@b> RET=HDRS", 555),
        ("FROM:<a@b> XFORWARD=x", 555),
        ("FROM:<a@b> SIZE=x", 501),
        ("FROM:<a@b> SIZE=-1", 501),
        ("FROM:<a@b> SIZE=999999999999999999999", 501),
        ("FROM:<a@b> SIZE=\u0661", 501),
        ("FROM:<a@b> SIZE=1 SIZE=2", 501),
        ("FROM:<a@b> SIZE", 501),
        ("FROM:<a@b> BODY=BINARYMIME", 501),
        ("FROM:<a@b> SMTPUTF8=1", 501),
        ("FROM:<ü@b>", 553),
    ],
)
def test_what_is_not_spoken_is_refused(said: str, code: int) -> None:
    refused = parse_from(said)

    assert isinstance(refused, Reply)
    assert refused.code == code


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ("TO:<>", 501),
        ("TO:<a@b", 501),
        ("TO:<@r:a@b>", 501),
        ("TO:<a@b> NOTIFY=NEVER", 555),
        ("TO:<ü@b>", 553),
    ],
)
def test_what_is_no_recipient_is_refused(said: str, code: int) -> None:
    refused = parse_to(said, is_utf8=False)

    assert isinstance(refused, Reply)
    assert refused.code == code


@settings(max_examples=40)
@given(st.text('a"\\<>@ \r\n\x85\u2028ü', max_size=12), st.booleans())
def test_no_address_holds_what_could_end_a_line(text: str, is_utf8: bool) -> None:  # noqa: FBT001
    for said in (parse_to(f"TO:<{text}>", is_utf8=is_utf8), parse_from(f"FROM:<{text}> SMTPUTF8")):
        address = said.address if isinstance(said, From) else said

        assert isinstance(address, Reply) or address.isprintable()


@given(
    st.lists(
        st.sampled_from([b"a", b"\r\n", b".", b"\r", b"\n", b"\r\n.\r\n", b"\0"]), max_size=30
    ),
    st.integers(1, 5),
)
def test_however_a_message_is_cut_it_is_the_same(parts: list[bytes], cut: int) -> None:
    wire = b"".join(parts) + b"\r\n.\r\nNOOP"

    whole, pieces = fed(wire, len(wire)), fed(wire, cut)

    assert whole == pieces
    message, rest = whole
    stuffed = (b"\r\n" + wire).partition(b"\r\n.\r\n")
    assert rest == stuffed[2]
    if isinstance(message, bytes):
        assert b"\r\n" + message == (stuffed[0] + b"\r\n").replace(b"\r\n.", b"\r\n")
        assert message.count(b"\r") == message.count(b"\n") == message.count(b"\r\n")


def fed(wire: bytes, cut: int) -> tuple[bytes | Reply, bytes]:
    incoming = Incoming(10_000, Share(Room(10_000)))
    for at in range(0, len(wire), cut):
        rest = incoming.feed(wire[at : at + cut])
        if rest is not None:
            return incoming.result(), rest + wire[at + cut :]
    raise AssertionError("it has an end")


PIECES = st.one_of(
    st.binary(max_size=200),
    st.sampled_from([b"EHLO me\r\n", b"STARTTLS\r\n", b"AUTH PLAIN\r\n", b"DATA\r\n", b".\r\n"]),
    st.sampled_from([f"{line}\r\n".encode() for line in MESSAGE]),
    st.sampled_from(
        [b"\r\n.\r\n", b"RSET\r\n", b"VRFY \xff\r\n", b"HELP \x1b\r\n", b"\x16\x03\x01"]
    ),
)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(PIECES, max_size=12))
def test_no_bytes_end_the_server(pieces: list[bytes]) -> None:
    async def run() -> tuple[Doors, str]:
        async with open_doors() as doors:
            async with client(doors.ports[0]) as one:
                for piece in pieces:
                    await one.send(piece)
                one.writer.write_eof()
                await one.hear_all()
            await doors.until_connections(0)
            async with greeted(doors.ports[0]) as other:
                return doors, (await other.say("NOOP"))[0]

    doors, answer = asyncio.run(run())

    assert answer[:3] == "250"
    assert not doors.journal.told
    assert all(body.endswith(b"\r\n") or not body for body in doors.bodies)


@pytest.mark.parametrize("said", ["POST / HTTP/1.1", "GET / HTTP/1.1", "CONNECT x:25 HTTP/1.1"])
async def test_a_browser_is_cut_off_at_once(said: str) -> None:
    async with open_doors() as doors, client(doors.ports[0]) as one:
        await one.hear()
        letter = f"EHLO x\r\n{MESSAGE[0]}\r\n{MESSAGE[1]}\r\nDATA\r\nx\r\n.\r\n"
        await one.send(f"{said}\r\nHost: localhost\r\n\r\n{letter}".encode())
        heard = await one.hear_all()

    assert [reply[:3] for reply in heard] == ["421"]
    assert not doors.mails


async def test_a_client_that_leaves_within_its_message_leaves_nothing() -> None:
    async with open_doors() as doors:
        async with greeted(doors.ports[0], *MESSAGE) as one:
            await one.send(b"half a mess")
        await doors.until_connections(0)
        assert doors.opened
        left = doors.opened.lobby.room.left

    assert not doors.mails
    assert left == 4 * 40 << 20


async def test_a_client_that_leaves_before_its_answer_does_not_tear_what_was_begun() -> None:
    async with open_doors(pause_s=0.1) as doors:
        async with greeted(doors.ports[0], *MESSAGE) as one:
            await one.send(b"whole\r\n.\r\n")
            await doors.until(lambda: doors.begun == 1)
        await doors.until_connections(0)
        await doors.until(lambda: len(doors.mails) == 1)

    assert doors.bodies == [b"whole\r\n"]


def test_twice_as_much_as_a_message_may_have_is_a_flood() -> None:
    incoming = Incoming(1000, Share(Room(5000)))

    assert incoming.feed(b"x" * 1900) is None
    with pytest.raises(Flood):
        incoming.feed(b"x" * 200)


def test_a_message_that_comes_in_one_piece_takes_its_share_of_the_memory() -> None:
    room = Room(10)
    share = Share(room)
    incoming = Incoming(1000, share)

    rest = incoming.feed(b"more than ten bytes\r\n.\r\n")

    assert rest == b""
    assert incoming.result() == replies.FULL
    share.free()
    assert room.left == 10
