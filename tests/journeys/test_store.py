"""The store and the real program: what it keeps, and what it lets pass because of that."""

import asyncio
import json
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from tests.journeys.program import Ran, sendguard
from tests.journeys.stored import FINE, WRONG, a_campaign, check, kept, lines, names_in
from tests.servers import site, titled


async def test_each_check_of_a_campaign_is_kept(tmp_path: Path) -> None:
    a_campaign(tmp_path)

    codes = [(await check(tmp_path)).code, (await check(tmp_path, "--offline")).code]

    assert codes == [0, 0]
    assert [one.decision for one in kept(tmp_path)] == ["pass", "pass"]


async def test_a_bare_file_leaves_no_store_behind(tmp_path: Path) -> None:
    folder = a_campaign(tmp_path)

    ran = await sendguard("check", str(folder / "n.html"), "--reuse", "1h", here=tmp_path)

    assert ran.code == 0
    assert "only campaign folders are kept" in ran.err
    assert not (tmp_path / "sendguard.db").exists()


async def test_who_keeps_nothing_has_no_store(tmp_path: Path) -> None:
    a_campaign(tmp_path)
    (tmp_path / "config.yaml").write_text("database: null\n", "utf-8")

    ran = await check(tmp_path, "--reuse", "1h")
    refused = [
        (await sendguard(*command, here=tmp_path)).code
        for command in (("show", "spring"), ("sent", "campaigns/spring"))
    ]

    assert ran.code == 0
    assert "because nothing is kept" in ran.err
    assert refused == [4, 4]
    assert not (tmp_path / "sendguard.db").exists()


async def test_a_pass_is_answered_from_without_asking_any_server(tmp_path: Path) -> None:
    async with site({"/a": titled("A")}) as origin:
        a_campaign(tmp_path, f'<a href="{origin}/a">A</a> {FINE}')
        (tmp_path / "config.yaml").write_text("visit: {allow_private: [127.0.0.0/8]}\n", "utf-8")
        first = await check(tmp_path)
    again = await check(tmp_path, "--reuse", "1h")
    told = await check(tmp_path, "--reuse", "1h", "--format", "json")

    assert (first.code, again.code, told.code) == (0, 0, 0), first.out
    assert ", and nothing has changed since." in lines(again.out)[-1]
    assert json.loads(told.out)["newsletters"][0]["passed_at"].startswith("20")
    assert len(kept(tmp_path)) == 1


async def test_a_changed_campaign_is_checked_afresh_and_kept(tmp_path: Path) -> None:
    folder = a_campaign(tmp_path)
    await check(tmp_path)
    (folder / "n.html").write_text(WRONG, "utf-8")

    again = await check(tmp_path, "--reuse", "1h")

    assert again.code == 1
    assert [one.decision for one in kept(tmp_path)] == ["block", "pass"]


async def test_an_older_pass_is_none(tmp_path: Path) -> None:
    a_campaign(tmp_path)
    await check(tmp_path)
    await asyncio.sleep(1.1)

    await check(tmp_path, "--reuse", "1s")

    assert len(kept(tmp_path)) == 2


@pytest.mark.parametrize(
    ("options", "says"),
    [
        (["--reuse", "soon"], "expected a time with its unit"),
        (["--reuse", "1h", "--fresh"], "--reuse and --fresh do not go together"),
        (["--reuse", "1h", "--offline"], "--reuse and --offline do not go together"),
    ],
)
async def test_reuse_that_cannot_be_obeyed_is_wrong_usage(
    tmp_path: Path, options: list[str], says: str
) -> None:
    a_campaign(tmp_path)

    ran = await check(tmp_path, *options)

    assert (ran.code, ran.out) == (2, "")
    assert says in ran.err


async def test_what_went_out_is_not_let_through_again(tmp_path: Path) -> None:
    a_campaign(tmp_path)
    await check(tmp_path)

    sent = await sendguard("sent", "campaigns/spring", here=tmp_path)
    again = await check(tmp_path, "--reuse", "1h")

    assert (sent.code, again.code) == (0, 1)
    assert sent.out.startswith("Kept: spring went out on ")
    assert "SG406" in again.out


