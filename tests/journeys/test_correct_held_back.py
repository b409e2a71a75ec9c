"""What holds a correction back, and whose word lets it go."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from tests.journeys.mailing import HTML, NAME, RIGHT, SITE, Newsroom, article, newsroom
from tests.journeys.mistakes import mistaken
from tests.servers import moved, page

WALL = page("Robots are kept out", status="403 Forbidden")


def declaring(title: str) -> dict[str, object]:
    return {"articles": [{"link": "Read article", "title": title}]}


@asynccontextmanager
async def renamed(here: Path) -> AsyncIterator[Newsroom]:
    """As `mistaken`, and the right page has another title than its author declared."""
    async with newsroom(here) as room:
        room.write(brief=declaring("Schrodinger's Proposals"))
        assert (await room.send()).code == 0
        room.spoil()
        room.pages["/42/proposals-again"] = article("On Boxes and Bids")
        yield room


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
    assert "the repaired newsletter does not pass" in ran.err


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
