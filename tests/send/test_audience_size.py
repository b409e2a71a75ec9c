"""The blast radius: an audience of another size than the author has in mind."""

import pytest

from sendguard.send.audience_size import MOST_TOLD_APART, HeadCount, doubt_size


def people(count: int, *, is_exact: bool = True) -> HeadCount:
    return HeadCount(rows=count, people=count, is_exact=is_exact)


@pytest.mark.parametrize(
    ("count", "expected", "usual"),
    [
        (1200, 1200, None),
        (900, 1200, None),
        (0, 1200, 5000),
        (5200, None, None),
        (5200, None, 2600),  # twice as many, no more
        (150, None, 60),  # more than twice, but few
        (5200, 5200, 100),  # the author has it in mind
    ],
)
def test_an_audience_of_the_size_in_mind_is_not_doubted(
    count: int, expected: int | None, usual: int | None
) -> None:
    assert doubt_size(people(count), expected, usual, None) is None


@pytest.mark.parametrize(
    ("count", "expected", "usual", "says"),
    [
        (1201, 1200, None, "the audience has 1,201 readers, but campaign.yaml expects 1,200"),
        (2, 1, 5000, "the audience has 2 readers, but campaign.yaml expects 1 "),
        (5201, None, 2600, "usually goes to about 2,600. If it is to go to all 5,201, say so with"),
        (160, None, 60, "usually goes to about 60"),
    ],
)
def test_an_audience_that_is_too_large_is_doubted_in_words(
    count: int, expected: int | None, usual: int | None, says: str
) -> None:
    doubt = doubt_size(people(count), expected, usual, None)

    assert says in (doubt or "")
    assert f"--recipients {count}" in (doubt or "")


def test_the_number_itself_settles_it() -> None:
    assert doubt_size(people(5200), 1, 100, confirmed=5200) is None


def test_another_number_does_not_even_where_nothing_else_is_wrong() -> None:
    doubt = doubt_size(people(5210), None, None, confirmed=5200)

    assert doubt is not None
    assert doubt.startswith("you said 5,200 readers, but the audience has 5,210.")


def test_of_an_audience_too_large_to_tell_apart_the_most_is_told_and_taken() -> None:
    counted = people(1_000_000, is_exact=False)

    doubt = doubt_size(counted, 1200, None, None)

    assert "the audience has up to 1,000,000 readers" in (doubt or "")
    assert doubt_size(counted, 1200, None, 1_000_000) is None


def test_somebody_who_is_there_twice_is_one_reader() -> None:
    counted = HeadCount.of(f"reader{number % 10}@example.org" for number in range(20_000))

    assert (counted.rows, counted.people, counted.told) == (20_000, 10, "10")


def test_of_more_than_are_told_apart_it_is_said_how_many_they_are_at_most() -> None:
    counted = HeadCount.of(str(number) for number in range(MOST_TOLD_APART + 1))

    assert counted.told == "up to 200,001"
