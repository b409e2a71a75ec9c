"""What passed the gateway is put right by its fingerprint, for exactly those who got it."""

from collections.abc import Sequence
from contextlib import closing
from dataclasses import replace
from email.message import EmailMessage
from pathlib import Path

from sendguard.adapters.database.store import open_store
from sendguard.gateway import Mail, Passage, Ruling, Standing
from sendguard.gateway.opened import Opened
from sendguard.gateway.study import Study
from sendguard.ports.gateway import Entries
from sendguard.send import State
from tests.builders import NOON
from tests.fakes_gateway import A_FINGERPRINT, a_stream
from tests.gateway.copies import SITE as LISTS
from tests.gateway.copies import Recipient, a_copy_for, a_recipient
from tests.gateway.enclosing import PICTURE, with_picture
from tests.journeys.mailing import RIGHT, SITE, Newsroom, newsroom

WRONG = f"{SITE}/41/five-ways"
LINK = ("--link", f"Read article={RIGHT}")
HEADLINE = "Schrodinger's Proposals"
READERS = [a_recipient(number) for number in range(4)]


def copy_for(reader: Recipient, link: str = WRONG, *, has_html: bool = True) -> Mail:
    """With the reader's name in the headline, too, and with a picture where it has HTML."""
    if not has_html:
        return a_copy_for(reader, link=link, has_html=False)
    copy = a_copy_for(reader, link=link.format(reader.token))
    headline = f"{HEADLINE}, {reader.name}".encode()
    named = replace(copy, data=copy.data.replace(HEADLINE.encode(), headline))
    return with_picture(named, f"{reader.token}@lists.example.org")


def let_pass(  # noqa: PLR0913 - one for each thing that a test may want to be otherwise
    room: Newsroom,
    link: str = WRONG,
    states: Sequence[State] = (),
    *,
    repairs: tuple[tuple[str, str], ...] = (),
    before: int = 0,
    has_html: bool = True,
) -> None:
    """Copies for `READERS` passed the gateway.

    Args:
        room: Where.
        link: As it came in.
        states: What became of the last ones.
        repairs: Made at the gate.
        before: So many of the first ones passed before that.
        has_html: Or plain text alone.
    """
    copies = [copy_for(reader, link, has_html=has_html) for reader in READERS]
    sample = copies[0]
    stream = replace(a_stream(Standing.PASSED), repairs=repairs)
    stream = replace(stream, first=replace(stream.first, own=frozenset(READERS[0].own)))
    study = Study.of(stream, Opened(sample), has_trace=False)
    passages = [one for copy in copies for one in study.passages(Opened(copy))]
    passages[:before] = [replace(one, repaired=None) for one in passages[:before]]
    became = [State.SENT] * (len(READERS) - len(states)) + [*states]
    begun = [replace(one, state=State.SENDING) for one in passages]
    settled = {(A_FINGERPRINT, one.key): now for one, now in zip(passages, became, strict=True)}
    with closing(open_store(room.database)) as store:
        store.streams.begin(stream, sample, 0)
        store.ledger.write(Entries(passages=begun, holder="gate 1 x", at=NOON))
        store.ledger.write(Entries(settled=settled, holder="gate 1 x", at=NOON))


def repair_again(room: Newsroom, wrong: str, right: str) -> None:
    """What still comes is put right at the gate."""
    ruling = Ruling(standing=Standing.CHECKING, at=NOON, by="Ada")
    with closing(open_store(room.database)) as store:
        store.streams.repair(A_FINGERPRINT, ((wrong, right),), ruling)


def forget_parts(room: Newsroom, reader: Recipient) -> None:
    """What of that copy was its reader's own is not known."""
    unknown = Passage(
        fingerprint=A_FINGERPRINT,
        key=reader.address,
        address=reader.address,
        message_id=None,
        state=State.SENDING,
    )
    with closing(open_store(room.database)) as store:
        store.ledger.write(Entries(passages=(unknown,), holder="gate 1 x", at=NOON))


def standing(room: Newsroom) -> Ruling:
    with closing(open_store(room.database)) as store:
        stream = store.streams.find(A_FINGERPRINT)
        assert stream
        return stream.ruling


def everything_in(message: EmailMessage) -> str:
    bodies = (str(part.get_content()) for part in message.walk() if not part.is_multipart())
    return "\n".join((*map(str, message.values()), *bodies))