async def test_a_copy_of_what_went_out_is_told_by_its_first_name(tmp_path: Path) -> None:
    a_campaign(tmp_path)
    a_campaign(tmp_path, name="summer")
    at = "2026-11-01 09:00 America/New_York"
    await sendguard("sent", "campaigns/spring", "--at", at, here=tmp_path)

    ran = await check(tmp_path, name="summer")

    assert ran.code == 1
    assert "on 1 November 2026 at 14:00 UTC, as the campaign “spring”" in " ".join(ran.out.split())


async def test_who_means_to_send_it_again_approves_it(tmp_path: Path) -> None:
    a_campaign(tmp_path)
    await sendguard("sent", "campaigns/spring", here=tmp_path)

    word = ("--by", "Ada", "--because", "Half of the readers got none")
    await sendguard("approve", "campaigns/spring", "SG406", *word, here=tmp_path)
    ran = await check(tmp_path)
    again = await check(tmp_path, "--reuse", "1h")

    assert (ran.code, again.code) == (0, 0)
    assert "nothing has changed since" in again.out


async def test_an_approval_lets_it_be_sent_once_more_and_not_twice(tmp_path: Path) -> None:
    a_campaign(tmp_path)
    at = ("--at", "2026-11-01 09:00 America/New_York")
    await sendguard("sent", "campaigns/spring", *at, here=tmp_path)
    word = ("--by", "Ada", "--because", "Half of the readers got none")
    await sendguard("approve", "campaigns/spring", "SG406", *word, here=tmp_path)

    second = await check(tmp_path, "--reuse", "1h")
    await sendguard("sent", "campaigns/spring", *at, here=tmp_path)
    third = await check(tmp_path, "--reuse", "1h")

    assert (second.code, third.code) == (0, 1)
    assert "2 sendings are known" in " ".join(third.out.split())


async def test_a_mark_is_taken_back(tmp_path: Path) -> None:
    a_campaign(tmp_path)
    await sendguard("sent", "campaigns/spring", "--at", "2026-11-01T14:00:00Z", here=tmp_path)

    undone = await sendguard("sent", "campaigns/spring", "--undo", here=tmp_path)
    again = await sendguard("sent", "campaigns/spring", "--undo", here=tmp_path)
    ran = await check(tmp_path)

    assert (undone.code, again.code, ran.code) == (0, 4, 0)
    assert "1 November 2026" in undone.out
    assert "nothing to take back" in again.err


async def test_taking_back_makes_no_store(tmp_path: Path) -> None:
    a_campaign(tmp_path)

    ran = await sendguard("sent", "campaigns/spring", "--undo", here=tmp_path)

    assert (ran.code, len(lines(ran.err))) == (4, 1)
    assert not (tmp_path / "sendguard.db").exists()


async def test_a_new_store_and_a_send_that_nobody_checked_are_said(tmp_path: Path) -> None:
    a_campaign(tmp_path)
    a_campaign(tmp_path, WRONG, name="wrong")

    sent = await sendguard("sent", "campaigns/spring", here=tmp_path)
    await check(tmp_path, name="wrong")
    held = await sendguard("sent", "campaigns/wrong", here=tmp_path)

    assert (sent.code, held.code) == (0, 0)
    assert lines(sent.err) == [
        "sendguard: made a new store here: sendguard.db (see `database:`)",
        "sendguard: spring was never checked before it went out",
    ]
    assert lines(held.err) == [
        "sendguard: the last check of wrong did not let it pass: sendguard show wrong"
    ]


async def test_the_first_check_says_where_it_keeps_what_it_found(tmp_path: Path) -> None:
    a_campaign(tmp_path)

    first, second = await check(tmp_path), await check(tmp_path)

    made = ["sendguard: made a new store here: sendguard.db (see `database:`)"]
    assert (lines(first.err), lines(second.err)) == (made, [])


