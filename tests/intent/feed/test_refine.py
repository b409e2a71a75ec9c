import pytest

from sendguard.intent import From, Intent
from sendguard.intent.feed import KnownArticle, refine
from sendguard.values import Url

SHIP = KnownArticle(title="A Ship of Two Hulls", url=Url("https://x.org/ship"))


def refined(
    title: str,
    *known: KnownArticle,
    source: From = From.HEADLINE,
    sureness: float = 0.9,
) -> Intent:
    intent = Intent(title=title, url=None, source=source, sureness=sureness)
    return refine({"L1": intent}, known or (SHIP,))["L1"]


def test_a_headline_that_the_feed_has_gets_the_feeds_address() -> None:
    intent = refined("A ship of two hulls")

    assert (intent.source, intent.url) == (From.FEED, SHIP.url)
    assert intent.title == "A ship of two hulls"
    assert intent.sureness > 0.95


@pytest.mark.parametrize(
    "title", ["A ship: of two hulls!", "“A Ship of Two Hulls”", "Á shíp of two hulls"]
)
def test_punctuation_case_and_accents_make_no_other_title(title: str) -> None:
    assert refined(title).source is From.FEED


@pytest.mark.parametrize(
    "title", ["A ship of three hulls", "A ship of two hulls, part 2", "A ship"]
)
def test_a_title_that_is_only_near_is_left_alone(title: str) -> None:
    assert refined(title).source is From.HEADLINE


def test_a_title_of_several_articles_names_none() -> None:
    other = KnownArticle(title="A ship of two hulls", url=Url("https://x.org/ship-2"))

    assert refined("A ship of two hulls", SHIP, other).url is None


def test_an_article_that_is_listed_twice_is_one() -> None:
    again = KnownArticle(title="A ship of two hulls", url=Url("http://www.x.org/ship/"))

    assert refined("A ship of two hulls", SHIP, again).url == SHIP.url


def test_the_authors_own_word_stands() -> None:
    assert refined("A ship of two hulls", source=From.DECLARED, sureness=1.0).url is None


def test_the_words_of_an_address_are_no_title() -> None:
    weak = KnownArticle(title="a ship of two hulls", url=SHIP.url, named=False)

    assert refined("A ship of two hulls", weak).url is None


def test_one_word_is_the_title_of_many() -> None:
    interview = KnownArticle(title="Interview", url=SHIP.url)

    assert refined("Interview", interview).url is None


def test_a_title_in_a_script_without_spaces_is_long_enough() -> None:
    chinese = KnownArticle(title="人工智能如何改变医院", url=SHIP.url)

    assert refined("人工智能如何改变医院", chinese).url == SHIP.url


def test_a_whole_title_in_running_text_names_its_article() -> None:
    assert refined("a ship of two hulls", source=From.LABEL, sureness=0.5).source is From.FEED


def test_a_headline_over_several_links_names_none_of_them() -> None:
    assert refined("A ship of two hulls", sureness=0.5).source is From.HEADLINE
