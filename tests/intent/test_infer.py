import pytest

from sendguard.intent import HEADLINE_LIKE, From, Intent, infer_intents
from sendguard.links import Link, Role, find_links
from tests.builders import a_campaign, a_link


def intent_of(html: str, href: str = "https://x.org/meant") -> Intent | None:
    links = find_links(a_campaign(html)).links
    link = next(link for link in links if link.href == href)
    return infer_intents(links).get(link.id)


def test_a_generic_button_means_its_storys_headline() -> None:
    html = (
        '<td><h2>A ship of two hulls</h2><p>…</p><a href="https://x.org/meant">Read more</a></td>'
    )

    intent = intent_of(html)

    assert intent is not None
    assert (intent.title, intent.source) == ("A ship of two hulls", From.HEADLINE)
    assert intent.sureness >= HEADLINE_LIKE


def test_a_label_that_opens_its_line_is_a_headline() -> None:
    intent = intent_of('<li><a href="https://x.org/meant">Nine ways to fold a map</a> by Ann</li>')

    assert intent is not None
    assert (intent.title, intent.source) == ("Nine ways to fold a map", From.LABEL)
    assert intent.sureness >= HEADLINE_LIKE


def test_a_phrase_in_running_text_is_weak() -> None:
    intent = intent_of('<p>As we <a href="https://x.org/meant">wrote last week</a>, it rains.</p>')

    assert intent is not None
    assert intent.sureness < HEADLINE_LIKE


@pytest.mark.parametrize(
    "html",
    [
        '<li>📖 <a href="https://x.org/meant">Folding maps</a>: what we learned</li>',
        '<li>[pdf] <a href="https://x.org/meant">Nine ways to fold a map</a></li>',
        '<p>1. <a href="https://x.org/meant">Nine ways to fold a map</a> (video)</p>',
        '<p><a href="https://x.org/meant">Nine ways to fold a map!</a> A guide for walkers.</p>',
    ],
)
def test_marks_and_bullets_before_a_title_change_nothing(html: str) -> None:
    intent = intent_of(html)

    assert intent is not None
    assert intent.sureness >= HEADLINE_LIKE


@pytest.mark.parametrize(
    "html",
    [
        '<p><a href="https://x.org/meant">Last week\'s newsletter</a> told how maps are made.</p>',
        '<p>— <a href="https://x.org/meant">Ann Lee in the Harbour</a></p>',
        '<h2>A ship of two hulls</h2><p>See <a href="https://x.org/meant">here</a> how.</p>',
    ],
)
def test_words_that_a_sentence_goes_on_from_are_weak(html: str) -> None:
    intent = intent_of(html)

    assert intent is not None
    assert intent.sureness < HEADLINE_LIKE


def test_a_button_behind_a_whole_sentence_means_the_headline() -> None:
    intent = intent_of(
        '<h2>A ship of two hulls</h2><p>It sails. <a href="https://x.org/meant">Read more</a></p>'
    )

    assert intent is not None
    assert intent.sureness >= HEADLINE_LIKE


def test_a_call_in_the_first_person_is_weak() -> None:
    html = (
        '<td><h2>The conference of maps</h2><a href="https://x.org/meant">Ok, let me see the talks'
        " of this year</a></td>"
    )

    intent = intent_of(html)

    assert intent is not None
    assert intent.sureness < HEADLINE_LIKE


def test_a_button_far_below_a_linked_headline_is_not_its_own() -> None:
    intent = intent_of(
        '<h2>What we did</h2><p>…</p><h2><a href="https://x.org/a">A ship of two hulls</a></h2>'
        '<p>It sails.</p><hr><p><a href="https://x.org/meant">Full report</a></p>'
    )

    assert intent is not None
    assert intent.sureness < HEADLINE_LIKE


def test_a_button_below_a_closed_story_is_not_its_own() -> None:
    button = '<a href="https://x.org/a">Read it now</a>'
    card = f"<td><h2>A ship of two hulls</h2><p>It sails.</p>{button}</td>"
    table = f"<table><tr><td><h2>What we did</h2></td>{card}</tr></table>"

    intent = intent_of(f'<div>{table}<p><a href="https://x.org/meant">Full report</a></p></div>')

    assert intent is not None
    assert intent.sureness < HEADLINE_LIKE


def test_a_heading_over_many_articles_is_none_of_theirs() -> None:
    titles = "".join(
        f'<li><a href="https://x.org/{n}">The story of {n} maps</a></li>' for n in range(4)
    )

    intent = intent_of(
        f'<h2>What we liked</h2><ul>{titles}</ul><a href="https://x.org/meant">Read more</a>'
    )

    assert intent is not None
    assert intent.sureness < HEADLINE_LIKE


def test_a_heading_over_many_links_is_no_articles_headline() -> None:
    links = "".join(f'<p><a href="https://x.org/{n}">Read more</a></p>' for n in ("meant", "other"))

    intent = intent_of(f"<td><h2>Three things that caught our eye</h2>{links}</td>")

    assert intent is not None
    assert intent.sureness < HEADLINE_LIKE


def test_a_picture_and_a_button_that_disagree_keep_their_headline() -> None:
    picture = '<a href="https://x.org/right"><img src="https://x.org/i.png" alt=""></a>'
    button = '<a href="https://x.org/meant">Read more</a>'

    intent = intent_of(f"<td>{picture}<h2>A ship of two hulls</h2>{button}</td>")

    assert intent is not None
    assert intent.sureness >= HEADLINE_LIKE


@pytest.mark.parametrize("heading", ["Sponsors", "Upcoming events", "This week's top stories"])
def test_a_sections_name_is_no_headline(heading: str) -> None:
    intent = intent_of(f'<td><h2>{heading}</h2><a href="https://x.org/meant">Read more</a></td>')

    assert intent is not None
    assert intent.sureness < HEADLINE_LIKE


def test_a_call_to_act_is_weak() -> None:
    html = (
        '<td><h2>The conference of maps</h2><a href="https://x.org/meant">Get your ticket</a></td>'
    )

    intent = intent_of(html)

    assert intent is not None
    assert intent.sureness < HEADLINE_LIKE


@pytest.mark.parametrize(
    "role",
    [Role.NAVIGATION, Role.SOCIAL, Role.UNSUBSCRIBE, Role.PREFERENCES, Role.MAIL, Role.RESOURCE],
)
def test_what_opens_no_article_has_no_intent(role: Role) -> None:
    link: Link = a_link(label="Nine ways to fold a map", role=role)

    assert infer_intents([link]) == {}


@pytest.mark.parametrize("call", ["Voir la recette", "Jetzt spenden", "申し込みはこちら"])
def test_a_call_to_act_is_no_headline_in_any_language(call: str) -> None:
    intent = intent_of(f'<p>It rains.</p><p><a href="https://x.org/meant">{call}</a></p>')

    assert intent is None or intent.sureness < HEADLINE_LIKE


def test_a_label_over_several_pages_is_no_headline_of_any() -> None:
    offer = '<p><a href="https://x.org/{}">Nur solange der Vorrat reicht</a></p>'

    intent = intent_of(offer.format("ship") + offer.format("meant") + offer.format("tree"))

    assert intent is None


def test_details_in_japanese_mean_the_headline() -> None:
    intent = intent_of(
        '<h2>臨時休館のお知らせ</h2><p><a href="https://x.org/meant">詳細を見る</a></p>'
    )

    assert intent is not None
    assert intent.sureness >= HEADLINE_LIKE
