"""Which of the issues whose folders are gone came before, and which is this one's former name."""

from dataclasses import replace
from datetime import timedelta

from sendguard.judge.earlier.gone import with_gone
from sendguard.links import MOST_EARLIER, Gone, Issue
from tests.builders import NOON, an_issue

DAY = timedelta(days=1)
OTHERS = [
    f"what-{word}-brings-us" for word in ("rain", "wind", "snow", "fog", "hail", "sun", "ice")
]


def links(*names: str) -> str:
    return "".join(f'<a href="https://x.org/{name}">{name}</a>' for name in names)


NOW = an_issue(links("a-ship-of-two-hulls", "tree-of-all-trees"), subject="Ships")
OTHER = an_issue(links("rain-that-rises"), subject="Rain")
DRAFT = an_issue(links("a-ship-of-two-hulls"), subject="A draft")


def a_gone(issue: Issue, *, days: int = 1, planned: bool = False, sent: bool = False) -> Gone:
    at = NOON - days * DAY
    return Gone(issue=replace(issue, send_at=at if planned else None), at=at, sent=sent)


def names(*gone: Gone) -> list[str | None]:
    return [issue.subject for issue in with_gone(NOW, (), gone, NOON)]


def test_what_nobody_said_was_to_go_out_or_went_out_does_not_count() -> None:
    assert names(a_gone(OTHER), a_gone(DRAFT)) == []


def test_what_went_out_counts_however_alike_it_is() -> None:
    assert names(a_gone(DRAFT, sent=True)) == ["A draft"]
    assert names(a_gone(replace(DRAFT, subject="Ships"), sent=True)) == ["Ships"]


def test_what_was_to_go_out_counts_unless_it_has_the_same_name_and_content() -> None:
    assert names(a_gone(DRAFT, planned=True)) == ["A draft"]
    assert names(a_gone(replace(DRAFT, subject="Ships"), planned=True)) == []


def test_those_that_are_there_and_those_that_are_gone_come_newest_first() -> None:
    there = [replace(an_issue(subject=f"{days}"), send_at=NOON - days * DAY) for days in (2, 4)]
    gone = [a_gone(replace(OTHER, subject=f"{days}"), days=days, sent=True) for days in (1, 3)]

    before = with_gone(NOW, there, gone, NOON)

    assert [issue.subject for issue in before] == ["1", "2", "3", "4"]


def test_no_more_are_looked_back_at_than_of_those_that_are_there() -> None:
    gone = [a_gone(an_issue(links(name), subject=name), sent=True) for name in OTHERS]

    assert len(with_gone(NOW, (), gone, NOON)) == MOST_EARLIER
