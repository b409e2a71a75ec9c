"""`sendguard gateway`, with a real store."""

import asyncio
import shutil
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from typer.testing import CliRunner

from sendguard.adapters.passwords import read_users
from sendguard.entrypoints.cli.app import app
from sendguard.errors import SendGuardError, WrongUsage
from sendguard.gateway import Ended, Held, HeldState, Ruling, Standing, Stream
from sendguard.gateway.notice import Numbers, notice_of
from sendguard.gateway.repair.readdress import readdress
from sendguard.ports.gateway import Entries
from sendguard.send import BEING_CORRECTED, State
from sendguard.watch.address import digest_of
from tests.adapters.database.gateway.passing import (
    a_passage,
    begin,
    decide,
    end,
    keep_one,
    pass_on,
    settle,
    states,
    take,
)
from tests.adapters.database.kept import a_record
from tests.builders import NOON
from tests.fakes_gateway import A_FINGERPRINT, a_mail, a_stream
from tests.gateway.headlines import box, copy, message
from tests.gateway.test_readdress import a_message, addresses
from tests.gateway.test_repairs import STORIES, A, B
from tests.journeys.program import Ran
from tests.journeys.queued import settings, store_in
from tests.report.runs import a_blocked_link, a_checked
from tests.servers import site, titled

SAYS = "“Read more” opens “How cats count”, not “Why dogs bark”"
WORD = ("--by", "Ada", "--because", "It is renamed at noon")


