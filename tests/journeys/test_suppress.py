"""The suppression list and the real program."""

from pathlib import Path

import pytest

from tests.journeys.program import sendguard

BOUNCES = Path(__file__).parent.parent / "send/bounces"


async def test_people_are_suppressed_by_a_file_and_by_standard_input(tmp_path: Path) -> None:
    (tmp_path / "left.csv").write_text(
        "Name;E-Mail\nAda;ada@example.org\nBob;bob\nZoë;zoe@example.org\n", "utf-8"
    )

    first = await sendguard("suppress", "left.csv", "--why", "unsubscribed", here=tmp_path)
    again = await sendguard(
        "suppress", "-", here=tmp_path, given=b"ADA@example.org\nbob@example.org\n"
    )

    assert (first.code, again.code) == (4, 0)
    assert (
        first.out == "Read 2 addresses: 2 new on the suppression list, which has 2 addresses now.\n"
    )
    assert "1 row was no address and NOT suppressed" in first.err
    assert "left.csv:3: “bob” is no mail address: it has no @" in first.err
    assert (
        again.out == "Read 2 addresses: 1 new on the suppression list, which has 3 addresses now.\n"
    )


@pytest.mark.parametrize(
    ("given", "says"),
    [
        (b"", "there is nothing in it"),
        (b"name\nAda\n", "no column is called `email`"),
        (b"email\nada\nbob\n", "none of its 2 lines is an address, so nobody was suppressed"),
        ("email\nada@example.org\n".encode("utf-16"), "this is not UTF-8 but UTF-16"),
    ],
)
async def test_a_file_without_addresses_is_refused(given: bytes, says: str, tmp_path: Path) -> None:
    ran = await sendguard("suppress", "-", here=tmp_path, given=given)

    assert ran.code == 4
    assert says in ran.err
    assert ran.out == ""


async def test_reports_on_mail_from_elsewhere_change_nothing(tmp_path: Path) -> None:
    (tmp_path / "new").mkdir()
    (tmp_path / "cur").mkdir()
    for report in BOUNCES.glob("*.eml"):
        (tmp_path / "new" / report.name).write_bytes(report.read_bytes())
    await sendguard("suppress", "-", here=tmp_path, given=b"bob@example.org\n")

    ran = await sendguard("outbox", "bounces", ".", here=tmp_path)
    alone = await sendguard("outbox", "bounces", "-", here=tmp_path, given=b"Subject: Hi\n\nHi\n")

    assert (ran.code, alone.code) == (0, 0)
    assert ran.out == (
        "Read 3 messages: 2 came back for good, nothing new: "
        "marked before, or not sent from here.\n"
    )
    assert alone.out == "Read 1 message: none reports that mail came back for good.\n"


async def test_without_a_store_nothing_can_have_come_back(tmp_path: Path) -> None:
    ran = await sendguard("outbox", "bounces", "-", here=tmp_path, given=b"")

    assert ran.code == 4
    assert ran.err == "sendguard: nothing was sent from here yet: there is no store\n"
