"""What a finding says, for people who have no list in which a link has a number."""

from sendguard.judge.in_words import in_words
from sendguard.links import Story
from tests.builders import a_link

SOUPS = a_link(label="Winter soups", id="L3", story=Story(number=2, headline="Winter soups"))
READ = a_link(label="Read article", id="L2", story=Story(number=1, headline="How to recover"))


def test_a_link_is_called_by_its_words_and_its_headline() -> None:
    says = "“Read article” should open “A” but opens “B”: that is what L3 should open"

    told = in_words(says, READ, [READ, SOUPS])

    assert told == (
        "“Read article” under “How to recover” should open “A” but opens “B”: "
        "that is what “Winter soups” should open"
    )


def test_what_looks_like_a_number_may_be_somebodys_own_word() -> None:
    says = "“Read article” should open “What L3 caches do” but opens “L2”"

    assert in_words(says, None, [READ, SOUPS]) == says


def test_a_link_without_words_is_called_so() -> None:
    nameless = a_link(label="", id="L3")

    told = in_words("It opens “B”, which L3 should open", None, [nameless])

    assert told == "It opens “B”, which a link without words should open"


def test_a_link_whose_address_another_one_has_is_called_by_its_words() -> None:
    says = "“Read article” opens the same address as L3, https://example.org/soups"

    assert in_words(says, None, [READ, SOUPS]) == (
        "“Read article” opens the same address as “Winter soups”, https://example.org/soups"
    )
