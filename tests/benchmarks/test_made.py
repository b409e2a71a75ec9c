"""Newsletters and mistakes that the benchmark makes up."""

import pytest

from benchmarks.accuracy.addresses import key
from benchmarks.accuracy.made.collection import make_collection
from benchmarks.accuracy.made.slips import SLIPS
from benchmarks.accuracy.shapes import Collection
from benchmarks.accuracy.titles import OTHER_ARTICLE


@pytest.fixture(scope="module")
def collection() -> Collection:
    return make_collection(lines=80, issues=3 * len(SLIPS))


def test_they_are_the_same_every_time(collection: Collection) -> None:
    assert make_collection(lines=80, issues=3 * len(SLIPS)) == collection


def test_every_kind_of_mistake_is_made_in_every_layout(collection: Collection) -> None:
    made = {(issue.mistakes[0].kind, issue.html[:6]) for issue in collection.issues}

    assert len({kind for kind, _ in made}) == len(SLIPS)
    assert {issue.suffix for issue in collection.issues} == {"html", "mjml"}


def test_the_mistake_stands_in_each_issue(collection: Collection) -> None:
    for issue in collection.issues:
        (mistake,) = issue.mistakes

        assert mistake.wrong != mistake.right, issue.id
        assert f'href="{mistake.wrong}"' in issue.html or mistake.kind == "missing-link", issue.id


def test_a_page_stands_behind_another_article_only(collection: Collection) -> None:
    for issue in collection.issues:
        (mistake,) = issue.mistakes
        assert issue.pages, issue.id

        page = issue.pages.get(key(mistake.wrong))

        assert bool(page) == (mistake.kind in OTHER_ARTICLE), issue.id


def test_a_wrong_article_has_another_title(collection: Collection) -> None:
    assert all(wrong.title != wrong.pair.title for wrong in collection.wrongs)
