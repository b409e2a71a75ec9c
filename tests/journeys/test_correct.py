"""`sendguard correct`: what went out wrong is put right, once, for exactly those who got it."""

import asyncio
import csv
import signal
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from sendguard.send import State
from tests.journeys.mailing import HTML, NAME, RIGHT, SITE, Newsroom, article, newsroom
from tests.journeys.program import SENDGUARD, begun, outcome_of
from tests.servers import moved, page

SUBJECT, CORRECTION = "How to recover from a mistake", "CORRECTED: How to recover from a mistake"
TWICE = HTML.replace(
    "<p><a href",
    f"<h2>Schrodinger's Proposals, Once More</h2><a href='{SITE}/42/proposals'>Again</a><p><a href",
)
WALL = page("Robots are kept out", status="403 Forbidden")
MJML = f"""<mjml lang="en"><mj-body><mj-section><mj-column>
<mj-text><h2>Schrodinger's Proposals</h2></mj-text>
<mj-button href="{SITE}/42/proposals">Read article</mj-button>
<mj-text><a href="{{{{ unsubscribe_url }}}}">Unsubscribe</a></mj-text>
</mj-column></mj-section></mj-body></mjml>
"""

EML = f"Subject: {SUBJECT}\nContent-Type: text/html; charset=utf-8\n\n" + HTML.replace(
    "{{ unsubscribe_url }}", f"{SITE}/leave/1"
).replace('{{ name | default: "reader" }}', "Ada")


@asynccontextmanager
async def mistaken(here: Path, html: str = HTML) -> AsyncIterator[Newsroom]:
    """A newsroom whose campaign went out to three; then its link went wrong."""
    async with newsroom(here) as room:
        room.write(html)
        assert (await room.send()).code == 0
        room.spoil()
        yield room


def declaring(title: str) -> dict[str, object]:
    return {"articles": [{"link": "Read article", "title": title}]}


@asynccontextmanager
async def renamed(here: Path) -> AsyncIterator[Newsroom]:
    """The same, and the right page has another title than its author declared."""
    async with newsroom(here) as room:
        room.write(brief=declaring("Schrodinger's Proposals"))
        assert (await room.send()).code == 0
        room.spoil()
        room.pages["/42/proposals-again"] = article("On Boxes and Bids")
        yield room


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


async def test_a_repair_that_opens_another_article_is_blocked(tmp_path: Path) -> None:
    articles = [{"link": "Read article", "title": "Schrodinger's Proposals"}]
    async with newsroom(tmp_path) as room:
        room.write(brief={"articles": articles})
        await room.send()
        room.spoil()

        ran = await room.correct("--yes", link=f"Read article={SITE}/42/walk")

        assert len(room.taken(3)) == 3
        assert room.states(f"{NAME}-corrected") is None
    assert ran.code == 1
    assert "the repaired newsletter does not pass either" in ran.err


async def test_a_repair_that_was_never_opened_is_held_back(tmp_path: Path) -> None:
    async with mistaken(tmp_path) as room:
        ran = await room.correct("--yes", "--force", link=f"Read article={SITE}/leave/unsubscribe")

        assert len(room.taken(3)) == 3
    assert ran.code == 1
    assert "a correction has to lead to a page that opens" in ran.err


async def test_a_right_page_behind_a_wall_needs_a_persons_word(tmp_path: Path) -> None:
    async with mistaken(tmp_path) as room:
        room.pages["/42/proposals-again"] = WALL
        refused = await room.correct("--yes")
        assert len(room.taken(3)) == 3
        forced = await room.correct("--yes", "--force")

        incident = room.incident()
    assert (refused.code, forced.code) == (1, 0)
    assert "so open it yourself" in refused.err
    assert incident
    assert "could not open the right link itself" in " ".join(one.text for one in incident.forced)


async def test_wrong_and_right_pages_are_looked_at_anew(tmp_path: Path) -> None:
    async with newsroom(tmp_path) as room:
        room.change(visit={"remember_s": 600})
        await room.send()
        room.spoil()

        ran = await room.correct("--dry-run")

    assert ran.code == 0
    assert "opened “Five Ways to Lose a Sale”" in " ".join(ran.out.split())


async def test_a_right_page_with_another_title_passes_once_it_is_expected(tmp_path: Path) -> None:
    async with renamed(tmp_path) as room:
        blocked = await room.correct("--yes")
        expect = blocked.err.partition("--expect '")[2].partition("'")[0]

        ran = await room.correct("--yes", "--expect", expect)

    assert (blocked.code, ran.code) == (1, 0)
    assert expect.endswith("=On Boxes and Bids")
    assert f"{room.folder}/newsletter.html" in blocked.out


async def test_a_right_page_with_another_title_passes_once_it_is_approved(tmp_path: Path) -> None:
    async with renamed(tmp_path) as room:
        blocked = await room.correct("--yes")
        mended = HTML.replace(f"{SITE}/42/proposals", RIGHT)
        room.write(mended, brief=declaring("Schrodinger's Proposals"))
        finding = blocked.err.partition("sendguard approve ")[2].split()[1]
        said = await room.run(
            *("approve", str(room.folder), finding, "--by", "Ada", "--because", "It was renamed")
        )

        ran = await room.correct("--yes")

    assert (blocked.code, said.code, ran.code) == (1, 0, 0)


