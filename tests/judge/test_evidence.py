from dataclasses import replace

import pytest

from sendguard.intent import From, Intent
from sendguard.judge.evidence import MOST_TRIED, with_evidence
from sendguard.judge.match import match_page
from sendguard.judge.rule import LinkCase
from sendguard.links import Role, Story
from sendguard.values import Url
from sendguard.visit import NotVisited, Reason
from tests.builders import a_case, a_link, a_page, an_answer

SHIP, TREE, MAP, SEA = (
    "A ship of two hulls",
    "The tree of all trees",
    "How to fold a map",
    "What the sea said",
)


def opening(id_: str, meant: str, title: str) -> LinkCase:
    url = f"https://x.org/{id_}"
    intent = Intent(title=meant, url=None, source=From.LABEL, sureness=0.9)
    answer = an_answer(url, page=a_page(f"{title} | Magazine"))
    link = a_link(url, meant, id=id_)
    return a_case(link, answer, intent=intent, match=match_page(intent, answer))


def test_a_page_that_answers_to_another_link_is_known_as_its() -> None:
    ship, tree = with_evidence([opening("L1", SHIP, TREE), opening("L2", TREE, SHIP)])

    assert (ship.fits, tree.fits) == ("L2", "L1")


def test_a_page_that_answers_to_its_own_link_fits_no_other() -> None:
    cases = with_evidence([opening("L1", SHIP, SHIP), opening("L2", SHIP, SHIP)])

    assert [case.fits for case in cases] == [None, None]


def test_swapped_links_are_known_as_each_others() -> None:
    cases = with_evidence([opening("L1", SHIP, TREE), opening("L2", TREE, SHIP)])

    assert [(case.fits, case.opened_by) for case in cases] == [("L2", "L2"), ("L1", "L1")]


def test_the_right_address_of_a_link_is_the_one_that_the_other_has() -> None:
    ship, tree = with_evidence([opening("L1", SHIP, TREE), opening("L2", TREE, SHIP)])

    assert (ship.right, tree.right) == (tree.link.url, ship.link.url)


def test_the_right_address_that_is_known_already_stays() -> None:
    known = Url.parse("https://x.org/ship")

    ship, _ = with_evidence(
        [replace(opening("L1", SHIP, MAP), right=known), opening("L2", TREE, TREE)]
    )

    assert ship.right == known


def test_links_in_a_circle_are_known_as_each_others() -> None:
    cases = with_evidence(
        [opening("L1", SHIP, TREE), opening("L2", TREE, MAP), opening("L3", MAP, SHIP)]
    )

    assert [case.fits for case in cases] == ["L2", "L3", "L1"]
    assert [case.opened_by for case in cases] == ["L3", "L1", "L2"]


def test_a_reworded_page_of_another_link_is_known_as_its() -> None:
    ship, tree = with_evidence(
        [opening("L1", SHIP, "On the tree of all trees"), opening("L2", TREE, MAP)]
    )

    assert ship.fits == "L2"
    assert tree.opened_by == "L1"


def test_parts_of_a_series_are_told_apart() -> None:
    one, two = "Mending nets, part 1", "Mending nets, part 2"

    cases = with_evidence([opening("L1", one, two), opening("L2", two, one)])

    assert [case.fits for case in cases] == ["L2", "L1"]


@pytest.mark.parametrize(("wrong", "freely"), [(7, True), (4, False)])
def test_hardly_a_link_that_opens_its_words_shows_an_editors_own_headlines(
    *, wrong: int, freely: bool
) -> None:
    meant = ["Red apples", "Blue rivers", "Old bridges", "Wild horses", "Long winters"]
    meant += ["Cold harbours", "Green fields"]
    titles = ["Cider", "Floods", "Stone", "Hay", "Snow", "Ice", "Barley"][:wrong] + meant[wrong:]

    first, *_ = with_evidence(
        [
            opening(f"L{n}", f"{said} of the north", title)
            for n, (said, title) in enumerate(zip(meant, titles, strict=True))
        ]
    )

    assert first.words_freely is freely


def entry(id_: str, label: str, number: int, *, url: str = "https://x.org/1") -> LinkCase:
    link = replace(a_link(url, label, id=id_), entry=number)
    return a_case(link, NotVisited(Reason.OFFLINE))


def test_two_entries_with_one_address_and_no_word_in_common_share_it() -> None:
    one, other = with_evidence([entry("L1", SHIP, 3), entry("L2", TREE, 5)])

    assert (one.shares_with, other.shares_with) == (None, "L1")


def test_entries_that_share_a_word_may_share_their_address() -> None:
    cases = with_evidence([entry("L1", SHIP, 3), entry("L2", "Why the ship sank", 5)])

    assert [case.shares_with for case in cases] == [None, None]


def story(
    id_: str, headline: str, number: int, *, title: str, label: str = "Read article"
) -> LinkCase:
    intent = Intent(title=headline, url=None, source=From.HEADLINE, sureness=0.93)
    answer = an_answer("https://x.org/1", page=a_page(title))
    told = Story(number=number, headline=headline)
    link = a_link("https://x.org/1", label, id=id_, role=Role.BUTTON, story=told)
    return a_case(link, answer, intent=intent, match=match_page(intent, answer))


