"""Verdicts held against the truth."""

from dataclasses import replace

from benchmarks.visit.articles import article
from benchmarks.visit.behaviours import Behaviour
from benchmarks.visit.newsletters import Entry
from benchmarks.visit.score import Score, score, worst
from benchmarks.visit.told import Says, Told

URL = "http://127.0.0.1:8800/s/1/x"


def an_entry(behaviour: Behaviour = Behaviour.OK, headline: str = "") -> Entry:
    found = replace(article(1), behaviour=behaviour)
    return Entry(article=found, url=URL, headline=headline or found.title)


def said(entry: Entry, link: Says = Says.OK, article: Says = Says.OK, title: str = "") -> Score:
    return score([entry], {URL: Told(link=link, article=article, title=title)})


def test_a_fine_link_called_another_article_is_a_false_alarm() -> None:
    assert said(an_entry(), article=Says.BROKEN).false_alarms == 1


def test_a_swapped_headline_called_another_article_is_told() -> None:
    found = said(an_entry(headline="Another story"), article=Says.BROKEN)

    assert (found.swapped, found.swapped_told, found.false_alarms) == (1, 1, 0)


def test_a_swapped_headline_whose_link_is_called_dead_is_a_false_alarm_too() -> None:
    found = said(an_entry(headline="Another story"), link=Says.BROKEN)

    assert (found.swapped_told, found.false_alarms) == (0, 1)


def test_a_warning_about_a_fine_link_is_counted_apart() -> None:
    found = said(an_entry(), link=Says.WARN)

    assert (found.false_alarms, found.warned) == (0, 1)


def test_a_broken_link_called_fine_is_missed() -> None:
    assert said(an_entry(Behaviour.GONE)).missed == 1
    assert said(an_entry(Behaviour.GONE), link=Says.BROKEN).missed == 0


def test_an_article_that_is_gone_behind_a_good_answer_may_be_told_either_way() -> None:
    assert said(an_entry(Behaviour.SOFT_404), link=Says.WARN).soft_told == 1
    assert said(an_entry(Behaviour.GONE_HOME), article=Says.BROKEN).soft_told == 1
    assert said(an_entry(Behaviour.SOFT_404)).soft_told == 0


def test_a_title_is_read_when_the_article_is_named_in_it() -> None:
    assert said(an_entry(), title=f"{article(1).title} | Example Post").titles == 1
    assert said(an_entry(), title="Example Post").titles == 0


def test_the_worst_of_several_runs_counts() -> None:
    lucky, unlucky = Score(fine=2, titles=2), Score(fine=2, titles=1, false_alarms=1)

    assert worst([lucky, unlucky]) == unlucky
