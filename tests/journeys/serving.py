"""`sendguard serve` as it is run, with a site that its campaigns link to."""

import asyncio
import json
import signal
import socket
from asyncio.subprocess import DEVNULL
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from tests.journeys.program import LONGEST_S, SENDGUARD, Running, begun, kill_all
from tests.servers import Site

LOOK_S = 0.2


@dataclass
class Serving:
    """A process that serves; `lines` is its log."""

    process: Running
    lines: list[dict[str, Any]] = field(default_factory=list)
    raw: list[str] = field(default_factory=list)

    async def read(self) -> None:
        assert self.process.stderr
        async for line in self.process.stderr:
            self.raw.append(line.decode())
            with suppress(ValueError):
                self.lines.append(json.loads(line))

    async def until(self, event: str, *, count: int = 1, **about: object) -> dict[str, Any]:
        """The last of so many lines of that event."""
        async with asyncio.timeout(LONGEST_S):
            while len(found := self.of(event, **about)) < count:  # noqa: ASYNC110 - another process
                await asyncio.sleep(0.02)
        return found[-1]

    def of(self, event: str, **about: object) -> list[dict[str, Any]]:
        wanted = {"event": event, **about}
        return [line for line in self.lines if wanted.items() <= line.items()]

    async def end(self, by: signal.Signals = signal.SIGTERM) -> int:
        """End it; its exit code."""
        with suppress(ProcessLookupError):
            self.process.send_signal(by)
        return await asyncio.wait_for(self.process.wait(), timeout=LONGEST_S)


@asynccontextmanager
async def serving(
    here: Path,
    env: Mapping[str, str] | None = None,
    *,
    under: tuple[str, ...] = (),
    only: str | None = None,
) -> AsyncIterator[Serving]:
    """In here `sendguard serve` runs in the folder `here`, begun by the command `under`."""
    command = (*under, *SENDGUARD, "serve", *(["--only", only] if only else []))
    async with begun(*command, here=here, env=env, stdout=DEVNULL) as process:
        told = Serving(process)
        reading = asyncio.create_task(told.read())
        try:
            yield told
        finally:
            kill_all(process)
            await reading


def set_up(here: Path, web: Site, **settings: object) -> None:
    """A folder to serve in, with settings that make it quick."""
    watch = {"look_every_s": LOOK_S, "listen": None, **settings.pop("watch", {})}  # type: ignore[dict-item]
    visit = {"connect_to": {"navigator.example:80": f"127.0.0.1:{web.port}"}}
    config = {"visit": visit, "watch": watch, "log": "json", **settings}
    (here / "config.yaml").write_text(yaml.safe_dump(config), "utf-8")
    (here / "campaigns").mkdir(exist_ok=True)


def put(here: Path, name: str, path: str = "ship", *, note: str = "", **brief: str) -> None:
    """Write a campaign with one link, whole at once."""
    folder = here / "campaigns" / name
    folder.mkdir(exist_ok=True)
    brief = {"newsletter": "newsletter.html", **brief}
    link = f'<p><a href="http://navigator.example/{path}">A ship of two hulls</a>{note}</p>'
    for file, text in (("campaign.yaml", yaml.safe_dump(brief)), ("newsletter.html", link)):
        fresh = here / f".{name}.{file}"
        fresh.write_text(text, "utf-8")
        fresh.replace(folder / file)


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])
