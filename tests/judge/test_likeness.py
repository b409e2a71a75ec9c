import pytest
from hypothesis import given
from hypothesis import strategies as st

from sendguard.judge.likeness import liken, same_word, share
from sendguard.judge.numbering import contradiction, holds_number, numbers_differ
from sendguard.judge.titles import words

TITLES = st.text(alphabet="abcdefgh IVX0123456789#.:–äß日本-", max_size=60)


@given(TITLES, TITLES)
def test_whether_two_words_are_one_is_the_same_either_way(one: str, other: str) -> None:
    assert same_word(one, other) == same_word(other, one)


@given(TITLES, TITLES)
def test_whether_numbers_differ_is_the_same_either_way(one: str, other: str) -> None:
    assert numbers_differ(one, other) == numbers_differ(other, one)


@given(TITLES)
def test_no_title_contradicts_itself(title: str) -> None:
    assert contradiction(title, title) is None


@given(TITLES.filter(words))
def test_a_title_holds_all_of_its_own_words(title: str) -> None:
    assert share(words(title), words(title)) == 1


@given(TITLES, st.lists(TITLES, min_size=1, max_size=4), st.lists(TITLES, max_size=3))
def test_any_words_can_be_held_against_any_titles(
    meant: str, titles: list[str], slugs: list[str]
) -> None:
    first, second = liken(meant, titles, slugs), liken(meant, titles, slugs)

    assert first == second
    assert 0 <= first.score <= 1


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("testing", "tests"),
        ("improve", "improvements"),
        ("organise", "organize"),
        ("ferry", "ferries"),
    ],
)
def test_an_ending_or_a_typing_error_makes_no_other_word(one: str, other: str) -> None:
    assert same_word(one, other)


@pytest.mark.parametrize(("one", "other"), [("rust", "rustup"), ("internal", "international")])
def test_a_common_beginning_alone_makes_two_words(one: str, other: str) -> None:
    assert not same_word(one, other)


@pytest.mark.parametrize(
    ("address", "held"),
    [("oak-v0-10-0", True), ("oak-0.10", True), ("oak-0-10-2", False), ("2018-10", False)],
)
def test_an_address_holds_a_version_that_ends_its_digits(address: str, *, held: bool) -> None:
    assert holds_number(address, "Oak 0.10") == held


def test_a_page_that_is_called_just_so_is_alike_whatever_else_it_is_called() -> None:
    assert liken("Ships, part 2", ["The Navigator 2026", "Ships, part 2"]).score == 1