async def test_everyone_who_got_it_gets_the_right_link_and_what_is_own_once(tmp_path: Path) -> None:
    async with newsroom(tmp_path) as room:
        let_pass(room)

        ran = await room.run("correct", A_FINGERPRINT[:8], *LINK, "--yes")

        taken = room.taken(len(READERS))
        again = await room.run("correct", A_FINGERPRINT, *LINK, "--yes")
    assert (ran.code, again.code) == (0, 1), ran.out
    assert [one.recipient for one in taken] == [reader.address for reader in READERS]
    for reader, one in zip(READERS, taken, strict=True):
        message, told = one.message, everything_in(one.message)
        assert message["subject"] == f"CORRECTED: {reader.name}, how to recover from a mistake"
        assert message["list-unsubscribe"].strip() == f"<{LISTS}/off/{reader.token}>"
        assert message["in-reply-to"] == f"<{reader.address.partition('@')[0]}@lists.example.org>"
        assert message["to"] == f"{reader.name} <{reader.address}>"
        assert PICTURE in [part.get_content() for part in message.walk() if part["content-id"]]
        assert f"/web/{reader.token}" in told
        assert f"<h2>{HEADLINE}, {reader.name}</h2>" in told
        assert WRONG not in told
        assert not [own for other in READERS if other != reader for own in other.own if own in told]
    assert not [path for path in room.web.asked if READERS[0].token in path]


async def test_it_goes_to_who_may_have_it_through_the_next_hop_and_nothing_passes_any_more(
    tmp_path: Path,
) -> None:
    tracked = f"{SITE}/click?to=9&who={{}}"
    async with newsroom(tmp_path) as room:
        let_pass(room, tracked, (State.IN_DOUBT, State.REFUSED))
        room.settings["gateway"] = {"next_hop": f"127.0.0.1:{room.sink.port}"}
        room.settings["smtp"] = {}
        room.change()

        ran = await room.run("correct", A_FINGERPRINT, *LINK, "--yes")

        taken = room.taken(3)
        ruling = standing(room)
    assert ran.code == 0, ran.out
    assert {one.recipient for one in taken} == {reader.address for reader in READERS[:3]}
    assert not [one for one in taken if "/click?" in everything_in(one.message)]
    assert (ruling.standing, ruling.by) == (Standing.BLOCKED, "sendguard correct")
    assert ruling.says == f"it was corrected, by {A_FINGERPRINT}-corrected"


async def test_a_dry_run_stops_nothing_and_tells_who_is_left_out(tmp_path: Path) -> None:
    async with newsroom(tmp_path) as room:
        let_pass(room, states=(State.REFUSED,))
        forget_parts(room, READERS[3])

        ran = await room.run("correct", A_FINGERPRINT, *LINK, "--dry-run")

        assert standing(room).standing is Standing.PASSED
    assert ran.code == 0, ran.out
    assert "3 readers who got it" in ran.out
    assert "left out: 1 reader whose copy is not known well enough" in ran.err
    assert READERS[3].address in ran.err


async def test_what_a_repair_got_wrong_is_put_right_for_those_who_got_it_though_it_was_mended_since(
    tmp_path: Path,
) -> None:
    async with newsroom(tmp_path) as room:
        let_pass(room, f"{SITE}/41/six-ways", repairs=((f"{SITE}/41/six-ways", WRONG),))
        repair_again(room, WRONG, RIGHT)

        ran = await room.run("correct", A_FINGERPRINT, *LINK, "--yes")

        taken = room.taken(len(READERS))
    assert ran.code == 0, ran.err
    for reader, one in zip(READERS, taken, strict=True):
        told = everything_in(one.message)
        assert RIGHT in told
        assert "-ways" not in told.replace(RIGHT, "")
        assert f"/web/{reader.token}" in told


async def test_who_got_it_before_a_repair_is_written_to_and_nobody_else(tmp_path: Path) -> None:
    async with newsroom(tmp_path) as room:
        let_pass(room, repairs=((WRONG, RIGHT),), before=1)

        ran = await room.run("correct", A_FINGERPRINT, *LINK, "--dry-run")

    assert ran.code == 0, ran.err
    assert "1 reader who got it" in ran.out
    assert "left out: 3 readers who got it after it was repaired at the gate" in ran.err


async def test_what_is_in_plain_text_alone_is_corrected_in_plain_text_alone(tmp_path: Path) -> None:
    async with newsroom(tmp_path) as room:
        let_pass(room, has_html=False)

        ran = await room.run("correct", A_FINGERPRINT, *LINK, "--yes")

        taken = room.taken(len(READERS))
    assert ran.code == 0, ran.err + ran.out
    for reader, one in zip(READERS, taken, strict=True):
        text = one.message.get_content()
        assert one.message.get_content_type() == "text/plain"
        apology, _, rest = text.partition(f"Dear {reader.name}")
        assert "sorry" in apology
        assert f"Read article: {RIGHT}" in rest
        assert WRONG not in text
        assert f"{LISTS}/off/{reader.token}" in text
