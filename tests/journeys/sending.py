"""Campaigns sent by the real program, and its outbox compared with what a server took."""

import csv
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from contextlib import AbstractAsyncContextManager, closing
from dataclasses import dataclass
from pathlib import Path

import yaml

from sendguard.adapters.database.store import find_store
from sendguard.ports.sending import Result
from sendguard.send import State
from tests.journeys.program import SENDGUARD, Ran, Running, begun, sendguard
from tests.mail.counting import Copy, CountingServer

NAME = "spring"
HTML = """<html><body><p>Dear {{ name }},</p><p>it is spring.</p>
<p><a href="https://example.org/u?x={{ email }}">Unsubscribe</a></p></body></html>"""
MOST_IN_DOUBT = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """A folder with a config.yaml and one campaign, and the store that is named there."""

    here: Path
    database: str

    async def send(self, *options: str) -> Ran:
        """`sendguard send`, until it ends."""
        return await sendguard(*self._send, *options, here=self.here)

    async def resume(self) -> Ran:
        """`sendguard outbox resume`, until it ends."""
        return await sendguard("outbox", "resume", NAME, here=self.here)

    async def settle_again(self) -> Ran:
        """A person decides that whoever may have got it gets it once more."""
        return await sendguard("outbox", "settle", NAME, "--again", here=self.here)

    def sending(self) -> AbstractAsyncContextManager[Running]:
        """`sendguard send`, while it runs."""
        return begun(*SENDGUARD, *self._send, here=self.here)

    def resuming(self) -> AbstractAsyncContextManager[Running]:
        """`sendguard outbox resume`, while it runs."""
        return begun(*SENDGUARD, "outbox", "resume", NAME, here=self.here)

    @property
    def _send(self) -> tuple[str, ...]:
        return ("send", f"campaigns/{NAME}", "--yes")

    def results(self) -> dict[str, Result]:
        """What became of each delivery, by the address."""
        store = find_store(self.database)
        if store is None:
            return {}
        with closing(store):
            dispatch = store.outbox.find(NAME)
            found = store.outbox.results(dispatch, ()) if dispatch else ()
            return {one.reader.address: one for one in found}

    def states(self) -> Counter[State]:
        """How many are what."""
        return Counter(one.state for one in self.results().values())


def a_desk(  # noqa: PLR0913 - a builder takes what its value has
    here: Path,
    port: int,
    *,
    readers: int | Sequence[Sequence[str]] = 200,
    database: str = "",
    html: str = HTML,
    brief: str = "",
    smtp: Mapping[str, object] | None = None,
    mail: Mapping[str, object] | None = None,
    visit: Mapping[str, object] | None = None,
) -> Desk:
    """One whose campaign goes to so many readers, or to the rows that are given."""
    folder = here / "campaigns" / NAME
    folder.mkdir(parents=True, exist_ok=True)
    told = brief or "subject: It is spring\nsender: The Navigator <navigator@example.org>\n"
    (folder / "campaign.yaml").write_text(
        f"newsletter: n.html\naudience: readers.csv\n{told}", "utf-8"
    )
    (folder / "n.html").write_text(html, "utf-8")
    write_audience(folder / "readers.csv", readers)
    address = database or f"sqlite:///{here / 'sendguard.db'}"
    config = {
        "database": address,
        "smtp": {"host": "127.0.0.1", "port": port, "security": "none", **(smtp or {})},
        "mail": mail or {},
        "visit": visit or {},
    }
    (here / "config.yaml").write_text(yaml.safe_dump(config), "utf-8")
    return Desk(here=here, database=address)


def write_audience(file: Path, readers: int | Sequence[Sequence[str]]) -> None:
    """A table of readers, with a name each."""
    if isinstance(readers, int):
        readers = [(f"reader{number}@example.org", f"Ada {number}") for number in range(readers)]
    with file.open("w", encoding="utf-8", newline="") as table:
        csv.writer(table).writerows([("email", "name"), *readers])


def agrees(desk: Desk, server: CountingServer) -> None:
    """What was sent was taken once, what waits was not taken, and only doubt is doubtful."""
    taken, results = server.taken(), desk.results()

    assert set(taken) <= set(results)
    for address, result in results.items():
        allowed = {State.SENT: {1}, State.IN_DOUBT: {0, 1}, State.SENDING: {0, 1}}
        assert taken[address] in allowed.get(result.state, {0}), (address, result, taken[address])


def all_got_one(desk: Desk, server: CountingServer) -> None:
    """Nobody is lost, and nobody has two."""
    assert desk.states() == {State.SENT: len(desk.results())}
    assert server.taken() == dict.fromkeys(desk.results(), 1)


async def goes_on(desk: Desk, server: CountingServer) -> int:
    """All is sent, once each; how many were in doubt, until a person had those sent again."""
    await desk.resume()
    agrees(desk, server)
    states = desk.states()
    assert set(states) <= {State.SENT, State.IN_DOUBT}

    await sends_again(desk, server)
    return states[State.IN_DOUBT]


async def sends_again(desk: Desk, server: CountingServer) -> None:
    """A person has all in doubt sent once more; second copies are those, and equal the first."""
    results = desk.results()
    doubted = [address for address, one in results.items() if one.state is State.IN_DOUBT]
    if doubted:
        assert (await desk.settle_again()).code == 0
        assert (await desk.resume()).code == 0

    assert desk.states() == {State.SENT: len(results)}
    assert set(server.taken()) == set(results)
    only_doubt_was_doubled(server.copies(), doubted)


def only_doubt_was_doubled(copies: Iterable[Copy], doubted: Iterable[str]) -> None:
    """Second copies went to those alone who were in doubt, and are the same to the byte."""
    by_reader: dict[str, list[Copy]] = {}
    for copy in copies:
        by_reader.setdefault(copy.recipient, []).append(copy)
    doubled = {reader for reader, got in by_reader.items() if len(got) > 1}

    assert doubled <= set(doubted)
    assert all(len(set(got)) == 1 for got in by_reader.values())
