"""`sendguard correct`: what went out wrong is put right, once, for exactly those who got it."""

import asyncio
import signal
from pathlib import Path

import pytest

from sendguard.send import State
from tests.journeys.mailing import HTML, NAME, RIGHT, SITE, article, newsroom
from tests.journeys.mistakes import (
    CORRECTION,
    SUBJECT,
    mistaken,
)
from tests.journeys.program import SENDGUARD, begun, outcome_of

TWICE = HTML.replace(
    "<p><a href",
    f"<h2>Schrodinger's Proposals, Once More</h2><a href='{SITE}/42/proposals'>Again</a><p><a href",
)
MJML = f"""<mjml lang="en"><mj-body><mj-section><mj-column>
<mj-text><h2>Schrodinger's Proposals</h2></mj-text>
<mj-button href="{SITE}/42/proposals">Read article</mj-button>
<mj-text><a href="{{{{ unsubscribe_url }}}}">Unsubscribe</a></mj-text>
</mj-column></mj-section></mj-body></mjml>
"""


async def test_one_command_puts_it_right_for_everyone_once(tmp_path: Path) -> None:
    async with mistaken(tmp_path) as room:
        ran = await room.correct("--yes")

        taken = room.taken(6)
        assert set(room.tally().values()) == {2}
        incident = room.incident()
    last = [one.message for one in taken if one.message["subject"] == CORRECTION]
    first = [one.message for one in taken if one.message["subject"] == SUBJECT]
    body = last[0].get_body(("plain",)).get_content()  # type: ignore[union-attr]
    steps = [line.split()[0] for line in ran.out.splitlines() if line[:1] not in {" ", ""}]
    assert ran.code == 0
    assert [one["in-reply-to"] for one in last] == [one["message-id"] for one in first]
    assert "“Schrodinger's Proposals” opened “Five Ways to Lose a Sale”." in " ".join(body.split())
    assert (body.count("/42/proposals\n"), body.count(RIGHT)) == (0, 3)
    assert steps[:6] == ["Found.", "Stopped.", "Repaired.", "Checked.", "How", "Subject"]
    assert incident
    assert (incident.subject, incident.corrections) == (SUBJECT, (f"{NAME}-corrected",))
    assert incident.stopped_at
    assert incident.repaired_at
    assert incident.links[0].right == RIGHT


@pytest.mark.parametrize("label", ["Schrodinger's Proposals", "L2", f"{SITE}/42/proposals"])
async def test_a_link_is_named_by_headline_id_or_address(label: str, tmp_path: Path) -> None:
    async with mistaken(tmp_path) as room:
        ran = await room.correct("--dry-run", link=f"{label}={RIGHT}")

    assert ran.code == 0
    assert "4 places, and nothing else is changed" in ran.out


async def test_a_dry_run_changes_nothing_but_the_folder(tmp_path: Path) -> None:
    async with mistaken(tmp_path) as room:
        ran = await room.correct("--dry-run")

        assert room.incident() is None
        assert room.states(f"{NAME}-corrected") is None
        assert len(room.taken(3)) == 3
        names = {one.name for one in room.corrected.iterdir()}
        status = await room.run("status")
    assert ran.code == 0
    assert f"{NAME}-corrected" not in status.out
    assert names == {
        "campaign.yaml",
        "newsletter.html",
        "newsletter.txt",
        "readers.csv",
        "subject.txt",
        ".written-by-sendguard.json",
    }


async def test_the_editor_may_have_it_first(tmp_path: Path) -> None:
    async with mistaken(tmp_path) as room:
        ran = await room.correct("--test-to", "editor@example.org")

        copies = [one for one in room.taken(4) if one.recipient == "editor@example.org"]
        assert room.states(f"{NAME}-corrected") is None
    assert (ran.code, [one.message["subject"] for one in copies]) == (0, [f"[TEST] {CORRECTION}"])


async def test_a_german_newsletter_is_corrected_in_german(tmp_path: Path) -> None:
    async with mistaken(tmp_path, HTML.replace('lang="en"', 'lang="de-AT"')) as room:
        ran = await room.correct("--yes")

        assert room.subjects() == {SUBJECT, f"KORREKTUR: {SUBJECT}"}
    assert ran.code == 0


async def test_without_a_link_the_mended_folder_tells(tmp_path: Path) -> None:
    async with mistaken(tmp_path) as room:
        unchanged = await room.correct("--yes", link=None)
        mended = HTML.replace(f"{SITE}/42/proposals", RIGHT).replace("no slides", "slides")
        room.write(mended)
        ran = await room.correct("--yes", link=None)

        messages = [one.message for one in room.taken(6)]
    html = [one.get_body(("html",)).get_content() for one in messages]  # type: ignore[union-attr]
    assert (unchanged.code, ran.code) == (2, 0)
    assert "the very links that went out" in unchanged.err
    assert "left as it went out" in ran.err
    assert all("two people, no slides" in one for one in html)


async def test_the_same_address_in_other_stories_stays_unless_it_is_said(tmp_path: Path) -> None:
    async with mistaken(tmp_path, TWICE) as room:
        left = await room.correct("--dry-run")
        some = (room.corrected / "newsletter.html").read_text("utf-8")
        await room.correct("--dry-run", "--everywhere")
        every = (room.corrected / "newsletter.html").read_text("utf-8")

    assert "under “Schrodinger's Proposals, Once More”" in left.err
    assert "they stay as they are (--everywhere takes them all)" in left.err
    assert [html.count("/42/proposals'") for html in (some, every)] == [1, 0]


