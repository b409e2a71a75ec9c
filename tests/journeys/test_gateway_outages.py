"""The real gateway where its next hop, its store or its disk fails: nothing lost or unchecked."""

import asyncio
import resource
from collections import Counter
from contextlib import closing
from pathlib import Path
from uuid import uuid4

import pytest

from sendguard.adapters.database.store import open_store
from sendguard.gateway import Mail
from sendguard.send import State
from tests.journeys.gate_deaths import House, Tally, bring_to_an_end, count, passages
from tests.journeys.gatehouse import Gatehouse, gatehouse
from tests.journeys.mailing import TITLES, article
from tests.journeys.store_held import store_held
from tests.mail import told
from tests.mail.counting import counting_server
from tests.mail.newsletters import copies
from tests.mail.persistent import Senders
from tests.mail.senders import Answer, by_smtplib
from tests.mail.told import Deed, told_server
from tests.postgresql import Postgresql
from tests.servers import site

OUR_FAILURE = "4.3.0 SendGuard cannot check or keep mail at the moment, try again later"


@pytest.mark.soak
async def test_a_next_hop_that_was_away_gets_everything_once(tmp_path: Path) -> None:
    mails = list(copies("Issue 1", 20))
    async with gatehouse(tmp_path) as it:
        await it.hop.kill()
        answers = await by_smtplib(it.port("hold"), *mails)
        await it.serving.until("next-hop-lost")
        await it.hop.start()
        await it.until_arrived("Issue 1", len(mails))

        assert {answer.code for answer in answers} == {250}
        assert it.hop.taken() == Counter(mail.recipients[0] for mail in mails)


@pytest.mark.soak
async def test_a_next_hop_that_puts_off_and_dies_behind_the_dot_gets_everything_once(
    tmp_path: Path,
) -> None:
    every_third = ["250 good", "250 good", "451 4.2.0 later"] * 50
    now_and_then: list[told.Answer] = [*["250 taken"] * 9, Deed.HANG_UP] * 10
    async with (
        told_server({"RCPT": every_third, "DOT": now_and_then}) as server,
        gatehouse(tmp_path, next_hop=f"127.0.0.1:{server.port}") as it,
    ):
        senders = Senders([it.port("wait")], readers=60, newsletters=1)
        await senders.work()
        assert await it.serving.end() == 0

    arrived = b"\0".join(server.taken)
    assert [arrived.count(one.name.encode()) for one in senders.errands] == [1] * 60
    assert {code for one in senders.errands for code in one.answers} == {250, 451}
    with closing(open_store(f"sqlite:///{tmp_path / 'sendguard.db'}")) as store:
        assert Counter(one.state for one in passages(store)) == {State.SENT: 60}


async def each_listener(it: Gatehouse, mail: Mail) -> list[Answer]:
    return [(await by_smtplib(port, mail))[0] for port in it.ports.values()]


def let_files_grow(it: Gatehouse, most: int) -> None:
    """No file that the program writes gets longer: what a full disk is to it."""
    _, hard = resource.prlimit(it.serving.process.pid, resource.RLIMIT_FSIZE)
    resource.prlimit(it.serving.process.pid, resource.RLIMIT_FSIZE, (most, hard))


async def test_while_the_disk_is_full_nothing_is_refused_and_nothing_passes(tmp_path: Path) -> None:
    known, *more = copies("Known", 3)
    async with gatehouse(tmp_path) as it:
        await by_smtplib(it.port("hold"), known)
        await it.until_arrived("Known")

        let_files_grow(it, 4_096)
        answers = [*await each_listener(it, more[0]), *await each_listener(it, *copies("New", 1))]
        let_files_grow(it, resource.RLIM_INFINITY)

        assert answers == [Answer(code=451, says=OUR_FAILURE)] * 6
        assert len(it.hop.copies()) == 1
        assert (await by_smtplib(it.port("defer"), *more))[0].code == 250
        await it.until_arrived("Known", 3)


@pytest.mark.soak
async def test_while_the_store_is_locked_nothing_is_refused_and_nothing_passes(
    tmp_path: Path,
) -> None:
    known, more = copies("Known", 2)
    async with gatehouse(tmp_path) as it:
        await by_smtplib(it.port("hold"), known)
        await it.until_arrived("Known")

        with store_held(f"sqlite:///{tmp_path / 'sendguard.db'}"):
            answers = await each_listener(it, more)

        assert answers == [Answer(code=451, says=OUR_FAILURE)] * 3
        assert len(it.hop.copies()) == 1


@pytest.mark.soak
async def test_who_insists_on_it_lets_mail_through_while_the_disk_is_full(tmp_path: Path) -> None:
    (mail,) = copies("New", 1)
    async with gatehouse(tmp_path, fail_open=True) as it:
        let_files_grow(it, 4_096)
        answers = await each_listener(it, mail)

        assert {answer.code for answer in answers} == {250}
        assert len(it.hop.copies()) == 3
        assert it.serving.of("let-through-unchecked")


@pytest.mark.parametrize("kind", ["sqlite", pytest.param("postgresql", marks=pytest.mark.soak)])
async def test_two_gateways_on_one_store_check_once_and_send_once(
    tmp_path: Path, request: pytest.FixtureRequest, kind: str
) -> None:
    database = f"sqlite:///{tmp_path / 'sendguard.db'}"
    if kind == "postgresql":
        server: Postgresql = request.getfixturevalue("postgresql")
        database = server.new_database(f"two_{uuid4().hex}")
    pages = {path: article(title) for path, title in TITLES.items()}
    async with counting_server(tmp_path) as hop, site(pages) as web:
        houses = [
            House.made(tmp_path / name, database, hop.port, web.port) for name in ("one", "other")
        ]
        ports = [port for place in range(3) for port in (house.ports[place] for house in houses)]
        senders, tally = Senders(ports, readers=24, newsletters=2), Tally()

        logs = await bring_to_an_end(houses, asyncio.create_task(senders.work()))

        count(tally, database, hop, senders)
        assert (tally.messages, tally.second, tally.in_doubt) == (48, 0, 0)
        ruled = [line["campaign"] for log in logs for line in log.of("ruled", standing="passed")]
        assert len(ruled) == len(set(ruled)) == 2
