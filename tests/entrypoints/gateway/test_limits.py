"""How much of everything a client gets, and how long it may take."""

import asyncio
import resource
from pathlib import Path

import pytest

from sendguard.config.gateway import MEBIBYTE
from sendguard.entrypoints.gateway.descriptors import room_for_connections
from tests.gateways import MESSAGE, client, greeted, open_doors

LINE = b"x" * 998 + b"\r\n"
WHOLE = "\r\n".join(("EHLO me", *MESSAGE, "x", ".", "")).encode()


async def test_a_message_that_is_said_to_be_too_big_is_refused_at_once() -> None:
    async with open_doors(max_size=MEBIBYTE) as doors, greeted(doors.ports[0]) as one:
        heard = await one.say(f"{MESSAGE[0]} SIZE={MEBIBYTE + 1}", f"{MESSAGE[0]} SIZE={MEBIBYTE}")

    assert [reply[:9] for reply in heard] == ["552 5.3.4", "250 2.1.0"]


async def test_a_message_that_is_too_big_is_read_to_its_end_and_refused() -> None:
    async with open_doors(max_size=MEBIBYTE) as doors, greeted(doors.ports[0], *MESSAGE) as one:
        await one.send(LINE * 1100 + b".\r\n")
        heard = [await one.hear(), *await one.say(*MESSAGE)]
        await one.send(LINE * 1048 + b".\r\n")
        heard += [await one.hear()]

    assert [reply[:3] for reply in heard] == ["552", "250", "250", "354", "250"]
    assert doors.bodies == [LINE * 1048]


async def test_a_message_without_end_is_cut_off() -> None:
    async with open_doors(max_size=MEBIBYTE) as doors, greeted(doors.ports[0], *MESSAGE) as one:
        await one.send(LINE * 2200)
        await doors.until_connections(0)

    assert not doors.mails


async def test_one_recipient_more_gets_another_copy() -> None:
    async with open_doors(max_recipients=2) as doors, greeted(doors.ports[0]) as one:
        heard = await one.say(MESSAGE[0], *["RCPT TO:<a@example.net>"] * 3, "DATA", "x\r\n.")

    assert [reply[:3] for reply in heard] == ["250", "250", "250", "452", "354", "250"]


async def test_bad_addresses_cost_the_others_nothing() -> None:
    async with open_doors() as doors, greeted(doors.ports[0], MESSAGE[0]) as one:
        heard = await one.say(*["RCPT TO:<nobody@>"] * 50, *MESSAGE[1:], "x\r\n.")

    assert [reply[:3] for reply in heard] == ["501"] * 50 + ["250", "354", "250"]


async def test_one_connection_more_is_told_to_come_again() -> None:
    async with open_doors(max_connections=2) as doors:
        async with greeted(doors.ports[0]), greeted(doors.ports[0]), client(doors.ports[0]) as one:
            heard = await one.hear_all()
        await doors.until_connections(0)
        async with client(doors.ports[0]) as fourth:
            greeting = await fourth.hear()

    assert heard == ["421 4.3.2 too many connections, come again"]
    assert greeting[:3] == "220"


async def test_one_client_gets_no_more_than_its_share() -> None:
    async with open_doors(max_connections_per_client=1) as doors, greeted(doors.ports[0]):
        async with client(doors.ports[0]) as second:
            heard = await second.hear_all()
        async with client(doors.ports[0]) as third:
            await third.hear_all()

    assert [reply[:9] for reply in heard] == ["421 4.7.0"]
    assert [event for event, _ in doors.journal.told] == ["connection-refused"]


async def test_hundreds_of_idle_connections_keep_nobody_out() -> None:
    async with open_doors(max_connections_per_client=302) as doors:
        idle = [await asyncio.open_connection("127.0.0.1", doors.ports[0]) for _ in range(300)]
        await doors.until_connections(300)
        async with greeted(doors.ports[0], *MESSAGE) as one:
            (answer,) = await one.say("x\r\n.")
        for _, writer in idle:
            writer.transport.abort()
        await doors.until_connections(0)

    assert answer == "250 2.0.0 taken"


@pytest.mark.parametrize("said", ["NOOP", "RSET", "EHLO me", "FOO", "MAIL FROM:<a", "x" * 600])
async def test_who_only_talks_is_cut_off(said: str) -> None:
    async with open_doors(max_recipients=10) as doors, greeted(doors.ports[0]) as one:
        await one.send(f"{said}\r\n".encode() * 400)
        heard = await one.hear_all()

        await doors.until_connections(0)

    assert len(heard) < 250


async def test_a_command_that_is_too_long_is_refused_and_the_next_one_heard() -> None:
    async with open_doors() as doors, greeted(doors.ports[0]) as one:
        heard = await one.say("VRFY " + "x" * 600, "NOOP " + "x" * 100_000, "NOOP")

    assert [reply[:3] for reply in heard] == ["500", "500", "250"]