async def test_a_series_of_which_nothing_is_known_is_said(tmp_path: Path) -> None:
    a_campaign(tmp_path, brief="series: Weakly\n")

    ran = await check(tmp_path)

    assert "no earlier issue known" in " ".join(ran.out.split())


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (["campaigns/spring/n.html"], 2),
        (["campaigns/spring", "--at", "yesterday"], 2),
        (["campaigns/spring", "--at", "2999-01-01T00:00:00Z"], 2),
        (["campaigns/winter"], 4),
    ],
)
async def test_what_cannot_have_gone_out_is_refused(
    tmp_path: Path, arguments: list[str], code: int
) -> None:
    a_campaign(tmp_path)

    ran = await sendguard("sent", *arguments, here=tmp_path)

    assert (ran.code, ran.out) == (code, "")
    assert len(lines(ran.err)) == 1
    assert "Traceback" not in ran.err


async def test_a_kept_check_is_told_again_in_any_form(tmp_path: Path) -> None:
    folder = a_campaign(tmp_path, WRONG)
    now = await check(tmp_path, "--format", "json")
    (folder / "n.html").unlink()

    text = await sendguard("show", "campaigns/spring", here=tmp_path)
    again = await sendguard("show", "1", "--format", "json", here=tmp_path)
    others = [
        await sendguard("show", "spring", "--format", form, here=tmp_path)
        for form in ("html", "junit", "github")
    ]

    assert text.code == 0
    assert text.out.startswith("Check 1 of spring, made on ")
    assert "empty-link" in text.out
    assert json.loads(again.out) == json.loads(now.out)
    assert [one.code for one in others] == [0, 0, 0]
    assert all("Read article" in one.out for one in others)


async def test_the_checks_of_a_campaign_are_listed_the_last_one_first(tmp_path: Path) -> None:
    folder = a_campaign(tmp_path)
    await check(tmp_path)
    (folder / "n.html").write_text(WRONG, "utf-8")
    await check(tmp_path)

    ran = await sendguard("show", "spring", "--list", here=tmp_path)

    assert [line.split()[0] for line in lines(ran.out)] == ["2", "1"]
    assert "BLOCKED" in lines(ran.out)[0]


@pytest.mark.parametrize(
    "named",
    [
        "winter",
        "9" * 40,
        "\x00",
        *(pytest.param(one, marks=pytest.mark.soak) for one in ("7", "../..", "--")),
    ],
)
async def test_a_check_that_is_not_there_is_told_in_one_line(tmp_path: Path, named: str) -> None:
    if "\x00" in named:
        named = "\x1b[31m"
    a_campaign(tmp_path)
    await check(tmp_path)

    ran = await sendguard("show", named, here=tmp_path)

    assert ran.code in {2, 4}
    assert ran.out == ""
    assert "\x1b" not in ran.err
    assert "Traceback" not in ran.err


async def test_asking_for_a_check_makes_no_store(tmp_path: Path) -> None:
    ran = await sendguard("show", "spring", here=tmp_path)

    assert (ran.code, lines(ran.err)) == (4, ["sendguard: no check is kept yet: there is no store"])
    assert not names_in(tmp_path)


async def test_a_check_that_another_release_kept_is_told_by_its_line(tmp_path: Path) -> None:
    a_campaign(tmp_path)
    await check(tmp_path)
    with closing(sqlite3.connect(tmp_path / "sendguard.db")) as database, database:
        database.execute("UPDATE run SET evidence = x'397b7d'")

    text = await sendguard("show", "spring", here=tmp_path)
    page = await sendguard("show", "spring", "--format", "html", here=tmp_path)
    again = await check(tmp_path, "--reuse", "1h")

    assert text.code == 0
    assert "kept by another release:\nPASS campaigns/spring" in text.out
    assert (page.code, page.out) == (4, "")
    assert (again.code, len(kept(tmp_path))) == (0, 2)


def a_series(here: Path, names: tuple[str, ...]) -> None:
    for number, name in enumerate(names, start=1):
        brief = f"series: n\nsend_at: 2026-0{number}-01T09:00:00Z\n"
        a_campaign(here, f'<a href="https://x.org/reports/{number}">Full report</a>', name=name)
        file = here / "campaigns" / name / "campaign.yaml"
        file.write_text(f"newsletter: n.html\nsubject: Report {number}\n{brief}", "utf-8")


WORDS = ("Tree", "Ship", "Wind", "Rain", "Moon")


