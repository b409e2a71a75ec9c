"""The worker of `sendguard serve`, with a real mail server."""

import asyncio
import signal
from pathlib import Path

from sendguard.send import State
from tests.journeys.program import SENDGUARD, begun, kill_all
from tests.journeys.queued import many, queue, sent_to, settings, settle, store_in
from tests.journeys.serving import serving
from tests.mail.sink import smtp_sink


def counts(here: Path, campaign: str = "spring") -> dict[State, int]:
    with store_in(here) as store:
        return dict(store.outbox.progress(campaign)[0].counts)


async def until_sent(here: Path, least: int) -> None:
    async with asyncio.timeout(30):
        while counts(here).get(State.SENT, 0) < least:  # noqa: ASYNC110 - another process
            await asyncio.sleep(0.05)


async def test_what_is_queued_is_sent_and_what_is_paused_is_not(tmp_path: Path) -> None:
    with smtp_sink() as sink:
        settings(tmp_path, sink.port)
        queue(tmp_path, *many(120))
        queue(tmp_path, "bob", campaign="autumn", said="the prices are wrong")

        async with serving(tmp_path, only="worker") as it:
            told = await it.until("delivered", campaign="spring")
            queue(tmp_path, "cyd", campaign="winter")
            await it.until("delivered", campaign="winter")
            code = await it.end()

        assert (told["sent"], told["waiting"], code) == (120, 0, 0)
        assert sent_to(sink.taken()) == ["cyd", *many(120)]
        assert not it.of("mistake")


async def test_what_a_killed_program_left_is_sent_and_no_more_than_that_is_in_doubt(
    tmp_path: Path,
) -> None:
    with smtp_sink("-w", "1") as sink:
        settings(tmp_path, sink.port, at_once=100)
        queue(tmp_path, *many(400))
        command = (*SENDGUARD, "outbox", "resume", "spring")
        async with begun(*command, here=tmp_path) as running:
            await until_sent(tmp_path, 1)
            kill_all(running)

        async with serving(tmp_path, only="worker") as it:
            left = await it.until("in-doubt")
            told = await it.until("delivered")
            await it.end()

        assert told["waiting"] == 0
        assert 1 <= told["in_doubt"] == left["messages"] <= 100
        assert told["sent"] + told["in_doubt"] == 400
        got = [one.recipient for one in sink.taken()]
        assert len(got) == len(set(got))


async def test_a_worker_that_is_ended_leaves_nothing_in_doubt(tmp_path: Path) -> None:
    with smtp_sink("-w", "1") as sink:
        settings(tmp_path, sink.port, at_once=100)
        queue(tmp_path, *many(300))

        async with serving(tmp_path, only="worker") as it:
            await until_sent(tmp_path, 1)
            code = await it.end(signal.SIGTERM)

        now = counts(tmp_path)
        assert code == 0
        assert set(now) == {State.SENT, State.PENDING}
        assert now[State.SENT] == len(sink.taken())
        assert not it.of("left-in-doubt")


async def test_a_storm_of_refusals_pauses_the_campaign_and_people_are_told(tmp_path: Path) -> None:
    with smtp_sink("-f", "rcpt") as sink:
        settings(tmp_path, sink.port, notify=["json://127.0.0.1:1/"])
        queue(tmp_path, *many(60))

        async with serving(tmp_path, only="worker") as it:
            paused = await it.until("delivery-paused", campaign="spring")
            told = await it.until("not-told")
            await it.end()

        assert "the server refused" in paused["says"]
        assert told["title"] == "SendGuard stopped sending spring"
        assert counts(tmp_path)[State.PENDING]


async def test_two_workers_send_each_message_once(tmp_path: Path) -> None:
    with smtp_sink() as sink:
        settings(tmp_path, sink.port)
        dispatch = queue(tmp_path, *many(1_000))
        with store_in(tmp_path) as store:
            settle(store.outbox, dispatch, State.SENT, most=1)

        async with serving(tmp_path, only="worker") as it, serving(tmp_path, only="worker") as it2:
            await until_sent(tmp_path, 1_000)
            codes = [await it.end(), await it2.end()]

        assert codes == [0, 0]
        assert sent_to(sink.taken()) == many(1_000)[1:]
