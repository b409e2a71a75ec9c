"""What answers whether the watch is alive: many who say nothing do not use up what checks need."""

import asyncio

import httpx

from sendguard.entrypoints.serve.health import MOST_AT_ONCE, answering, facts
from sendguard.flows.watch import Condition
from tests.journeys.serving import free_port

IDLE = Condition(is_watching=True, watcher=None, trouble=None, looked_s=1.0, under_way=0)


async def test_those_who_say_nothing_are_let_go_of() -> None:
    port = free_port()
    async with answering(f"127.0.0.1:{port}", lambda: facts(IDLE, None)):
        idle = [await asyncio.open_connection("127.0.0.1", port) for _ in range(3 * MOST_AT_ONCE)]
        await asyncio.sleep(0.2)

        left = [not reader.at_eof() and not reader.exception() for reader, _ in idle]
        assert left.count(True) <= 2 * MOST_AT_ONCE
        for _, writer in idle:
            writer.close()
        await asyncio.sleep(0.2)
        async with httpx.AsyncClient(trust_env=False) as client:
            answer = await client.get(f"http://127.0.0.1:{port}/readyz")

    assert answer.status_code == 200