async def test_what_the_folder_declares_now_counts(tmp_path: Path) -> None:
    async with renamed(tmp_path) as room:
        room.write(brief=declaring("On Boxes and Bids"))

        ran = await room.correct("--yes")

    assert ran.code == 0


async def test_a_password_in_the_right_address_is_refused(tmp_path: Path) -> None:
    async with mistaken(tmp_path) as room:
        ran = await room.correct(
            "--yes", link="Read article=http://me:pw@navigator.example/42/walk"
        )

    assert ran.code == 2
    assert "pw" not in ran.err


async def test_an_unrelated_dead_link_holds_it_back_unless_it_is_approved(tmp_path: Path) -> None:
    async with mistaken(tmp_path) as room:
        room.pages.pop("/42/walk")
        blocked = await room.correct("--yes")
        approval = ("--by", "Ada", "--because", "It comes back", "--until", "2027-01-01")
        said = await room.run("approve", str(room.folder), "SG201", *approval)

        ran = await room.correct("--yes")

    assert blocked.code == 1
    assert f"{SITE}/42/walk" in blocked.out
    assert (said.code, ran.code) == (0, 0)


@pytest.mark.parametrize("harm", ["hostile", "personal-data"])
async def test_where_people_decide_there_is_a_draft_and_whom_to_call(
    harm: str, tmp_path: Path
) -> None:
    async with mistaken(tmp_path) as room:
        ran = await room.correct("--yes", "--force", "--harm", harm)

        assert len(room.taken(3)) == 3
        assert room.states(f"{NAME}-corrected") is None
        assert (room.corrected / "newsletter.html").exists()
    assert ran.code == 1
    assert "Call now:" in ran.out


async def test_where_nobody_is_led_astray_nothing_is_queued(tmp_path: Path) -> None:
    async with mistaken(tmp_path) as room:
        room.pages["/42/proposals"] = moved(RIGHT)
        refused = await room.correct("--yes")

        assert len(room.taken(3)) == 3
    assert refused.code == 1
    assert "--force" in refused.err


async def test_a_bad_apology_needs_force_and_that_is_on_record(tmp_path: Path) -> None:
    blame = ("--reason", "Our agency made a mistake.\r\nBcc: x@example.org")
    async with mistaken(tmp_path) as room:
        refused = await room.correct("--yes", *blame)
        assert len(room.taken(3)) == 3
        forced = await room.correct("--yes", "--force", *blame)

        incident = room.incident()
        assert {one.message["bcc"] for one in room.taken(6)} == {None}
    assert (refused.code, forced.code) == (1, 0)
    assert "say it otherwise, or say --force" in refused.err
    assert "on somebody or something else. Write what you did yourself" in refused.err
    assert incident
    assert [note.text[:34] for note in incident.forced] == ["The apology was sent against an ob"]


@pytest.mark.parametrize(
    ("said", "says"),
    [("We hurried, {{ town }}.", "no column for {{ town }}"), ("Hi *|FNAME|*", "another platform")],
)
async def test_what_nothing_fills_in_is_refused_before_it_is_queued(
    said: str, says: str, tmp_path: Path
) -> None:
    async with mistaken(tmp_path) as room:
        ran = await room.correct("--yes", "--force", "--reason", said)

        assert room.states(f"{NAME}-corrected") is None
    assert ran.code in {1, 4}
    assert says in ran.err + ran.out


async def test_what_an_editor_changed_in_the_corrections_folder_is_kept(tmp_path: Path) -> None:
    async with mistaken(tmp_path) as room:
        await room.correct("--dry-run")
        same = await room.correct("--dry-run")
        (room.corrected / "newsletter.html").write_text("mine", "utf-8")
        changed = await room.correct("--dry-run")

        aside = room.corrected.with_name(f"{NAME}-corrected.1")
        kept = (aside / "newsletter.html").read_text("utf-8")
    assert "is in" not in same.err
    assert f"is in {aside.name} now" in changed.err
    assert kept == "mine"


async def test_a_link_to_a_folder_is_never_written_through(tmp_path: Path) -> None:
    async with mistaken(tmp_path) as room:
        (tmp_path / "mine").mkdir()
        room.corrected.symlink_to(tmp_path / "mine")

        ran = await room.correct("--yes")

    assert ran.code == 4
    assert not list((tmp_path / "mine").iterdir())


async def test_a_correction_is_sent_by_correct_alone(tmp_path: Path) -> None:
    async with mistaken(tmp_path) as room:
        await room.correct("--dry-run")

        ran = await room.run("send", str(room.corrected), "--yes")

        assert len(room.taken(3)) == 3
    assert ran.code == 1
    assert f"`sendguard correct {NAME}` sends it, once" in ran.err