def an_issue(here: Path, number: int, origin: str) -> Path:
    """An issue of a series, with the same articles as each other one."""
    links = (f'<p><a href="{origin}/{word}-of-all">{word} of all</a></p>' for word in WORDS)
    brief = f"series: n\nsend_at: 2026-0{number}-01T09:00:00Z\n"
    return a_campaign(here, "".join(links), name=f"issue-{number}", brief=brief)


async def passed_alone(here: Path, origin: str) -> Ran:
    """The check of the second issue, which is a copy of the first, where that does not stand."""
    (here / "config.yaml").write_text("visit: {allow_private: [127.0.0.0/8]}\n", "utf-8")
    draft = an_issue(here, 2, origin)
    (here / "drafts").mkdir()
    draft.rename(here / "drafts" / "issue-2")
    ran = await sendguard("check", "drafts/issue-2", here=here)
    (here / "drafts" / "issue-2").rename(draft)
    return ran


@pytest.mark.parametrize("arrives_late", [False, True])
async def test_a_pass_does_not_answer_beside_an_issue_that_it_was_not_compared_with(
    tmp_path: Path, *, arrives_late: bool
) -> None:
    async with site({f"/{word}-of-all": titled(f"{word} of all") for word in WORDS}) as origin:
        if not arrives_late:
            an_issue(tmp_path, 1, str(origin))
        alone = await passed_alone(tmp_path, str(origin))
        if arrives_late:
            an_issue(tmp_path, 1, str(origin))
        beside = await check(tmp_path, "--reuse", "1h", name="issue-2")

    assert (alone.code, beside.code) == (0, 1), alone.out
    assert "SG403" in beside.out


async def test_a_pass_beside_the_same_issues_answers(tmp_path: Path) -> None:
    a_series(tmp_path, ("january", "february", "march"))
    paths = {f"/reports/{number}": titled("Full report") for number in (1, 2, 3)}
    async with site(paths) as origin:
        (tmp_path / "config.yaml").write_text("visit: {allow_private: [127.0.0.0/8]}\n", "utf-8")
        for file in (tmp_path / "campaigns").glob("*/n.html"):
            file.write_text(file.read_text("utf-8").replace("https://x.org", str(origin)), "utf-8")
        first = await check(tmp_path, name="march")
        again = await check(tmp_path, "--reuse", "1h", name="march")

    assert (first.code, again.code) == (0, 0), first.out
    assert "nothing has changed since" in again.out


async def test_issues_whose_folders_are_gone_still_serve(tmp_path: Path) -> None:
    a_series(tmp_path, ("january", "february", "march", "april"))
    for name in ("january", "february", "march"):
        await check(tmp_path, "--offline", name=name)
        folder = tmp_path / "campaigns" / name
        for file in folder.iterdir():
            file.unlink()
        folder.rmdir()
    stale = '<a href="https://x.org/reports/3">Full report</a>'
    (tmp_path / "campaigns" / "april" / "n.html").write_text(stale, "utf-8")

    ran = await check(tmp_path, "--offline", name="april")

    assert ran.code == 1
    assert "SG303" in ran.out


async def test_a_renamed_folder_is_no_earlier_issue(tmp_path: Path) -> None:
    brief = "series: n\n"
    html = "".join(
        f'<p><a href="https://x.org/{name}-of-all">The {name} of all</a></p>'
        for name in ("tree", "ship", "wind", "rain", "moon")
    )
    before = a_campaign(tmp_path, html, name="draft", brief=brief)
    await check(tmp_path, "--offline", name="draft")
    before.rename(before.with_name("winter"))
    (before.with_name("winter") / "n.html").write_text(f"{html}<p>One word more</p>", "utf-8")
    (before.with_name("winter") / "campaign.yaml").write_text(
        f"newsletter: n.html\nsubject: Winter is here\n{brief}", "utf-8"
    )

    ran = await check(tmp_path, "--offline", name="winter")

    assert "SG303" not in ran.out
    assert "SG403" not in ran.out


async def test_two_checks_at_once_are_both_kept(tmp_path: Path) -> None:
    a_campaign(tmp_path)

    both = await asyncio.gather(*(check(tmp_path, "--offline") for _ in range(3)))

    assert [ran.code for ran in both] == [0, 0, 0]
    assert len(kept(tmp_path)) == 3
