"""A newsroom for tests: a site, a real mail server, a campaign, and the program's commands."""

import asyncio
import io
from collections import Counter
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager, closing, redirect_stderr, redirect_stdout
from dataclasses import dataclass, field
from pathlib import Path

import yaml

from sendguard.adapters.database.store import open_store
from sendguard.entrypoints.cli.app import obey
from sendguard.incident import Incident
from sendguard.send import State
from tests.journeys.program import Ran
from tests.mail.sink import Sink, Sunk, smtp_sink
from tests.servers import Site, page, site

SITE = "http://navigator.example"
RIGHT = f"{SITE}/42/proposals-again"
NAME = "navigator-42"
TITLES = {
    "/42/proposals": "Schrodinger's Proposals",
    "/42/proposals-again": "Schrodinger's Proposals",
    "/42/walk": "The Meeting That Could Have Been a Walk",
    "/41/five-ways": "Five Ways to Lose a Sale",
}
HTML = f"""<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8"><title>Issue 42</title></head>
<body><table width="600"><tr><td>
<p>Good morning, {{{{ name | default: "reader" }}}}.</p>
<h2><a href="{SITE}/42/proposals">Schrodinger's Proposals</a></h2>
<p>Until the client opens it, a proposal is both accepted and rejected.</p>
<a href="{SITE}/42/proposals">Read article</a>
<h2>The Meeting That Could Have Been a Walk</h2>
<p>Forty minutes, two people, no slides.</p>
<a href="{SITE}/42/walk">Take the walk</a>
<p><a href="{{{{ unsubscribe_url }}}}">Unsubscribe</a></p>
</td></tr></table></body></html>
"""


def article(title: str, *, site_name: str | None = "The Navigator", suffix: str = "") -> bytes:
    """A page of the Navigator."""
    named = f'<meta property="og:site_name" content="{site_name}">' if site_name else ""
    head = f"<meta charset=utf-8><title>{title}{suffix}</title>{named}"
    return page(f"<html lang=en><head>{head}</head><body><h1>{title}</h1><p>Words.</p></body>")


@dataclass(slots=True)
class Newsroom:
    """One that is open.

    Attributes:
        here: Its folder.
        pages: What its site answers, by path; tests change it.
        sink: Its mail server.
        web: Its site.
        settings: What config.yaml says.
    """

    here: Path
    pages: dict[str, bytes]
    sink: Sink
    web: Site
    settings: dict[str, object] = field(default_factory=dict)

    @property
    def folder(self) -> Path:
        """Of the campaign."""
        return self.here / "campaigns" / NAME

    @property
    def corrected(self) -> Path:
        """Of its correction."""
        return self.here / "campaigns" / f"{NAME}-corrected"

    def change(self, **sections: Mapping[str, object]) -> None:
        """Change sections of config.yaml, key by key."""
        for name, keys in sections.items():
            old = self.settings.get(name, {})
            assert isinstance(old, dict)
            self.settings[name] = {**old, **keys}
        (self.here / "config.yaml").write_text(yaml.safe_dump(self.settings), "utf-8")

    def write(
        self,
        html: str = HTML,
        *,
        readers: int | Sequence[str] = 3,
        files: Mapping[str, str] | None = None,
        brief: Mapping[str, object] | None = None,
    ) -> None:
        """Write the campaign."""
        self.folder.mkdir(parents=True, exist_ok=True)
        keys = {
            "subject": "How to recover from a mistake",
            "sender": "The Navigator <navigator@navigator.example>",
            "reply_to": "editor@navigator.example",
            "newsletter": "newsletter.html",
            "audience": "readers.csv",
            **(brief or {}),
        }
        known = {key: value for key, value in keys.items() if value is not None}
        rows = (
            [f"reader{n}@example.org,Reader {n}" for n in range(readers)]
            if isinstance(readers, int)
            else list(readers)
        )
        told = {
            "campaign.yaml": yaml.safe_dump(known),
            "newsletter.html": html,
            "readers.csv": "\n".join(["email,name", *rows, ""]),
            **(files or {}),
        }
        for name, text in told.items():
            (self.folder / name).write_text(text, "utf-8")

    def spoil(self, path: str = "/42/proposals") -> None:
        """From now on another article is there."""
        self.pages[path] = article("Five Ways to Lose a Sale")

    async def run(self, *arguments: str) -> Ran:
        """Obey a command in this process, in a thread, so that the site can answer."""
        out, err = io.StringIO(), io.StringIO()
        told = [*arguments, "--config", str(self.here / "config.yaml")]
        with redirect_stdout(out), redirect_stderr(err):
            code = await asyncio.to_thread(obey, told)
        return Ran(code, out.getvalue(), err.getvalue())

    async def send(self, *options: str) -> Ran:
        """Send the campaign."""
        return await self.run("send", str(self.folder), "--yes", *options)

    async def correct(self, *options: str, link: str | None = f"Read article={RIGHT}") -> Ran:
        """Correct the campaign."""
        named = ("--link", link) if link else ()
        return await self.run("correct", NAME, *named, *options)

    def taken(self, count: int = 0) -> list[Sunk]:
        """What the mail server took, once there is so much, by recipient."""
        return sorted(self.sink.wait_for(count, 10), key=lambda one: one.recipient)

    async def until_taking(self) -> None:
        """Wait until the mail server takes its first message."""
        async with asyncio.timeout(30):
            while not any(self.sink.folder.iterdir()):  # noqa: ASYNC110 - another process
                await asyncio.sleep(0.02)

    def tally(self) -> Mapping[str, int]:
        """How many messages each reader got."""
        return Counter(one.recipient for one in self.taken())

    def subjects(self) -> set[str]:
        """Of what the mail server took."""
        return {one.message["subject"] for one in self.taken()}

    def states(self, campaign: str = NAME) -> Mapping[State, int] | None:
        """How a dispatch stands; None where it was not queued."""
        with closing(open_store(self.database)) as store:
            found = store.outbox.progress(campaign)
            return dict(found[0].counts) if found else None

    def incident(self) -> Incident | None:
        """The record of the mistake."""
        with closing(open_store(self.database)) as store:
            return store.incidents.of_campaign(NAME)

    @property
    def database(self) -> str:
        """Where all is kept."""
        return f"sqlite:///{self.here / 'sendguard.db'}"


@asynccontextmanager
async def newsroom(here: Path, *sink_options: str) -> AsyncIterator[Newsroom]:
    """One with a campaign that passes the check."""
    pages = {path: article(title) for path, title in TITLES.items()}
    with smtp_sink(*sink_options) as sink:
        async with site(pages) as web:
            room = Newsroom(here, pages, sink, web)
            room.settings = {"campaigns": str(here / "campaigns"), "database": room.database}
            room.change(
                visit={
                    "connect_to": {"navigator.example:80": f"127.0.0.1:{web.port}"},
                    "remember_s": 0,
                },
                smtp={"host": "127.0.0.1", "port": sink.port, "security": "none"},
                mail={"unsubscribe": "https://navigator.example/leave?who={{ email }}"},
            )
            room.write()
            yield room