async def test_somebody_elses_folder_is_never_overwritten(tmp_path: Path) -> None:
    async with mistaken(tmp_path) as room:
        room.corrected.mkdir()
        (room.corrected / "campaign.yaml").write_text("newsletter: mine.html\n", "utf-8")

        ran = await room.correct("--yes")

        assert room.incident() is None
        assert [one.name for one in room.corrected.iterdir()] == ["campaign.yaml"]
    assert ran.code == 4
    assert "was not made by `sendguard correct`" in ran.err


@pytest.mark.parametrize(
    ("options", "says"),
    [
        (("--link", f"Read article={RIGHT}"), "nobody is here to be asked"),
        (("--yes", "--link", f"Buy={RIGHT}"), "“Buy”"),
        (("--yes", "--link", f"Read article={RIGHT}", "--audience", "x.csv"), "to the last one"),
        (("--yes", "--link", f"Read article={RIGHT}", "--to", "clicked"), "--clicked FILE"),
    ],
)
async def test_what_cannot_be_obeyed_changes_nothing(
    options: tuple[str, ...], says: str, tmp_path: Path
) -> None:
    async with mistaken(tmp_path) as room:
        ran = await room.run("correct", NAME, *options)

        assert room.incident() is None
        assert not room.corrected.exists()
    assert (ran.code, says in ran.err) == (2, True)


async def test_what_never_went_out_is_not_corrected(tmp_path: Path) -> None:
    async with newsroom(tmp_path) as room:
        ran = await room.run("correct", str(room.folder), "--yes", "--link", f"Read={RIGHT}")

        assert room.tally() == {}
    assert ran.code == 2
    assert "sendguard correct --original" in ran.err


async def test_without_a_mail_server_a_folder_is_taken_as_it_stands(tmp_path: Path) -> None:
    async with newsroom(tmp_path) as room:
        room.settings.pop("smtp")
        room.change()
        room.spoil()
        link = f"Read article={RIGHT}"
        ran = await room.run("correct", str(room.folder), "--yes", "--link", link)

        rows = (room.corrected / "readers.csv").read_text("utf-8").splitlines()
    assert (ran.code, len(rows)) == (0, 4)
    assert "no mail server is set" in ran.err


@pytest.mark.parametrize("has_server", [True, False])
async def test_what_somebody_else_sent_is_corrected_too(has_server: bool, tmp_path: Path) -> None:  # noqa: FBT001
    async with newsroom(tmp_path) as room:
        room.spoil()
        (tmp_path / "issue.eml").write_text(
            f"From: Nav <nav@navigator.example>\nSubject: {SUBJECT}\n"
            f"Content-Type: text/html; charset=utf-8\n\n{HTML}",
            "utf-8",
        )
        if not has_server:
            room.settings.pop("smtp")
            room.change()
        ran = await room.run(
            *("correct", "--original", str(tmp_path / "issue.eml"), "--yes"),
            *("--audience", str(room.folder / "readers.csv"), "--link", f"Read article={RIGHT}"),
        )

        folder = tmp_path / "issue-corrected"
        sent = room.subjects()
        with (folder / "readers.csv").open(encoding="utf-8", newline="") as file:
            rows = list(csv.reader(file))
    assert ran.code == 0
    assert sent == ({CORRECTION} if has_server else set())
    assert (folder / "subject.txt").read_text("utf-8") == f"{CORRECTION}\n"
    assert rows[:2] == [["email", "name"], ["reader0@example.org", "Reader 0"]]
    assert ("no mail server is set" in ran.err) is not has_server


async def test_readers_of_somebody_elses_send_are_listed_once_with_one_address(
    tmp_path: Path,
) -> None:
    async with newsroom(tmp_path) as room:
        room.settings.pop("smtp")
        room.change()
        room.spoil()
        (tmp_path / "issue.eml").write_text(f"From: Nav <nav@navigator.example>\n{EML}", "utf-8")
        (tmp_path / "all.csv").write_text("E-Mail,Name\na@b.example,A\nA@B.example,A\n", "utf-8")
        ran = await room.run(
            *("correct", "--original", str(tmp_path / "issue.eml"), "--yes"),
            *("--audience", str(tmp_path / "all.csv"), "--link", f"Read article={RIGHT}"),
        )

        rows = (tmp_path / "issue-corrected" / "readers.csv").read_text("utf-8").splitlines()
    assert (ran.code, rows) == (0, ["E-Mail,Name", "a@b.example,A"])
    assert "1 reader who got it" in ran.out


async def test_a_message_that_one_reader_got_is_refused(tmp_path: Path) -> None:
    async with newsroom(tmp_path) as room:
        room.spoil()
        got = f"Received: by a; Tue, 24 Nov 2026 09:00:00 +0000\nFrom: a@b.example\n{EML}"
        (tmp_path / "got.eml").write_text(got, "utf-8")
        ran = await room.run(
            *("correct", "--original", str(tmp_path / "got.eml"), "--yes"),
            *("--audience", str(room.folder / "readers.csv"), "--link", f"Read article={RIGHT}"),
        )

        assert room.tally() == {}
        assert not (tmp_path / "got-corrected").exists()
    assert (ran.code, "one reader" in ran.err) == (4, True)


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
