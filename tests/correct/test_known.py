"""What is known of a wrong link."""

from dataclasses import replace

import pytest

from sendguard.correct.known import is_dead, mistake, page_title, site_names, wrong_link
from sendguard.links import Role, Story
from sendguard.values import Url
from sendguard.visit import Answered, Hop, Outcome, Trouble, Unreachable
from tests.builders import a_link, a_page, a_visit, an_answer

WRONG, RIGHT = "https://example.org/ships", Url("https://example.org/trees")
STORY = Story(number=1, headline="The tree of all trees")
BUTTON = a_link(WRONG, "Read article", role=Role.BUTTON, story=STORY)
HEADLINE = a_link(WRONG, "The tree of all trees", story=STORY)
LINE = a_link(WRONG, "Read it here, friend", element="text")


def unreachable(trouble: Trouble) -> Unreachable:
    return Unreachable(trouble=trouble, at=Url(WRONG))


def test_readers_know_a_link_by_its_most_telling_words() -> None:
    assert wrong_link([LINE, BUTTON, HEADLINE], RIGHT).name == "The tree of all trees"


def test_a_button_is_known_by_its_headline() -> None:
    assert wrong_link([BUTTON], RIGHT).name == "The tree of all trees"


def test_a_picture_is_known_by_its_headline_and_not_by_its_alt_text() -> None:
    picture = a_link(WRONG, "A closed box", role=Role.IMAGE, story=STORY)

    assert wrong_link([picture, BUTTON], RIGHT).name == "The tree of all trees"


def test_a_picture_alone_is_known_by_its_alt_text() -> None:
    picture = a_link(WRONG, "A closed box", role=Role.IMAGE)

    assert wrong_link([picture], RIGHT).name == "A closed box"


def test_titles_are_taken_from_what_was_seen() -> None:
    seen = a_visit(WRONG, an_answer(WRONG, 200, a_page("Five ships | Sails", site_name="Sails")))
    expected = a_visit(RIGHT.text, an_answer(RIGHT.text, 200, a_page("Trees")))

    found = wrong_link([BUTTON], RIGHT, seen=seen, expected=expected)

    assert (found.opened, found.title, found.dead) == ("Five ships", "Trees", False)


@pytest.mark.parametrize(
    ("title", "site", "shown"),
    [
        ("Five ships | Sails", "Sails", "Five ships"),
        ("SAILS: Five ships", "Sails", "SAILS: Five ships"),
        ("Sails – Five ships", "sails", "Five ships"),
        ("Five ships - and trees", "Sails", "Five ships - and trees"),
        ("Five ships | Sails", None, "Five ships | Sails"),
    ],
)
def test_the_name_of_the_site_is_left_out(title: str, site: str | None, shown: str) -> None:
    page = replace(a_page(title), site_name=site)

    assert page_title(a_visit(WRONG, an_answer(WRONG, 200, page))) == shown


@pytest.mark.parametrize(
    ("outcome", "dead"),
    [
        (an_answer(WRONG, 404), True),
        (an_answer(WRONG, 200, a_page("Five ships")), False),
        (Answered(hops=(Hop(Url(WRONG), 403),), walled="a challenge"), False),
        (unreachable(Trouble.NO_SUCH_HOST), True),
        (unreachable(Trouble.NO_NETWORK), False),
    ],
)
def test_only_what_surely_opens_nothing_is_dead(outcome: Outcome, *, dead: bool) -> None:
    assert is_dead(a_visit(WRONG, outcome)) is dead


def test_an_error_page_has_no_title_to_quote() -> None:
    assert page_title(a_visit(WRONG, an_answer(WRONG, 404, a_page("Not found")))) is None


def test_triage_hears_of_every_role() -> None:
    found = mistake([BUTTON, HEADLINE], RIGHT)

    assert found.roles == {Role.BUTTON, Role.ARTICLE}
    assert (found.name, found.wrong) == ("The tree of all trees", Url(WRONG))


@pytest.mark.parametrize(
    ("titles", "names"),
    [
        (("Five ships | Sails", "Trees | Sails"), {"example.org": "Sails"}),
        (("Five ships | Sails",), {}),
        (("Five ships | Sails", "Trees"), {}),
        (("Five ships | Sails", "Trees | Woods"), {}),
        (("Five ships", "Trees"), {}),
    ],
)
def test_what_all_pages_end_with_is_the_sites_name(
    titles: tuple[str, ...], names: dict[str, str]
) -> None:
    visits = [a_visit(WRONG, an_answer(WRONG, 200, a_page(title))) for title in titles]

    assert site_names(visits) == names
