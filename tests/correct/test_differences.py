"""What is taken from a folder that was changed since it went out, and what is only told."""

from dataclasses import replace

import pytest

from sendguard.correct.differences import Differences, find_differences
from sendguard.errors import WrongUsage
from sendguard.read import Brief, Campaign
from tests.builders import a_campaign

HTML = """<div><h2>A ship</h2><a href="https://x.org/a">Read article</a></div>
<div><h2>A tree</h2><a href="https://x.org/b">Read article</a></div>
<p>Good bye, <a href="mailto:me@x.org">write to me</a></p>"""
TEXT = "A ship: https://x.org/a\nA tree: https://x.org/b\n"


def between(
    *swaps: tuple[str, str], text: str | None = None, now: str | None = None
) -> Differences:
    """The differences when in the HTML the first of each two words became the second."""
    html = HTML
    for old, new in swaps:
        html = html.replace(old, new, 1)
    return find_differences(a_campaign(HTML, text=text), a_campaign(html, text=now))


def told(differences: Differences) -> list[tuple[str, str]]:
    return [(repair.place.id, repair.address) for repair in differences.plan.repairs]


def test_a_folder_that_is_as_it_went_out_has_no_differences() -> None:
    nothing = between()

    assert told(nothing) == []
    assert nothing.others == ()


def test_a_link_with_another_address_is_a_repair() -> None:
    found = between(("https://x.org/a", "https://x.org/new"))

    assert told(found) == [("L1", "https://x.org/new")]
    assert found.others == ()


def test_links_that_were_swapped_back_are_two_repairs() -> None:
    found = between(("/a", "/c"), ("/b", "/a"), ("/c", "/b"))

    assert told(found) == [("L1", "https://x.org/b"), ("L2", "https://x.org/a")]
    assert found.others == ()


def test_a_mail_address_may_be_repaired() -> None:
    assert told(between(("me@x.org", "you@x.org"))) == [("L3", "mailto:you@x.org")]


def test_a_line_that_the_editor_forgot_is_repaired_with_its_story() -> None:
    found = between(("https://x.org/a", "https://x.org/new"), text=TEXT, now=TEXT)

    assert told(found) == [("L1", "https://x.org/new"), ("L4", "https://x.org/new")]


def test_a_text_part_that_was_made_when_it_went_out_is_repaired_too() -> None:
    found = between(("https://x.org/a", "https://x.org/new"), text=TEXT)

    assert told(found) == [("L1", "https://x.org/new"), ("L4", "https://x.org/new")]
    assert found.others == ()


def half_mended(again: str, *mended: tuple[str, str]) -> Differences:
    """The first story has one more link, and some of its links were mended."""
    twice = HTML.replace("</h2>", f"</h2>{again}", 1)
    now = twice
    for old, new in mended:
        now = now.replace(old, new)
    return find_differences(a_campaign(twice, text=TEXT), a_campaign(now, text=TEXT))


def test_what_the_editor_forgot_in_a_story_is_repaired_with_it() -> None:
    headline = '<a href="https://x.org/a?utm_source=n">The ship of all</a>'

    found = half_mended(headline, ('/a">Read', '/new">Read'))

    assert told(found) == [
        ("L1", "https://x.org/new?utm_source=n"),
        ("L2", "https://x.org/new"),
        ("L5", "https://x.org/new"),
    ]
    assert found.plan.elsewhere == ()


def test_a_place_in_another_story_that_still_has_the_wrong_address_is_told_of() -> None:
    twice = HTML.replace("https://x.org/b", "https://x.org/a")

    found = find_differences(
        a_campaign(twice), a_campaign(twice.replace("https://x.org/a", "https://x.org/new", 1))
    )

    assert told(found) == [("L1", "https://x.org/new")]
    assert [link.id for link in found.plan.elsewhere] == ["L2"]


def test_a_story_that_was_mended_in_two_ways_and_in_part_is_refused() -> None:
    two = '<a href="https://x.org/a">The ship of all</a><a href="https://x.org/a">Its sails</a>'

    with pytest.raises(WrongUsage, match="L2 “Its sails” still has the wrong address"):
        half_mended(two, ('/a">The', '/one">The'), ('/a">Read', '/two">Read'))


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        (
            '<a href="https://x.org/b">Read article</a>',
            "",
            (
                "“Read article” under “A tree”, which opens https://x.org/b, went out once and "
                "stands in the folder not at all"
            ),
        ),
        (
            "<div>",
            '<a href="https://x.org/c">More of it</a><div>',
            (
                "“More of it”, which opens https://x.org/c, went out not at all and stands in the "
                "folder once"
            ),
        ),
        (
            "Good bye",
            "Farewell",
            "The words of the newsletter were changed too, at “Farewell,” and “Good bye,”",
        ),
        ('"https://x.org/b"', '"#"', "“Read article” opens “#” now, which is no address"),
    ],
)
def test_any_other_difference_is_told_and_not_taken(old: str, new: str, says: str) -> None:
    found = between((old, new))

    assert told(found) == []
    assert says in found.others


def test_stories_in_another_order_are_told() -> None:
    first, second, _ = HTML.split("\n")

    found = find_differences(a_campaign(first + second), a_campaign(second + first))

    assert told(found) == []
    assert found.others == ("The links stand in another order than they went out in",)


@pytest.mark.parametrize(
    ("brief", "says"),
    [
        ({"subject": "Trees"}, "The subject is “Trees” now; “Ships” went out"),
        ({"sender": "b@x.org"}, "The sender is “b@x.org” now; “a@x.org” went out"),
        ({"reply_to": "c@x.org"}, "The address for replies is “c@x.org” now; none went out"),
    ],
)
def test_another_head_is_told(brief: dict[str, str], says: str) -> None:
    def headed(**fields: str) -> Campaign:
        head = {"subject": "Ships", "sender": "a@x.org"} | fields
        told = Brief(newsletter="newsletter.html", **head)  # type: ignore[arg-type]
        return replace(a_campaign(HTML), brief=told, subject=told.subject)

    assert find_differences(headed(), headed(**brief)).others == (says,)
