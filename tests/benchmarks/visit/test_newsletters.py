"""The newsletters that are checked, and the least time that it takes."""

import pytest

from benchmarks.visit.articles import HOSTS, article
from benchmarks.visit.behaviours import Behaviour, Truth
from benchmarks.visit.chains import bench_chain_s, busiest_host_s, chain_s, steps
from benchmarks.visit.newsletters import WEB_A, WEB_B, Kind, entries, html, quotas


@pytest.mark.parametrize("kind", [WEB_A, WEB_B])
@pytest.mark.parametrize("size", [20, 100, 400])
def test_a_newsletter_has_so_many_links_each_to_another_address(kind: Kind, size: int) -> None:
    stories = entries(kind, size, port=8800)

    assert len({story.url for story in stories}) == size
    assert html(stories).count("<a href") == 2 * size + 1


def test_a_hundred_links_show_every_behaviour() -> None:
    assert all(quotas(WEB_B, 100).values())
    assert sum(quotas(WEB_B, 100).values()) == 100


def test_only_good_links_stand_under_another_headline() -> None:
    swapped = [story for story in entries(WEB_B, 400, port=8800) if story.is_swapped]

    assert len(swapped) == 8
    assert {story.truth for story in swapped} == {Truth.FINE}


def test_the_figures_stay_comparable() -> None:
    chains = {
        size: max(bench_chain_s(story.article) for story in entries(WEB_B, size, port=8800))
        for size in (20, 100, 400)
    }

    assert chains == {20: pytest.approx(1.3728, abs=1e-4), 100: pytest.approx(4.7, abs=0.01),
                      400: pytest.approx(7.58, abs=0.01)}  # fmt: skip


def first_that(behaviour: Behaviour) -> int:
    return next(number for number in range(10_000) if article(number).behaviour is behaviour)


def test_a_chain_counts_each_redirect() -> None:
    found = article(first_that(Behaviour.REDIR3))

    assert len(steps(found)) == 4
    assert chain_s(found) == pytest.approx(bench_chain_s(found))


def test_a_missing_page_is_looked_at_twice() -> None:
    found = article(first_that(Behaviour.NOT_FOUND))

    assert chain_s(found) == pytest.approx(2 * bench_chain_s(found))


def test_a_host_answers_eight_at_a_time() -> None:
    found = article(first_that(Behaviour.OK))

    assert 1 <= found.host <= HOSTS
    assert busiest_host_s([found] * 16) == pytest.approx(2 * chain_s(found))
