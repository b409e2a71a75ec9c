"""`sendguard serve --only gateway` as it is run, with its next hop and the site behind links."""

import asyncio
import os
from collections.abc import AsyncIterator, Iterable, Mapping
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

import yaml

from sendguard.gateway import Mail
from tests.journeys.mailing import TITLES, article
from tests.journeys.serving import LOOK_S, Serving, serving
from tests.mail.counting import Copy, CountingServer, counting_server
from tests.mail.ports import free_ports
from tests.servers import Site, page, site

LISTENERS: Mapping[str, Mapping[str, object]] = {
    "hold": {"mode": "hold"},
    "defer": {"mode": "defer"},
    "wait": {"mode": "wait"},
}
LONGEST_S = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class Gatehouse:
    """A gateway that runs.

    Attributes:
        here: Its folder.
        ports: Of its listeners, by the name they were given.
        web: What newsletters link to.
        hop: The next hop, where it is ours.
        serving: The process.
    """

    here: Path
    ports: Mapping[str, int]
    web: Site
    hop: CountingServer
    serving: Serving

    def port(self, name: str) -> int:
        """Of one listener."""
        return self.ports[name]

    def arrived(self, subject: str) -> list[tuple[Copy, bytes]]:
        """What the next hop took of one campaign, with its bytes."""
        wanted = f"Subject: {subject}\r\n".encode()
        taken = [copy for copy in self.hop.copies() if wanted in self.hop.top_of(copy)]
        return [(copy, self.hop.bytes_of(copy)) for copy in taken]

    async def until_arrived(self, subject: str, count: int = 1) -> list[tuple[Copy, bytes]]:
        """The same, once there is so much of it."""
        async with asyncio.timeout(LONGEST_S):
            while len(found := self.arrived(subject)) < count:  # noqa: ASYNC110 - another process
                await asyncio.sleep(0.02)
        return found


def is_whole(mail: Mail, copy: Copy, data: bytes) -> bool:
    """Whether what arrived is what was sent: envelope, headers and body, to the byte."""
    return data == mail.data and copy.sender == mail.sender and copy.recipient in mail.recipients


@asynccontextmanager
async def gatehouse(
    here: Path,
    listeners: Mapping[str, Mapping[str, object]] = LISTENERS,
    *,
    next_hop: str | None = None,
    tells: bool = False,
    **settings: object,
) -> AsyncIterator[Gatehouse]:
    """One that answers at its ports.

    Args:
        here: A folder for it.
        listeners: By names of the test's own; the address only where the test chose it.
        next_hop: Its address; None for a counting server of our own.
        tells: People are told, by `/hook` of the site.
        settings: More of the section `gateway:`.
    """
    pages = {path: article(title) for path, title in TITLES.items()}
    async with counting_server(here) as hop, site(pages) as web:
        addresses = [f"127.0.0.1:{port}" for port in free_ports(len(listeners))]
        told = [
            {"listen": address, **one}
            for address, one in zip(addresses, listeners.values(), strict=True)
        ]
        ports = {
            name: int(str(one["listen"]).rpartition(":")[2])
            for name, one in zip(listeners, told, strict=True)
        }
        gateway = {
            "listeners": told,
            "next_hop": next_hop or f"127.0.0.1:{hop.port}",
            **settings,
        }
        visit = {"connect_to": {"navigator.example:80": f"127.0.0.1:{web.port}"}}
        watch = {"listen": None, "look_every_s": LOOK_S}
        config = {"visit": visit, "watch": watch, "log": "json", "gateway": gateway}
        if tells:
            pages["/hook"] = page()
            config["notify"] = [f"json://127.0.0.1:{web.port}/hook"]
        (here / "config.yaml").write_text(yaml.safe_dump(config), "utf-8")
        # Where it is shared by tests, it may have no part in the cache of one of them.
        env = {**os.environ, "XDG_CACHE_HOME": str(here / "cache")}
        async with serving(here, env, only="gateway") as it:
            await until_open(ports.values(), it)
            yield Gatehouse(here=here, ports=ports, web=web, hop=hop, serving=it)


async def until_open(ports: Iterable[int], it: Serving) -> None:
    """Wait until it answers at all of its ports."""
    async with asyncio.timeout(LONGEST_S):
        for port in ports:
            while not await _is_open(port):
                assert it.process.returncode is None, "".join(it.raw)
                await asyncio.sleep(0.02)


async def _is_open(port: int) -> bool:
    with suppress(OSError):
        _, writer = await asyncio.open_connection("127.0.0.1", port)
        writer.transport.abort()
        return True
    return False
