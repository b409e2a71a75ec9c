"""The outbox and the real program, with a real mail server."""

from pathlib import Path

from sendguard.send import State
from tests.journeys.program import sendguard
from tests.journeys.queued import many, queue, sent_to, settings, settle, store_in
from tests.mail.sink import smtp_sink


async def test_what_is_left_of_a_campaign_is_sent_once(tmp_path: Path) -> None:
    dispatch = queue(tmp_path, *many(300))
    with store_in(tmp_path) as store:
        settle(store.outbox, dispatch, State.SENT, most=5)
    with smtp_sink() as sink:
        settings(tmp_path, sink.port)

        first = await sendguard("outbox", "resume", "spring", here=tmp_path)
        again = await sendguard("outbox", "resume", here=tmp_path)

        assert (first.code, again.code) == (0, 0)
        assert first.out == "spring: 300 of 300 sent\n"
        assert again.out == "Nothing is left to send.\n"
        assert sent_to(sink.taken()) == many(300)[5:]
