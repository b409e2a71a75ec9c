"""What answers whether the watch is alive: many who say nothing do not use up what checks need."""

import asyncio
from typing import TypeAlias

import httpx

from sendguard.entrypoints.serve.health import MOST_AT_ONCE, answering, facts
from sendguard.flows.watch import Condition
from tests.journeys.serving import free_port

Connections: TypeAlias = list[tuple[asyncio.StreamReader, asyncio.StreamWriter]]
IDLE = Condition(is_watching=True, watcher=None, trouble=None, looked_s=1.0, under_way=0)


def still_there(connections: Connections) -> int:
    return sum(not reader.at_eof() and not reader.exception() for reader, _ in connections)


async def test_those_who_say_nothing_are_let_go_of() -> None:
    port = free_port()
    async with answering(f"127.0.0.1:{port}", lambda: facts(IDLE, None)):
        idle = [await asyncio.open_connection("127.0.0.1", port) for _ in range(3 * MOST_AT_ONCE)]
        async with asyncio.timeout(60):
            while still_there(idle) > 2 * MOST_AT_ONCE:  # noqa: ASYNC110 - nobody tells us
                await asyncio.sleep(0.01)
        for _, writer in idle:
            writer.close()
        await asyncio.sleep(0.2)
        async with httpx.AsyncClient(trust_env=False, timeout=60) as client:
            answer = await client.get(f"http://127.0.0.1:{port}/readyz")

    assert answer.status_code == 200
