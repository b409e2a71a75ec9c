"""A person lets a finding stand: the real program, a real folder, a real site."""

import asyncio
import json
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.journeys.program import Ran, sendguard
from tests.servers import Site, after, page, site, titled

PAGES = {
    "/ships": titled("A ship of two hulls"),
    "/slow": after(30, titled("Too late")),
    "/robots": page("Just a moment...", "403 Forbidden", cf_mitigated="challenge"),
}
BRIEF = {
    "newsletter": "a.html",
    "articles": [{"link": "The tree of all trees", "title": "The tree of all trees"}],
}
WORD = ("--by", "Ada", "--because", "The page moves at noon")


@pytest.fixture
async def web(tmp_path: Path) -> AsyncIterator[Site]:
    """A site, and a campaign with a wrong link to it, a slow one, and one for people only."""
    async with site(PAGES) as there:
        config = {
            "visit": {"timeout_s": 1, "allow_private": ["127.0.0.0/8"]},
            "gate": {"walled": "unverified"},
        }
        (tmp_path / "config.yaml").write_text(yaml.safe_dump(config), "utf-8")
        (tmp_path / "issue").mkdir()
        (tmp_path / "issue/campaign.yaml").write_text(yaml.safe_dump(BRIEF), "utf-8")
        (tmp_path / "issue/a.html").write_text(
            f'<p><a href="{there}/ships">The tree of all trees</a></p>'
            f'<p><a href="{there}/slow">Good things take time</a></p>'
            f'<p><a href="{there}/robots">Only people read this</a></p>'
            '<p><a href="https://navigator.example/unsubscribe/1">Unsubscribe</a></p>',
            "utf-8",
        )
        yield there


async def approved(here: Path, finding: str, *arguments: str) -> Ran:
    return await sendguard("approve", "issue", finding, *WORD, *arguments, here=here)


async def checked(here: Path, *arguments: str) -> tuple[int, dict[str, Any]]:
    ran = await sendguard("check", "issue", "--format", "json", *arguments, here=here)
    newsletter: dict[str, Any] = json.loads(ran.out)["newsletters"][0]
    return ran.code, newsletter


def kept(here: Path) -> list[dict[str, str]]:
    document = yaml.safe_load((here / "issue/approvals.yaml").read_text("utf-8"))
    entries: list[dict[str, str]] = document["approvals"]
    return entries


async def test_a_campaign_goes_out_on_a_persons_word(web: Site, tmp_path: Path) -> None:
    assert web.port
    first = [await approved(tmp_path, finding) for finding in ("SG301@L1", "SG206", "walled")]

    code, newsletter = await checked(tmp_path)

    assert [ran.code for ran in first] == [0, 0, 0]
    assert first[0].out.startswith("SG301 wrong-article at L1: approved by Ada until ")
    assert "3 approved by Ada" in first[2].out.splitlines()[-1]
    assert code == 0
    found = {one["code"]: one for link in newsletter["links"] for one in link["findings"]}
    assert found["SG301"]["severity"] == "block"
    last_day = datetime.now(UTC).date() + timedelta(days=30)
    assert found["SG301"]["approved"] == {
        "by": "Ada",
        "because": "The page moves at noon",
        "until": str(last_day),
    }


async def test_a_word_ends_where_the_link_changes(web: Site, tmp_path: Path) -> None:
    await approved(tmp_path, "SG301@L1")
    newsletter = tmp_path / "issue/a.html"
    html = newsletter.read_text("utf-8")

    newsletter.write_text(f"<p>Dear reader</p>\n\n{html}", "utf-8")
    edited = (await checked(tmp_path))[1]["links"][0]["findings"][0]
    newsletter.write_text(html.replace("/ships", "/ships?from=mail"), "utf-8")
    changed = (await checked(tmp_path))[1]["links"][0]["findings"][0]

    assert web.connections
    assert "approved" in edited
    assert "approved" not in changed


async def test_nobody_can_answer_for_what_was_not_looked_at(web: Site, tmp_path: Path) -> None:
    for finding in ("SG301", "SG206", "SG207"):
        await approved(tmp_path, finding)

    code, newsletter = await checked(tmp_path, "--offline")

    assert web.connections
    assert (code, newsletter["decision"]) == (3, "unverified")


async def test_two_who_approve_at_once_are_both_heard(web: Site, tmp_path: Path) -> None:
    codes = ("SG301", "SG206", "SG207")
    runs = await asyncio.gather(*(approved(tmp_path, code) for code in codes))

    assert web.connections
    assert [ran.code for ran in runs] == [0, 0, 0]
    assert {entry["code"] for entry in kept(tmp_path)} == set(codes)


async def test_to_approve_again_renews(web: Site, tmp_path: Path) -> None:
    await approved(tmp_path, "SG301")
    tomorrow = str(datetime.now(UTC).date() + timedelta(days=1))

    await approved(tmp_path, "SG301", "--until", tomorrow)

    assert web.connections
    (entry,) = kept(tmp_path)
    assert str(entry["until"]) == tomorrow
    assert entry["label"] == "The tree of all trees"
    assert entry["address"] == f"{web}/ships"


@pytest.mark.parametrize(
    ("campaign", "code", "says"),
    [
        ("issue", 2, "no finding answers to SG999: there are SG301@L1"),
        ("issue/a.html", 2, "only a campaign folder keeps approvals"),
        ("nowhere", 4, "there is no nowhere"),
    ],
)
async def test_what_cannot_be_approved_is_refused_in_a_line(
    web: Site, tmp_path: Path, campaign: str, code: int, says: str
) -> None:
    ran = await sendguard("approve", campaign, "SG999", *WORD, here=tmp_path)

    assert web.port
    assert (ran.code, ran.out) == (code, "")
    assert says in ran.err
    assert not (tmp_path / "issue/approvals.yaml").exists()


async def test_broken_approvals_are_named_with_their_line(web: Site, tmp_path: Path) -> None:
    (tmp_path / "issue/approvals.yaml").write_text("approvals:\n- by: Ada\n", "utf-8")

    runs = await asyncio.gather(
        approved(tmp_path, "SG301"), sendguard("check", "issue", here=tmp_path)
    )

    assert web.port
    assert [ran.code for ran in runs] == [4, 4]
    for said in (runs[0].err, runs[1].out):
        assert "issue/approvals.yaml:2:3: `finding` is missing" in said