def test_two_stories_with_one_address_share_it_where_the_page_is_the_article_of_one() -> None:
    one, other = with_evidence([story("L1", SHIP, 1, title=TREE), story("L2", TREE, 2, title=TREE)])

    assert (one.shares_with, other.shares_with) == ("L2", None)


def test_two_stories_may_lead_to_a_page_that_is_the_article_of_neither() -> None:
    cases = with_evidence([story("L1", SHIP, 1, title=MAP), story("L2", TREE, 2, title=MAP)])

    assert [case.shares_with for case in cases] == [None, None]


def test_the_links_of_one_story_may_share_their_address() -> None:
    cases = with_evidence([story("L1", SHIP, 1, title=TREE), story("L2", SHIP, 1, title=TREE)])

    assert [case.shares_with for case in cases] == [None, None]


def test_the_account_of_another_person_is_known() -> None:
    url = "https://x.org/bob"
    ann, bob = (a_case(a_link(url, f"@{name}", id=name)) for name in ("ann", "bob"))

    cases = with_evidence([ann, bob])

    assert [case.shares_with for case in cases] == ["bob", None]


def test_a_newsletter_where_nothing_fits_is_not_compared_without_end() -> None:
    meant = [f"The ship of harbour {n} and tree {n * 7}" for n in range(MOST_TRIED * 2)]
    cases = [opening(f"L{n}", said, f"{meant[n - 1]} again") for n, said in enumerate(meant)]

    found = with_evidence(cases)

    assert sum(case.fits is not None for case in found) <= MOST_TRIED


def test_a_second_mention_of_a_page_repeats_the_first() -> None:
    ship = opening("L1", SHIP, SHIP)
    again = opening("L2", "Why that ship needs two hulls at sea", SHIP)

    first, second = with_evidence([ship, same_address(again, ship)])

    assert (first.repeats, second.repeats) == (None, "L1")


def test_a_neighbours_address_under_other_words_repeats_nothing() -> None:
    ship, tree = opening("L1", SHIP, SHIP), opening("L2", TREE, SHIP)

    _, second = with_evidence([ship, same_address(tree, ship)])

    assert (second.repeats, second.fits) == (None, "L1")


def same_address(case: LinkCase, other: LinkCase) -> LinkCase:
    link = replace(case.link, url=other.link.url, href=other.link.href)
    return replace(case, link=link, visit=other.visit)


@pytest.mark.parametrize(
    ("one", "other"), [("Jen", "@jenweber"), ("fpm-registry", "registry"), ("Discuss", "@bob")]
)
def test_other_names_for_one_account_are_no_neighbours(one: str, other: str) -> None:
    url = "https://x.org/bob/fpm-registry"

    cases = with_evidence([a_case(a_link(url, name, id=name)) for name in (one, other)])

    assert [case.shares_with for case in cases] == [None, None]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Aug 2. Harbour team meeting", "Aug 9. Harbour team meeting"),
        ("The ferry to the islands", "Why the ferry to the islands is late"),
        ("The ferry to the islands", "Discuss"),
        ("The ferry to the islands", "Try it for free this week with your friends"),
    ],
)
def test_entries_that_may_speak_of_one_page_share_it(one: str, other: str) -> None:
    cases = with_evidence([headed("L1", one, 3), headed("L2", other, 5)])

    assert [case.shares_with for case in cases] == [None, None]


def test_one_common_word_does_not_make_two_entries_alike() -> None:
    one, other = "A userspace tunnel written in Oak", "Building fast interpreters in Oak"

    cases = with_evidence([headed("L1", one, 3), headed("L2", other, 5)])

    assert cases[1].shares_with == "L1"


def headed(id_: str, label: str, number: int) -> LinkCase:
    case = entry(id_, label, number)
    intent = Intent(title=label, url=None, source=From.LABEL, sureness=0.9)
    return replace(case, intent=intent)


def test_two_links_that_would_both_gain_are_swapped_however_their_pages_are_worded() -> None:
    ferry, lamp = "The ferry that never sails in winter", "How the lighthouse keeper lost his lamp"
    pages = (
        "Winter and the ferry that never came",
        "A keeper and the lamp of his lighthouse",
    )

    cases = with_evidence([opening("L1", ferry, pages[1]), opening("L2", lamp, pages[0])])

    assert [case.fits for case in cases] == ["L2", "L1"]


def test_a_page_that_would_nearly_fit_another_link_is_not_taken_for_its_alone() -> None:
    ferry, lamp = "The ferry that never sails in winter", "How the lighthouse keeper lost his lamp"

    cases = with_evidence(
        [opening("L1", ferry, "The lighthouse of our keeper"), opening("L2", lamp, lamp)]
    )

    assert [case.fits for case in cases] == [None, None]


@pytest.mark.parametrize(("number", "repeats"), [(1, "L1"), (2, None)])
def test_a_button_repeats_only_what_its_own_story_names(
    *, number: int, repeats: str | None
) -> None:
    ship = told_in(1, opening("L1", SHIP, SHIP))
    button = told_in(
        number, labelled("Read article", opening("L2", "Our sponsor of the week", SHIP))
    )

    _, second = with_evidence([ship, same_address(button, ship)])

    assert second.repeats == repeats


def told_in(number: int, case: LinkCase) -> LinkCase:
    story = Story(number=number, headline="A headline")
    return replace(case, link=replace(case.link, story=story))


def labelled(label: str, case: LinkCase) -> LinkCase:
    return replace(case, link=replace(case.link, label=label))
