"""`sendguard status`, `doctor` and `store` while `sendguard serve` watches the same store."""

import asyncio
import json
import signal
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from tests.journeys.program import LONGEST_S, SENDGUARD, Running, begun, sendguard

BRIEF = "newsletter: a.html\nsend_at: 2099-03-01 09:00 America/New_York\n"


@pytest.fixture
async def here(tmp_path: Path) -> AsyncIterator[Path]:
    """A folder that is watched, with a campaign in it that blocks."""
    folder = tmp_path / "campaigns" / "spring"
    folder.mkdir(parents=True)
    (folder / "campaign.yaml").write_text(BRIEF, "utf-8")
    (folder / "a.html").write_text('<a href="http://localhost/">The tree</a>', "utf-8")
    (tmp_path / "config.yaml").write_text("watch: {look_every_s: 1, listen: null}\n", "utf-8")
    async with begun(*SENDGUARD, "serve", here=tmp_path) as serving:
        yield tmp_path
        await _end(serving)


async def _end(serving: Running) -> None:
    serving.send_signal(signal.SIGTERM)
    await asyncio.wait_for(serving.communicate(), LONGEST_S)


async def status_once_checked(here: Path) -> dict[str, Any]:
    """What is told as soon as the watch has checked the campaign."""
    for _ in range(60):
        ran = await sendguard("status", "--format", "json", here=here)
        told: dict[str, Any] = json.loads(ran.out)
        if told["last"]:
            return told
        await asyncio.sleep(0.5)
    raise AssertionError(told)


async def test_what_the_watch_found_waits_and_what_it_does_next_is_told(here: Path) -> None:
    told = await status_once_checked(here)
    text = await sendguard("status", here=here)

    assert [wait["kind"] for wait in told["waiting"]] == ["blocked"]
    assert told["watching"]["is_there"] is True
    assert told["last"][0]["occasion"] == "noticed"
    assert [one["moment"] for one in told["next"][:2]] == ["24h before", "1h before"]
    assert told["next"][0]["due"] == "2099-02-28T09:00:00-05:00"
    assert "spring in " in text.out
    assert (
        "24 h before the send, on Saturday 28 February 2099, 09:00 (America/New_York)"
        in " ".join(text.out.split())
    )


async def test_the_store_may_be_looked_after_meanwhile(here: Path) -> None:
    await status_once_checked(here)

    ran = await asyncio.gather(
        sendguard("store", "upgrade", here=here),
        sendguard("store", "prune", "--older-than", "1s", here=here),
        sendguard("doctor", here=here),
    )

    assert [one.code for one in ran] == [0, 0, 0]
    assert ran[0].out.startswith("Nothing is due")
    assert "has been watching for" in ran[2].out
    assert (await status_once_checked(here))["last"]
