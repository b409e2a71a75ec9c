"""Campaigns on disk, checked and kept by the real program."""

from contextlib import closing
from pathlib import Path

from sendguard.adapters.database.store import find_store
from sendguard.gate import Kept
from tests.journeys.program import Ran, sendguard

FINE = '<p><a href="https://example.org/u?x=1">Unsubscribe</a></p>'
WRONG = '<p><a href="#">Read article</a></p>'


def a_campaign(here: Path, html: str = FINE, *, name: str = "spring", brief: str = "") -> Path:
    folder = here / "campaigns" / name
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "campaign.yaml").write_text(f"newsletter: n.html\nsubject: {name}\n{brief}", "utf-8")
    (folder / "n.html").write_text(html, "utf-8")
    return folder


def kept(here: Path, campaign: str = "spring") -> tuple[Kept, ...]:
    store = find_store(f"sqlite:///{here / 'sendguard.db'}")
    if store is None:
        return ()
    with closing(store):
        return store.runs(campaign)


def lines(text: str) -> list[str]:
    return text.strip().splitlines()


async def check(here: Path, *options: str, name: str = "spring") -> Ran:
    return await sendguard("check", f"campaigns/{name}", *options, here=here)


def names_in(folder: Path) -> set[str]:
    return {one.name for one in folder.iterdir()}
