"""What the links of a correction are meant to open."""

from dataclasses import replace

import pytest

from sendguard.correct.meant import meant_now
from sendguard.errors import WrongUsage
from sendguard.links import find_links
from sendguard.read import Article, Brief, Campaign
from tests.builders import a_campaign

HTML = """<h2>A ship</h2><a href="https://x.org/a">Read article</a>
<h2>A tree</h2><a href="https://x.org/b">See the tree</a>"""


def declaring(*articles: tuple[str, str]) -> Campaign:
    """The campaign, its author declaring titles by label."""
    said = tuple(Article(link=link, title=title) for link, title in articles)
    return replace(a_campaign(HTML), brief=Brief(newsletter="newsletter.html", articles=said))


def meant(
    sent: Campaign, now: Campaign | None = None, *expected: tuple[str, str]
) -> dict[str, str | None]:
    said = [Article(link=link, title=title) for link, title in expected]
    articles = meant_now(sent, find_links(sent).links, now, said)
    return {one.link: one.title for one in articles}


def test_what_was_declared_goes_on_counting() -> None:
    assert meant(declaring(("Read article", "Ships"))) == {"Read article": "Ships"}


def test_what_the_folder_says_now_counts_before_it() -> None:
    sent, now = declaring(("Read article", "Ships")), declaring(("L1", "Sails"))

    assert meant(sent, now) == {"https://x.org/a": "Sails"}


def test_what_the_command_says_counts_before_both() -> None:
    now = declaring(("Read article", "Sails"))

    assert meant(declaring(), now, ("A ship", "Masts")) == {"https://x.org/a": "Masts"}


def test_what_the_folder_says_of_links_that_never_went_out_is_left() -> None:
    assert meant(declaring(), declaring(("Buy it", "Shop"))) == {}


def test_a_label_that_names_no_link_is_refused() -> None:
    with pytest.raises(WrongUsage, match="Buy it"):
        meant(declaring(), None, ("Buy it", "Shop"))