@pytest.fixture(scope="module")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store; to make its tables takes longer than any of these tests."""
    folder = tmp_path_factory.mktemp("empty")
    with store_in(folder):
        return folder / "sendguard.db"


@pytest.fixture
def nowhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    nowhere_to_go = {"connect_to": {"*:443": "127.0.0.1:1"}, "remember_s": 0}
    settings(tmp_path, gateway={"listeners": [{"listen": "127.0.0.1:1"}]}, visit=nowhere_to_go)
    return tmp_path


@pytest.fixture
def here(nowhere: Path, empty: Path) -> Path:
    shutil.copy(empty, nowhere)
    return nowhere


def gateway(*arguments: str) -> Ran:
    """As the program does it, and with its exit codes."""
    ran = CliRunner().invoke(app, ["gateway", *arguments])
    match ran.exception:
        case WrongUsage() as error:
            return Ran(2, ran.stdout, f"{ran.stderr}{error}")
        case SendGuardError() as error:
            return Ran(4, ran.stdout, f"{ran.stderr}{error}")
    return Ran(ran.exit_code, ran.stdout, ran.stderr)


def came(here: Path, standing: Standing = Standing.BLOCKED, *, data: bytes | None = None) -> None:
    """A campaign that was stopped, with two messages that are kept."""
    ruling = Ruling(standing=standing, at=NOON, says=SAYS, record=17)
    sample = replace(a_mail(), data=data or a_message(html=STORIES.format(a=A, b=A), text="-"))
    with store_in(here) as store:
        assert store.streams.begin(replace(a_stream(), ruling=ruling), sample, 0)
        keep_one(store.ledger, "ada@example.org")
        keep_one(store.ledger, "bob@example.org", "cyd@example.org")


def found(here: Path) -> tuple[Stream, list[HeldState], dict[str, State]]:
    with store_in(here) as store:
        stream = store.streams.find(A_FINGERPRINT)
        assert stream is not None
        kept = [one.state for one in store.ledger.held(None, 99)]
        return stream, kept, states(store.ledger)


@pytest.mark.usefixtures("nowhere")
def test_nothing_came_before_anything_did() -> None:
    assert gateway("list") == Ran(0, "Nothing came through the gateway yet.\n", "")
    assert gateway("held").code == 4


def test_the_list_tells_people_what_is_stopped_and_what_to_do(here: Path) -> None:
    came(here)

    ran = gateway("list")

    assert ran.code == 0
    assert f"3f9a2c71d0e4 “News” is blocked: {SAYS}" in ran.out
    assert "3 readers waiting, 2 messages kept" in ran.out
    assert "it waits for you: sendguard gateway show 3f9a2c71d0e4" in ran.out


def test_the_list_tells_why_what_passed_waits(here: Path) -> None:
    came(here, Standing.PASSED)
    trouble = "127.0.0.1:25 cannot be reached"
    with store_in(here) as store:
        now = datetime.now(UTC)
        store.ledger.keep_alive("another-computer/1", now + timedelta(seconds=60), trouble)

    assert f"2 messages kept\n  why they wait: {trouble}\n" in gateway("list").out


def test_one_campaign_is_shown_with_its_check_and_every_way_out(here: Path) -> None:
    came(here)

    ran = gateway("show", "3F9A2C")

    assert ran.code == 0
    assert "The whole check: sendguard show 17" in ran.out
    for way in ("repair", "approve", "discard", "recheck", "held"):
        assert f"sendguard gateway {way} 3f9a2c71d0e4" in ran.out
    assert "sendguard correct" not in ran.out


def test_the_repair_that_is_shown_names_the_link_that_is_wrong(here: Path) -> None:
    came(here)
    record = replace(a_record(), checked=a_checked(a_blocked_link(id="L2")))
    with store_in(here) as store:
        number = store.keep(record)
        ruling = Ruling(standing=Standing.BLOCKED, at=NOON, says=SAYS, record=number)
        assert store.streams.rule(A_FINGERPRINT, ruling, {Standing.BLOCKED})

    told = gateway("show", A_FINGERPRINT).out

    assert "(L2 is the one that is wrong)" in told
    assert f'repair {A_FINGERPRINT} --link "L2=https://…"' in told


def test_a_campaign_is_shown_with_those_that_differ_in_a_name_alone(here: Path) -> None:
    with store_in(here) as store:
        for at, headline in enumerate(("What Anna missed", "What Bernd missed", "How dogs bark")):
            told = {"headline": headline, "to": box(at)}
            stream = replace(a_stream(fingerprint=f"{at:012}"), first=copy(**told))
            assert store.streams.begin(stream, message(**told), at)

    assert "Beside   000000000001\n" in gateway("show", "000000000000").out
    assert "Beside" not in gateway("show", "000000000002").out


@pytest.mark.parametrize("named", ["3f9a2", "abcdef012345", "%", ""])
def test_what_names_no_campaign_is_told(here: Path, named: str) -> None:
    came(here)

    ran = gateway("show", named)

    assert ran.code == 2
    assert ("names no campaign" if len(named) > 5 else "at least 6 digits") in ran.err
    assert "several" not in ran.err


def test_a_check_of_the_gateway_says_where_more_is_told(here: Path) -> None:
    with store_in(here) as store:
        number = store.keep(replace(a_record(), occasion="gateway"))

    ran = CliRunner().invoke(app, ["show", str(number)])

    assert ran.exit_code == 0
    assert "it came through the gateway" in ran.stderr
    assert "campaign.yaml" not in ran.stderr


def test_who_approves_lets_out_what_is_kept_and_what_comes(here: Path) -> None:
    came(here)

    ran = gateway("approve", "3f9a2c71d0e4", *WORD, "--yes")

    stream, kept, _ = found(here)
    assert (ran.code, stream.standing, stream.ruling.by) == (0, Standing.APPROVED, "Ada")
    assert stream.ruling.record == 17
    assert kept == [HeldState.DUE, HeldState.DUE]
    assert "2 messages that were kept may go out now." in ran.out
    assert "no gateway answers at 127.0.0.1:1" in ran.err


def test_nobody_discards_without_being_asked_or_saying_yes(here: Path) -> None:
    came(here)

    ran = gateway("discard", "3f9a2c71d0e4", *WORD)

    assert ran.code == 2
    assert "2 messages are deleted, and 3 readers will get nothing of it" in ran.err
    assert found(here)[0].standing is Standing.BLOCKED


def test_who_discards_deletes_what_is_kept(here: Path) -> None:
    came(here)

    ran = gateway("discard", "3f9a2c71d0e4", *WORD, "--yes")

    stream, kept, readers = found(here)
    assert (ran.code, stream.standing, kept) == (0, Standing.DISCARDED, [])
    assert set(readers.values()) == {State.CANCELLED}
    assert "3 readers left without it" in ran.out


def test_a_campaign_is_checked_once_more(here: Path) -> None:
    came(here, Standing.UNVERIFIED)

    ran = gateway("recheck", "3f9a2c71d0e4")

    assert (ran.code, found(here)[0].standing) == (0, Standing.CHECKING)
    assert "no gateway answers" in ran.err


@pytest.mark.parametrize("told", [("approve", *WORD), ("recheck",)], ids=["approve", "recheck"])
def test_what_is_being_corrected_goes_out_only_if_a_person_says_so_again(
    here: Path, told: tuple[str, ...]
) -> None:
    name, *words = told
    came(here)
    with store_in(here) as store:
        ruling = Ruling(standing=Standing.BLOCKED, at=NOON, says=BEING_CORRECTED, by="Ada")
        assert store.streams.rule(A_FINGERPRINT, ruling, {Standing.BLOCKED})

    asked = gateway(name, "3f9a2c71d0e4", *words)
    stood = found(here)[0].standing
    said = gateway(name, "3f9a2c71d0e4", *words, "--yes")

    assert (asked.code, stood, said.code) == (2, Standing.BLOCKED, 0), said.err
    assert "sends the WRONG version" in asked.err
    assert found(here)[0].standing is not Standing.BLOCKED


REPAIR = ("repair", "3f9a2c71d0e4", "--by", "Ada", "--link")
TO_B = (*REPAIR, f"Read more={B}", "--force")


@pytest.mark.parametrize("told", [("recheck", A_FINGERPRINT), TO_B], ids=["recheck", "repair"])
def test_no_check_lets_out_what_was_corrected_unless_a_person_says_so(
    here: Path, told: tuple[str, ...]
) -> None:
    came(here)
    with store_in(here) as store:
        says = "it was corrected, by 3f9a2c71d0e4-corrected"
        ruling = Ruling(standing=Standing.BLOCKED, at=NOON, says=says, by="sendguard correct")
        assert store.streams.rule(A_FINGERPRINT, ruling, {Standing.BLOCKED})

    asked = gateway(*told)
    stood = found(here)[0].standing
    said = gateway(*told, "--yes")

    assert (asked.code, stood, said.code) == (2, Standing.BLOCKED, 0), said.err
    assert f"{says}. If it passes the check, its copies pass again" in asked.err
    assert found(here)[0].standing is Standing.CHECKING


@pytest.mark.parametrize("told", [("recheck", A_FINGERPRINT), TO_B], ids=["recheck", "repair"])
def test_no_check_brings_back_what_was_discarded(here: Path, told: tuple[str, ...]) -> None:
    came(here)
    gateway("discard", A_FINGERPRINT, *WORD, "--yes")

    ran = gateway(*told, "--yes")

    assert ran.code == 2
    assert "is discarded by Ada: It is renamed at noon" in ran.err
    assert f"sendguard gateway approve {A_FINGERPRINT}" in ran.err
    assert found(here)[0].standing is Standing.DISCARDED


def repair(*more: str, link: str = f"Read more={B}") -> Ran:
    """Nothing answers here, so a person has to insist."""
    return gateway(*REPAIR, link, "--force", *more)


def as_it_goes_out(here: Path) -> Sequence[str]:
    with store_in(here) as store:
        stream, sample = store.streams.find(A_FINGERPRINT), store.streams.sample(A_FINGERPRINT)
    assert stream is not None
    assert sample is not None
    made = readdress(sample.data, stream.repairs, sample.data)
    assert made is not None
    return addresses(made.data)


def test_a_repair_changes_the_link_of_its_story_and_has_it_checked(here: Path) -> None:
    came(here)

    ran = repair()

    stream, kept, _ = found(here)
    assert (ran.code, stream.standing, stream.ruling.by) == (0, Standing.CHECKING, "Ada")
    assert kept == [HeldState.HELD, HeldState.HELD]
    assert as_it_goes_out(here) == [A, B]
    assert f"The link “Read more”: {A} → {B}" in ran.out.replace(
        "“Read more”", "The link “Read more”"
    )
    assert "is left as it is; --everywhere takes it, too" in ran.err


PAGES = {
    "/cats": titled("How cats count"),
    "/dogs": titled("Why dogs bark"),
    "/birds": titled("Where birds sing"),
}
CATS, DOGS, BIRDS, GONE = (f"http://example.org/{at}" for at in ("cats", "dogs", "birds", "gone"))


async def repair_online(here: Path, right: str, *more: str) -> Ran:
    """Over the site that the newsletter leads to; both stories of it open the one about cats."""
    came(here, data=a_message(html=STORIES.format(a=CATS, b=CATS), text="-"))
    async with site(PAGES) as web:
        visit = {"connect_to": {"*:80": f"127.0.0.1:{web.port}"}, "remember_s": 0}
        settings(here, gateway={"listeners": [{"listen": "127.0.0.1:1"}]}, visit=visit)
        return await asyncio.to_thread(gateway, *REPAIR, f"Read more={right}", *more)


async def test_a_repair_tells_what_the_right_link_opens(here: Path) -> None:
    ran = await repair_online(here, DOGS)

    assert ran.code == 0, ran.err
    assert f"{CATS} → {DOGS}, which opens “Why dogs bark”" in ran.out
    assert as_it_goes_out(here) == [CATS, DOGS]


@pytest.mark.parametrize(
    ("right", "says"),
    [(GONE, "“Read more” under “Why dogs bark” opens no page"), (BIRDS, "“Where birds sing”")],
    ids=["a dead link", "another article"],
)
async def test_a_second_wrong_link_is_not_put_in(here: Path, right: str, says: str) -> None:
    ran = await repair_online(here, right)

    assert (ran.code, found(here)[0].standing) == (1, Standing.BLOCKED), ran.err
    assert says in ran.err
    assert "nothing was changed: name the right link" in ran.err


def test_who_was_refused_gets_nothing_by_a_repair_and_that_is_said(here: Path) -> None:
    with store_in(here) as store:
        ruling = Ruling(standing=Standing.BLOCKED, at=NOON, says=SAYS, record=17)
        data = a_message(html=STORIES.format(a=A, b=A), text="-")
        store.streams.begin(replace(a_stream(), ruling=ruling), replace(a_mail(), data=data), 0)
        store.ledger.write(Entries(turned_away={(A_FINGERPRINT, True): 2}))

    ran = repair()

    assert "Nothing of it is kept" in ran.out
    assert "2 copies were refused" in ran.out


async def test_who_knows_better_than_the_check_may_insist(here: Path) -> None:
    ran = await repair_online(here, GONE, "--force")

    assert (ran.code, found(here)[0].standing) == (0, Standing.CHECKING), ran.err
    assert "waits for `sendguard gateway approve`" in ran.err


@pytest.mark.parametrize(
    ("before", "says"),
    [
        (0, "All who got it got it repaired. To write to them, if a link is wrong in it still"),
        (1, "To write to the 1 reader who got it before it was repaired"),
    ],
)
def test_it_is_said_who_has_what_a_repair_put_right(here: Path, before: int, says: str) -> None:
    came(here, Standing.PASSED)
    with store_in(here) as store:
        for number in range(before):
            pass_on(store.ledger, a_passage(f"r{number}@example.org"))
            settle(store.ledger, f"r{number}@example.org", State.SENT)
    repair("--everywhere", "--yes")
    with store_in(here) as store:
        decide(store.streams, Standing.PASSED)
        end(store.ledger, *(ended(one) for one in take(store.ledger)))

    shown = gateway("show", "3f9a2c").out

    assert f"{says}:\n  sendguard correct 3f9a2c71d0e4" in shown
    assert f"Repaired {A} → {B}, in 2 places\n           by Ada" in shown
    assert "“News” passes, repaired by Ada" in gateway("list").out


def ended(taken: Held) -> Ended:
    return Ended(taken=taken, states=dict.fromkeys(taken.mail.recipients, State.SENT))


def test_no_correction_is_offered_of_what_nobody_can_read(here: Path) -> None:
    sealed = b"From: a@example.org\r\nSubject: s\r\n\r\n-----BEGIN PGP MESSAGE-----\r\n"
    with store_in(here) as store:
        begun = replace(a_stream(), ruling=Ruling(standing=Standing.UNVERIFIED, at=NOON))
        assert store.streams.begin(begun, replace(a_mail(), data=sealed), 0)
        keep_one(store.ledger, "ada@example.org")
    gateway("approve", A_FINGERPRINT, *WORD, "--yes")
    with store_in(here) as store:
        end(store.ledger, *(ended(one) for one in take(store.ledger)))

    shown = gateway("show", A_FINGERPRINT).out

    assert "1 reader got it" in shown
    assert "sendguard correct" not in shown


@pytest.mark.parametrize(
    ("standing", "told"),
    [
        (Standing.BLOCKED, ("approve", "3f9a2c71d0e4", *WORD)),
        (Standing.PASSED, (*REPAIR, f"Read more={B}", "--force")),
    ],
    ids=["approve", "repair"],
)
def test_where_nobody_is_asked_nothing_goes_out_and_nothing_is_stopped(
    here: Path, standing: Standing, told: Sequence[str]
) -> None:
    came(here, standing)

    ran = gateway(*told)

    assert ran.code == 2
    assert "say --yes" in ran.err
    assert found(here)[0].standing is standing


def test_what_was_discarded_is_not_brought_back_by_an_approval(here: Path) -> None:
    came(here)
    gateway("discard", "3f9a2c71d0e4", *WORD, "--yes")

    ran = gateway("approve", "3f9a2c71d0e4", *WORD, "--yes")

    assert ran.code == 0
    assert "what was discarded is gone for good: 3 readers will get nothing" in ran.err


def test_everywhere_takes_every_place_of_the_address(here: Path) -> None:
    came(here)

    ran = repair("--everywhere")

    assert ran.code == 0
    assert as_it_goes_out(here) == [B, B]


def test_a_repair_can_be_repaired(here: Path) -> None:
    came(here)
    repair(link="Read more=https://example.org/wrong-again")

    ran = repair()

    assert ran.code == 0
    assert as_it_goes_out(here) == [A, B]


def test_a_signature_that_a_repair_breaks_is_spoken_of(here: Path) -> None:
    data = a_message(html=STORIES.format(a=A, b=A), text="-")
    came(here, data=b"DKIM-Signature: v=1; b=x\r\n" + data)

    ran = repair()

    assert ran.code == 0
    assert "its sender signed it (DKIM)" in ran.err


@pytest.mark.parametrize(
    ("link", "says"),
    [
        ("No such label=https://example.org/b", "No such label"),
        ("Read more", "names no link and address"),
        (f"Read more={A}", "has that address already"),
    ],
)
def test_a_repair_of_nothing_changes_nothing(here: Path, link: str, says: str) -> None:
    came(here)

    ran = repair(link=link)

    assert ran.code == 2
    assert says in ran.err
    assert found(here)[0].standing is Standing.BLOCKED


def test_the_kept_messages_are_listed(here: Path) -> None:
    came(here)

    ran = gateway("held", "3f9a2c71d0e4", "--most", "1")

    first, more = ran.out.splitlines()
    assert "waits for a decision" in first
    assert first.endswith("from news@example.org to ada@example.org")
    assert more == "… and more: --most 10"


def test_what_is_in_doubt_is_listed_and_settled(here: Path) -> None:
    with store_in(here) as store:
        begin(store.streams, Standing.PASSED)
        pass_on(store.ledger, a_passage(state=State.IN_DOUBT))

    listed = gateway("settle", "all")
    again_in_vain = gateway("settle", "all", "--again")
    of_nobody = gateway("settle", "all", "--sent", "--reader", "bob@example.org")
    settled = gateway("settle", "3f9a2c", "--sent", "--reader", "ada@example.org")
    again = gateway("settle", "all")

    assert "whether these got it, nobody can know (1)" in listed.out
    assert "Ada@Example.Org" in listed.out
    assert "no message is kept here for 1 reader in doubt" in again_in_vain.err
    assert (of_nobody.code, settled.out) == (2, "Settled: 1 reader.\n")
    assert found(here)[2] == {"ada": State.SENT}
    assert again.out == "Nothing is in doubt.\n"


@pytest.mark.usefixtures("nowhere")
def test_a_password_is_written_as_a_line_that_a_listener_takes(tmp_path: Path) -> None:
    ran = CliRunner().invoke(app, ["gateway", "password", "listmonk"], input="correct horse\n")

    (tmp_path / "users").write_text(ran.stdout, "utf-8")
    users = read_users(str(tmp_path / "users"))
    assert asyncio.run(users.admit(b"listmonk", b"correct horse"))
    assert not asyncio.run(users.admit(b"listmonk", b"wrong horse"))


@pytest.mark.parametrize(
    ("name", "secret"), [("a:b", "long enough"), ("#a", "long enough"), ("a", "short"), ("a", "")]
)
def test_no_line_is_written_that_nobody_could_use(name: str, secret: str) -> None:
    ran = CliRunner().invoke(app, ["gateway", "password", name], input=f"{secret}\n")

    assert isinstance(ran.exception, WrongUsage)
    assert ran.stdout == ""


def test_who_was_turned_away_is_told(here: Path) -> None:
    with store_in(here) as store:
        begin(store.streams, Standing.BLOCKED)
        store.ledger.write(Entries(turned_away={(A_FINGERPRINT, False): 3}))
        assert "put off, and its sender keeps it and tries again" in gateway("list").out
        store.ledger.write(Entries(turned_away={(A_FINGERPRINT, True): 2}))

    assert "2 readers refused at the gate" in gateway("list").out


def test_who_was_told_that_it_is_stopped_hears_who_discarded_it(here: Path) -> None:
    mail = "mailto://ada@example.org"
    settings(here, notify=[mail], gateway={"listeners": [{"listen": "127.0.0.1:1"}]})
    came(here, Standing.CHECKING)
    ruling = Ruling(standing=Standing.BLOCKED, at=NOON, says=SAYS)
    notice = notice_of(a_stream(), ruling, Numbers())
    with store_in(here) as store:
        store.streams.rule(A_FINGERPRINT, ruling, {Standing.CHECKING}, notice, [mail])
        (due,) = store.notices.due(digest_of(mail), NOON)
        store.notices.begin(due, NOON)
        store.notices.told(due)

    gateway("discard", "3f9a2c71d0e4", *WORD, "--yes")

    with store_in(here) as store:
        (due,) = store.notices.due(digest_of(mail), datetime.now(UTC))
    assert due.title == "“News” was discarded by Ada: none of it goes out"
