"""A newsletter begun as a copy of the last one, checked with the issues before it."""

import json
from pathlib import Path
from typing import Any

import pytest

from tests.journeys.program import sendguard

PREVIOUS = ("--previous", "march.html", "--previous", "february.html", "--previous", "january.html")


def issue(month: str, report: int, story: str) -> str:
    slug = "-".join(story.lower().split())
    return (
        f"<title>The Navigator, {month} 2026</title>"
        f'<p><a href="https://navigator.example/{slug}?utm_campaign={month}">{story}</a></p>'
        f'<p><a href="https://navigator.example/reports/{report}">Full report</a></p>'
        '<p><a href="https://navigator.example/join-the-crew">Join the crew of the ship</a></p>'
        '<p><a href="https://navigator.example/unsubscribe/1">Unsubscribe</a></p>'
    )


@pytest.fixture
def here(tmp_path: Path) -> Path:
    issues = {
        "january": issue("January", 1, "A ship of two hulls"),
        "february": issue("February", 2, "The tree of all trees"),
        "march": issue("March", 3, "How to fold a map"),
    }
    for name, html in issues.items():
        (tmp_path / f"{name}.html").write_text(html, "utf-8")
    return tmp_path


async def findings(here: Path, html: str, *arguments: str) -> list[tuple[str, str, str]]:
    (here / "april.html").write_text(html, "utf-8")
    check = ("check", "april.html", "--offline", "--format", "json")
    ran = await sendguard(*check, *arguments, here=here)
    document: dict[str, Any] = json.loads(ran.out)
    (newsletter,) = document["newsletters"]
    about_links = [
        (found["code"], found["severity"], link["label"])
        for link in newsletter["links"]
        for found in link["findings"]
    ]
    about_all = [(found["code"], found["severity"], "") for found in newsletter["findings"]]
    return about_links + about_all


async def test_an_issue_that_moved_on_is_told_nothing(here: Path) -> None:
    html = issue("April", 4, "What the sea said")

    assert await findings(here, html, *PREVIOUS) == []


async def test_last_issues_report_blocks(here: Path) -> None:
    html = issue("April", 3, "What the sea said")

    assert await findings(here, html, *PREVIOUS) == [("SG303", "block", "Full report")]


async def test_without_the_issues_before_it_cannot_be_known(here: Path) -> None:
    html = issue("April", 3, "What the sea said")

    assert await findings(here, html) == []


async def test_last_issues_article_under_a_new_headline_is_suspected(here: Path) -> None:
    html = issue("April", 4, "How to fold a map").replace("How to fold a map", "What the sea said")

    assert await findings(here, html, *PREVIOUS) == [("SG303", "warn", "What the sea said")]


async def test_last_issues_month_over_new_stories_is_suspected(here: Path) -> None:
    html = issue("March", 4, "What the sea said")

    assert await findings(here, html, *PREVIOUS) == [("SG402", "warn", "")]


async def test_an_earlier_issue_that_is_not_there_ends_in_four(here: Path) -> None:
    ran = await sendguard("check", "march.html", "--offline", "--previous", "none.html", here=here)

    assert ran.code == 4
    assert "none.html" in ran.out


async def test_a_series_is_found_in_the_folders_beside_it(here: Path) -> None:
    for month, name in enumerate(("january", "february", "march"), start=1):
        folder = here / f"campaigns/{name}"
        folder.mkdir(parents=True)
        brief = f"newsletter: n.html\nseries: navigator\nsend_at: 2026-{month:02}-01T09:00:00Z\n"
        (folder / "campaign.yaml").write_text(brief, "utf-8")
        (folder / "n.html").write_bytes((here / f"{name}.html").read_bytes())
    now = here / "campaigns/april"
    now.mkdir()
    brief = "newsletter: n.html\nseries: navigator\nsend_at: 2026-04-01T09:00:00Z\n"
    (now / "campaign.yaml").write_text(brief, "utf-8")
    (now / "n.html").write_text(issue("April", 3, "What the sea said"), "utf-8")

    ran = await sendguard("check", "campaigns/april", "--offline", here=here)

    assert ran.code == 1
    assert "SG303" in ran.out
