"""Wilson's interval, as statisticians have it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks.accuracy.rows import wilson


@pytest.mark.parametrize(
    ("hits", "of", "interval"),
    [
        (0, 10, (0.0, 0.2775)),
        (10, 10, (0.7225, 1.0)),
        (5, 10, (0.2366, 0.7634)),
        (81, 263, (0.2553, 0.3662)),  # Newcombe 1998, table I
        (0, 0, (0.0, 1.0)),
    ],
)
def test_interval_is_the_one_in_the_books(
    hits: int, of: int, interval: tuple[float, float]
) -> None:
    assert wilson(hits, of) == pytest.approx(interval, abs=1e-4)


@given(st.integers(0, 500), st.integers(1, 500))
def test_the_share_lies_in_its_interval(hits: int, more: int) -> None:
    low, high = wilson(hits, hits + more)

    assert 0 <= low <= hits / (hits + more) <= high <= 1
