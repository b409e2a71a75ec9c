"""Newsletters made to do harm: each ends with an answer, or with a refusal that says the limit."""

from pathlib import Path

import pytest

from tests.journeys.program import sendguard

LINK = '<p><a href="https://navigator.example/{}">Read more about number {}</a></p>'
HOSTILE = {
    "many_links": ("<a href=x>y</a>" * 130_000, "at most 250,000"),
    "more_links_than_allowed": (
        "".join(LINK.format(n, n) for n in range(10_001)),
        "at most 10,000",
    ),
    "fifty_megabytes": ("<p>x</p>" * 6_500_000, "at most 5 MB"),
    "unclosed_tags": ('<a href="' * 200_000, "SG1"),
    "unclosed_comments": ("<!--" * 200_000, "no links"),
    "nested_tables": (
        "<table><tr><td>" * 10_000 + LINK.format(1, 1) + "</td></tr></table>" * 10_000,
        "1 of 1 link not opened",
    ),
    "long_attribute": (f'<a href="https://navigator.example/{"x" * 2_000_000}">x</a>', "1 of 1"),
    "long_label": (LINK.format(1, "x y " * 300_000), "1 of 1 link not opened"),
    "one_paragraph": (
        "<p>" + "".join(f'<a href="https://x.org/{n}">{n}</a> ' for n in range(9_000)) + "</p>",
        "9000 of 9000 links not opened",
    ),
}


@pytest.mark.parametrize("name", HOSTILE)
async def test_a_hostile_newsletter_ends_soon_and_says_how(name: str, tmp_path: Path) -> None:
    newsletter, says = HOSTILE[name]
    (tmp_path / "issue.html").write_text(newsletter, "utf-8")

    ran = await sendguard("check", "issue.html", "--offline", here=tmp_path)

    assert says in ran.out
    assert ran.err == ""