async def test_a_silent_client_is_cut_off() -> None:
    async with open_doors(idle_s=0.1) as doors, greeted(doors.ports[0]) as one:
        heard = await one.hear_all()

    assert heard == ["421 4.4.2 nothing came for too long"]


async def test_a_client_that_sends_a_byte_now_and_then_is_cut_off() -> None:
    async with open_doors(idle_s=0.2) as doors, greeted(doors.ports[0], *MESSAGE) as one:
        async with asyncio.timeout(60):
            while doors.connections:
                await one.send(b"x")
                await asyncio.sleep(0.01)

    assert not doors.mails


async def test_a_message_that_stops_amid_a_line_is_told_to_be_slow() -> None:
    async with open_doors(idle_s=0.1) as doors, greeted(doors.ports[0], *MESSAGE) as one:
        await one.send(b"Subject")
        heard = await one.hear_all()

    assert heard == ["421 4.4.2 the message came too slowly, come again"]


async def test_a_slow_line_is_waited_for() -> None:
    async with open_doors(idle_s=2) as doors, greeted(doors.ports[0], *MESSAGE) as one:
        for _ in range(5):
            await one.send(LINE * 70)
            await asyncio.sleep(0.5)
        (answer,) = await one.say(".")

    assert answer[:3] == "250"


async def test_an_answer_that_takes_time_is_no_silence_of_the_client() -> None:
    async with open_doors(idle_s=1, pause_s=1.5) as doors, greeted(doors.ports[0]) as one:
        heard = await one.say(*MESSAGE, "x\r\n.", "NOOP")

    assert [reply[:3] for reply in heard[3:]] == ["250", "250"]


async def test_what_all_messages_have_together_in_memory_is_bounded() -> None:
    async with open_doors(max_size=MEBIBYTE) as doors, greeted(doors.ports[0]) as one:
        assert doors.opened
        room = doors.opened.lobby.room
        room.take(room.left - 100_000)
        heard = await one.say(f"{MESSAGE[0]} SIZE=200000", *MESSAGE)
        await one.send(LINE * 200 + b".\r\n")
        heard += [await one.hear(), *await one.say(*MESSAGE, "x\r\n.")]
        room.take(room.left)
        heard += await one.say(*MESSAGE)
        room.give_back(100_000)

    assert [reply[:3] for reply in heard] == [
        *("452", "250", "250", "354", "452"),
        *("250", "250", "354", "250"),
        *("250", "250", "452"),
    ]


async def test_a_message_on_its_way_is_answered_before_the_gateway_goes() -> None:
    async with open_doors(pause_s=0.2) as doors:
        busy = await asyncio.open_connection("127.0.0.1", doors.ports[0])
        idle = await asyncio.open_connection("127.0.0.1", doors.ports[0])
        busy[1].write(WHOLE)
        await doors.until_connections(2)
        await doors.until(lambda: doors.begun == 1)

    ends = [(await reader.read()).splitlines() for reader, _ in (busy, idle)]
    for _, writer in (busy, idle):
        writer.close()

    assert ends[0][-2:] == [b"250 2.0.0 taken", b"421 4.3.2 closing down, come again"]
    assert ends[1][-1:] == [b"421 4.3.2 closing down, come again"]


async def test_nobody_keeps_the_gateway_from_going() -> None:
    async with asyncio.timeout(60), open_doors(patience_s=0.1) as doors:
        _, writer = await asyncio.open_connection("127.0.0.1", doors.ports[0])
        writer.write(WHOLE[:-5])
        await doors.until_connections(1)
    writer.close()

    assert not doors.mails


@pytest.mark.soak
async def test_thousands_of_idle_connections_take_little_memory() -> None:
    count = 5000
    said = {"max_connections": count + 1, "max_connections_per_client": count + 1}
    async with open_doors(**said) as doors:  # type: ignore[arg-type]
        room_for_connections(2 * count, doors.journal)  # both ends of them are ours
        before = memory()
        idle = [await asyncio.open_connection("127.0.0.1", doors.ports[0]) for _ in range(count)]
        await doors.until_connections(count)
        used = (memory() - before) / count
        async with greeted(doors.ports[0], *MESSAGE) as one:
            (answer,) = await one.say("x\r\n.")
        await doors.until_connections(count)
        async with client(doors.ports[0]) as last, client(doors.ports[0]) as too_many:
            heard = [(await last.hear())[:3], (await too_many.hear())[:3]]
        for _, writer in idle:
            writer.transport.abort()

    assert answer == "250 2.0.0 taken"
    assert heard == ["220", "421"]
    assert used < 30_000


def memory() -> int:
    """Bytes that this process has."""
    return int(Path("/proc/self/statm").read_text("ascii").split()[1]) * resource.getpagesize()