async def test_a_second_correction_needs_a_persons_word(tmp_path: Path) -> None:
    async with mistaken(tmp_path) as room:
        await room.correct("--yes")

        refused = await room.correct("--yes")
        of_itself = await room.run(
            "correct", f"{NAME}-corrected", "--yes", "--link", f"Take the walk={SITE}/41/five-ways"
        )
        room.pages["/42/third"] = article("Schrodinger's Proposals")
        again = await room.correct("--yes", "--again", link=f"Read article={SITE}/42/third")

        assert set(room.tally().values()) == {3}
        incident = room.incident()
    assert (refused.code, of_itself.code, again.code) == (1, 1, 0)
    assert "say --again" in refused.err
    assert "say --again" in of_itself.err
    assert incident
    assert "corrected again" in incident.forced[0].text


async def test_who_left_since_gets_none_and_is_not_in_the_list(tmp_path: Path) -> None:
    async with mistaken(tmp_path) as room:
        (tmp_path / "left.txt").write_text("reader1@example.org\n", "utf-8")
        await room.run("suppress", str(tmp_path / "left.txt"))

        ran = await room.correct("--yes")

        assert room.tally()["reader1@example.org"] == 1
        rows = (room.corrected / "readers.csv").read_text("utf-8")
    assert "2 readers who got it; 1 has left the list since" in ran.out
    assert "reader1" not in rows


async def test_it_may_go_to_those_who_clicked(tmp_path: Path) -> None:
    async with mistaken(tmp_path) as room:
        clicked = tmp_path / "clicked.csv"
        clicked.write_text("email\nREADER2@example.org\nnobody@example.org\n", "utf-8")
        ran = await room.correct("--yes", "--to", "clicked", "--clicked", str(clicked))

        tally = room.tally()
    assert (ran.code, tally["reader2@example.org"], tally["reader0@example.org"]) == (0, 2, 1)


async def test_those_who_waited_get_the_repaired_one_alone(tmp_path: Path) -> None:
    async with newsroom(tmp_path, "-w", "1") as room:
        room.write(readers=12)
        room.change(smtp={"at_once": 2})
        told = ("send", str(room.folder), "--yes", "--config", str(tmp_path / "config.yaml"))
        async with begun(*SENDGUARD, *told, here=tmp_path) as sending:
            await room.until_taking()
            sending.send_signal(signal.SIGINT)
            await outcome_of(sending)
        before = room.states() or {}
        got = {one.recipient for one in room.taken()}
        room.spoil()
        room.change(smtp={"at_once": 10})

        ran = await room.correct("--yes")

        after = {one.recipient: one.message for one in room.taken(12) if one.recipient not in got}
        tally, states = room.tally(), room.states()
    html = [one.get_body(("html",)).get_content() for one in after.values()]  # type: ignore[union-attr]
    assert ran.code == 0
    assert before[State.SENT] == len(got) < 12
    assert {who for who, count in tally.items() if count == 2} == got
    assert len(tally) == 12
    assert {one["subject"] for one in after.values()} == {SUBJECT}
    assert all(RIGHT in one and "We made a mistake" not in one for one in html)
    assert states == {State.SENT: 12}


async def test_it_is_what_went_out_that_is_corrected(tmp_path: Path) -> None:
    async with mistaken(tmp_path) as room:
        room.write("<p>The next issue, half written</p>", brief={"subject": "Another"})

        ran = await room.correct("--yes")

        assert room.subjects() == {SUBJECT, CORRECTION}
    assert ran.code == 0


async def test_sources_in_mjml_lie_beside_it_repaired(tmp_path: Path) -> None:
    async with newsroom(tmp_path) as room:
        room.write(files={"newsletter.mjml": MJML}, brief={"newsletter": "newsletter.mjml"})
        await room.send()
        room.spoil()

        ran = await room.correct("--yes")

        source = (room.corrected / "newsletter.mjml").read_text("utf-8")
    assert ran.code == 0
    assert source == MJML.replace(f"{SITE}/42/proposals", RIGHT)


async def test_a_link_without_an_address_gets_one(tmp_path: Path) -> None:
    html = HTML.replace(f'"{SITE}/42/walk"', '"mailto:walk@navigator.example"')
    async with mistaken(tmp_path, html) as room:
        ran = await room.correct("--yes", link=f"Take the walk={SITE}/42/walk")

    assert ran.code == 0
    assert "mailto:walk@navigator.example → http://navigator.example/42/walk" in ran.out


async def test_a_sites_name_that_no_page_declares_is_left_out(tmp_path: Path) -> None:
    async with newsroom(tmp_path) as room:
        for path, title in (("/42/proposals-again", "Schrodinger's Proposals"), ("/42/walk", "A")):
            room.pages[path] = article(title, site_name=None, suffix=" | The Navigator")
        await room.send()
        bad = article("Five Ways to Lose a Sale", site_name=None, suffix=" | The Navigator")
        room.pages["/42/proposals"] = bad

        ran = await room.correct("--dry-run")

    said = " ".join(ran.out.partition("Apology")[2].split())
    assert "opened “Five Ways to Lose a Sale”. The right link is Schrodinger's Proposals." in said


async def test_of_two_at_the_same_instant_one_is_sent(tmp_path: Path) -> None:
    async with mistaken(tmp_path) as room:
        told = ("correct", NAME, "--yes", "--link", f"Read article={RIGHT}")
        at = (*SENDGUARD, *told, "--config", str(tmp_path / "config.yaml"))
        async with begun(*at, here=tmp_path) as one, begun(*at, here=tmp_path) as other:
            ran = await asyncio.gather(outcome_of(one), outcome_of(other))

        assert set(room.tally().values()) == {2}
    assert sorted(each.code for each in ran) == [0, 1]
    assert "corrected" in "".join(each.err for each in ran)
