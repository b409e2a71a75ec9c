import pytest

from sendguard.errors import Unreadable, WrongUsage
from sendguard.intent import From, SeveralAddresses, choose_links, declared_intents
from sendguard.links import Role, Story
from sendguard.read import Article
from sendguard.values import Place
from tests.builders import a_link

SHIP = a_link(
    "https://x.org/ship", "Read article", id="L1", story=Story(number=1, headline="A ship")
)
TREE = a_link("https://x.org/tree", "The tree of all", id="L2", role=Role.BUTTON)
LINKS = [SHIP, TREE]


@pytest.mark.parametrize(
    "label", ["L1", "Read article", "read ARTICLE →", "https://x.org/ship", "A ship"]
)
def test_a_label_may_be_id_label_address_or_headline(label: str) -> None:
    assert choose_links(label, LINKS) == (SHIP,)


def test_a_declared_article_is_a_promise() -> None:
    intents = declared_intents([Article(link="Read article", title="A ship of two hulls")], LINKS)

    assert intents["L1"].source is From.DECLARED
    assert intents["L1"].sureness == 1


def test_an_unknown_label_says_which_there_are() -> None:
    with pytest.raises(WrongUsage, match="“Read article”, “The tree of all”"):
        choose_links("Nothing like it", LINKS)


@pytest.mark.parametrize("label", ["The tree of al", "the TREE of al", "tree of all"])
def test_an_unknown_label_is_answered_with_the_nearest_first(label: str) -> None:
    with pytest.raises(WrongUsage, match="; did you mean “The tree of all”\\? There are "):
        choose_links(label, LINKS)


def test_a_label_unlike_any_other_is_not_guessed_at() -> None:
    with pytest.raises(WrongUsage) as caught:
        choose_links("Kursplan", LINKS)

    assert "did you mean" not in str(caught.value)


def test_of_many_labels_twelve_are_shown_and_the_rest_counted() -> None:
    many = [a_link(f"https://x.org/{at}", f"Story {at}", id=f"L{at}") for at in range(1, 31)]

    with pytest.raises(WrongUsage, match=r"“Story 12” and 18 more$"):
        choose_links("Nothing like it", many)


def test_of_many_addresses_twelve_are_shown_and_the_rest_counted() -> None:
    many = [a_link(f"https://x.org/{at}", "Read on", id=f"L{at}") for at in range(1, 31)]

    with pytest.raises(WrongUsage, match=r"L12 → https://x\.org/12 and 18 more$"):
        choose_links("Read on", many)


def test_a_newsletter_without_labels_says_so() -> None:
    with pytest.raises(WrongUsage, match="the newsletter has no labelled link"):
        choose_links("Nothing", [a_link(label="")])


def test_an_unknown_label_in_the_campaign_has_its_place() -> None:
    article = Article(link="Nothing", title="A ship", place=Place("campaign.yaml", 7, 5))

    with pytest.raises(Unreadable, match=r"campaign\.yaml:7:5: no link is labelled “Nothing”"):
        declared_intents([article], LINKS)


def test_a_label_of_several_addresses_is_refused_with_their_ids() -> None:
    other = a_link("https://x.org/other", "Read article", id="L3")

    with pytest.raises(WrongUsage, match=r"L1 under “A ship” → https://x\.org/ship; L3"):
        choose_links("Read article", [*LINKS, other])


def test_of_several_addresses_those_of_the_html_come_first_and_each_has_a_line() -> None:
    text = a_link("https://x.org/text", "Read article", id="L0", element="text")

    with pytest.raises(SeveralAddresses) as refused:
        choose_links("Read article", [text, *LINKS])

    assert [line.split()[0] for line in refused.value.by_line.splitlines()[1:]] == ["L1", "L0"]


def test_links_that_share_label_and_address_are_one() -> None:
    again = a_link("https://x.org/ship", "Read article", id="L3")

    assert choose_links("Read article", [*LINKS, again]) == (SHIP, again)
