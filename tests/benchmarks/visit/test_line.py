"""The line of those who wait, played through."""

from benchmarks.visit.articles import article, latency_s
from benchmarks.visit.behaviours import Behaviour
from benchmarks.visit.chains import busiest_host_s, chain_s
from benchmarks.visit.line import in_line_s
from benchmarks.visit.newsletters import WEB_B, entries

MANY = 10_000
STORIES = [story.article for story in entries(WEB_B, 100, port=8800)]
GOOD = next(it for it in map(article, range(100)) if it.behaviour is Behaviour.OK)


def test_whoever_asks_everything_at_once_waits_for_the_slowest_chain() -> None:
    assert in_line_s(STORIES, at_once=MANY, per_host=MANY) == max(map(chain_s, STORIES))


def test_whoever_asks_one_at_a_time_waits_for_them_all() -> None:
    once_s = latency_s(GOOD.number)

    assert in_line_s([GOOD] * 3, at_once=1, per_host=8) == 3 * once_s
    assert in_line_s([GOOD] * 3, at_once=8, per_host=1) == 3 * once_s


def test_no_line_is_quicker_than_its_busiest_host() -> None:
    took_s = in_line_s(STORIES, at_once=64, per_host=8)

    assert took_s >= max(busiest_host_s(STORIES), *map(chain_s, STORIES))


def test_nobody_asked_is_nothing_waited() -> None:
    assert in_line_s([], at_once=1, per_host=1) == 0
