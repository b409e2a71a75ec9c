"""Newsletters and mistakes that the benchmark makes up."""

import pytest

from benchmarks.accuracy.addresses import key
from benchmarks.accuracy.made.collection import make_collection
from benchmarks.accuracy.made.slips import SLIPS
from benchmarks.accuracy.shapes import Issue
from benchmarks.accuracy.titles import OTHER_ARTICLE

COLLECTION = make_collection(lines=80, issues=3 * len(SLIPS))
each_issue = pytest.mark.parametrize("issue", COLLECTION.issues, ids=lambda issue: issue.id)


def test_they_are_the_same_every_time() -> None:
    assert make_collection(lines=80, issues=3 * len(SLIPS)) == COLLECTION


def test_every_kind_of_mistake_is_made_in_every_layout() -> None:
    made = {(issue.mistakes[0].kind, issue.html[:6]) for issue in COLLECTION.issues}

    assert len({kind for kind, _ in made}) == len(SLIPS)
    assert {issue.suffix for issue in COLLECTION.issues} == {"html", "mjml"}


@each_issue
def test_the_mistake_stands_in_the_issue(issue: Issue) -> None:
    (mistake,) = issue.mistakes

    assert mistake.wrong != mistake.right
    assert f'href="{mistake.wrong}"' in issue.html or mistake.kind == "missing-link"


@each_issue
def test_a_page_stands_behind_another_article_only(issue: Issue) -> None:
    (mistake,) = issue.mistakes
    assert issue.pages

    page = issue.pages.get(key(mistake.wrong))

    assert bool(page) == (mistake.kind in OTHER_ARTICLE)


def test_a_wrong_article_has_another_title() -> None:
    assert all(wrong.title != wrong.pair.title for wrong in COLLECTION.wrongs)
