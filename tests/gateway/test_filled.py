"""A headline with something else in it for each reader is one campaign, and not one for each."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from operator import itemgetter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sendguard.gateway import Copy, Ruling, Standing, Stream, fingerprint_of, told_apart
from sendguard.gateway.copies.filled import AFTER, TOGETHER, standing_as_filled, stream_of_filled
from tests.builders import NOON
from tests.gateway.headlines import box, copy

NAMES = ("Anna", "Bernd", "Chloé", "Дмитрий", "Eva Maria von Stein", "Florian", "Gül", "李雷")
POINTS = ("1,240", "90", "3", "12 345", "0", "7.5")


def begun(first: Copy, after: timedelta = timedelta(0)) -> Stream:
    ruling = Ruling(standing=Standing.PASSED, at=NOON)
    return Stream(fingerprint=fingerprint_of(first), first=first, since=NOON + after, ruling=ruling)


def in_turn(copies: Sequence[Copy], every: timedelta = timedelta(seconds=1)) -> list[str]:
    """The campaigns that such copies come to, one after the other, as the gateway does it."""
    streams: list[Stream] = []
    names = []
    for number, one in enumerate(copies):
        found = next((known for known in streams if told_apart(one, known) is not None), None)
        found = found or stream_of_filled(one, streams, NOON + number * every)
        if found is None:
            found = begun(one, number * every)
            streams.append(found)
        names.append(found.fingerprint)
    return names


@pytest.mark.parametrize(
    "subject",
    [
        "{}, the Navigator is here now",
        "The Navigator for {}",
        "What {} missed",
        "Your plan, {}: all that is new in it this month",
    ],
)
def test_a_name_that_nothing_else_tells_makes_three_campaigns_at_most(subject: str) -> None:
    copies = [copy(subject.format(name), to=box(at)) for at, name in enumerate(NAMES)]

    names = in_turn(copies)

    assert names[3:] == names[:1] * (len(NAMES) - 3)


def test_a_name_may_be_a_whole_headline_and_some_write_theirs_small() -> None:
    names = [*NAMES, "florian", "GÜL", "jan van dijk"]
    copies = [copy(headline=f"Hello <b>{name}</b>!", to=box(at)) for at, name in enumerate(names)]

    names = in_turn(copies)

    assert len({*names}) == 5  # longer ones are each for themselves


@pytest.mark.parametrize(
    "headline",
    ["You have {} points", "{} points to go", "<b>{}</b>", "Anna{0}’s points: {0}"],
)
def test_points_in_a_headline_make_three_campaigns_at_most(headline: str) -> None:
    copies = [copy(headline=headline.format(many), to=box(at)) for at, many in enumerate(POINTS)]

    names = in_turn(copies)

    assert names[3:] == names[:1] * (len(POINTS) - 3)


def test_one_name_may_stand_in_several_places_beside_a_number() -> None:
    copies = [
        copy(f"{name}, you have {points} points", f"What {name} missed", to=box(at))
        for at, (name, points) in enumerate(zip(NAMES, POINTS, strict=False))
    ]

    assert len({*in_turn(copies)}) == 3


def test_few_values_beside_a_name_make_few_campaigns() -> None:
    chosen = [(f"Anna{chr(97 + at)}", ("gold", "silver")[at % 2]) for at in range(20)]

    names = in_turn(
        [
            copy(f"What {name} finds new this month in the {plan} plan", to=box(at))
            for at, (name, plan) in enumerate(chosen)
        ]
    )

    assert len({*names}) == 6


def two(*headlines: str) -> list[Stream]:
    return [
        begun(copy(headline=headline, to=box(at)), timedelta(seconds=at))
        for at, headline in enumerate(headlines)
    ]


def test_two_campaigns_show_nothing() -> None:
    streams = two("What Anna missed", "What Bernd missed")

    assert stream_of_filled(copy(headline="What Eva missed", to=box(9)), streams, NOON) is None


THREE = [f"The ship that {name} lost" for name in ("Anna", "Bernd", "Chloé")]


@pytest.mark.parametrize(
    "headline",
    [
        "The ship that Eva found",  # which none of them says
        "The boat that Eva lost",
        "The ship that lost",  # nobody
        "The ship that nobody has ever lost",  # no name
        "The ship that 12 lost",
        "The ship that Eva has never really lost",
        "The ship that www.example.org lost",
    ],
)
def test_what_differs_in_more_is_another_campaign(headline: str) -> None:
    new = copy(headline=headline, to=box(9))

    assert stream_of_filled(new, two(*THREE), NOON) is None


@pytest.mark.parametrize(
    "headlines",
    [
        ["Five ways to recover", "How the cook sang", "Ten more dogs barked"],
        ["recipes", "gardens", "travel"],
        ["Why ships are lost", "How ships are lost", "Why ships are built"],
        ["Go to example.org/a now", "Go to example.org/b now", "Go to example.org/c now"],
        ["What Anna missed", "What Anna missed!", "What Anna’s missed"],
    ],
)
def test_other_headlines_are_other_campaigns(headlines: list[str]) -> None:
    new = copy(headline="Why nobody sang", to=box(9))

    assert stream_of_filled(new, two(*headlines), NOON) is None


def test_another_link_is_another_campaign() -> None:
    changed = copy(headline="The ship that Eva lost", to=box(9), more='<a href="/x">Read</a>')

    assert stream_of_filled(changed, two(*THREE), NOON) is None


def test_who_tries_headlines_out_on_himself_shows_nothing() -> None:
    tried = [
        begun(copy(headline=one, to=box(1)), timedelta(seconds=at)) for at, one in enumerate(THREE)
    ]

    assert stream_of_filled(copy(headline="The ship that Eva lost", to=box(2)), tried, NOON) is None


def test_nothing_is_filled_in_for_who_has_had_it_already() -> None:
    again = copy(headline="The ship that Eva lost", to=box(0))

    assert stream_of_filled(again, two(*THREE), NOON) is None


@pytest.mark.parametrize(
    ("apart", "asked"),
    [(TOGETHER, NOON + 2 * TOGETHER), (timedelta(0), NOON + AFTER + TOGETHER)],
)
def test_the_next_issues_headline_is_not_filled_in(apart: timedelta, asked: datetime) -> None:
    streams = [replace(one, since=NOON + at * apart) for at, one in enumerate(two(*THREE))]
    new = copy(headline="The ship that Eva lost", to=box(9))

    assert stream_of_filled(new, streams, asked) is None


def ruled(*standings: Standing, by: str | None = None) -> list[Stream]:
    made = [replace(one.ruling, standing=standing, by=by) for one, standing in _with(standings)]
    return [replace(one, ruling=ruling) for one, ruling in zip(two(*THREE), made, strict=True)]


def _with(standings: Sequence[Standing]) -> list[tuple[Stream, Standing]]:
    return list(zip(two(*THREE), standings, strict=True))


PASSED, BLOCKED, DISCARDED = Standing.PASSED, Standing.BLOCKED, Standing.DISCARDED


@pytest.mark.parametrize(
    ("standings", "by", "which"),
    [
        ((BLOCKED, BLOCKED, Standing.UNVERIFIED), None, 0),
        ((Standing.UNVERIFIED, PASSED, PASSED), None, 0),
        ((Standing.CHECKING, PASSED, PASSED), None, 0),
        ((PASSED, Standing.CHECKING, Standing.CHECKING), None, 1),
        ((PASSED, PASSED, Standing.CHECKING), None, 2),
        ((BLOCKED, PASSED, PASSED), "Eva", 0),
        ((DISCARDED, PASSED, PASSED), "Eva", 1),
        ((DISCARDED, DISCARDED, DISCARDED), "Eva", 0),
        ((PASSED, BLOCKED, PASSED), None, None),
    ],
)
def test_the_ruling_is_that_of_the_first_unless_checks_found_different_things(
    standings: tuple[Standing, ...], by: str | None, which: int | None
) -> None:
    streams = ruled(*standings, by=by)

    found = stream_of_filled(copy(headline="The ship that Eva lost", to=box(9)), streams, NOON)

    assert found == (None if which is None else streams[which])


@pytest.mark.parametrize(
    ("standings", "now"),
    [
        ((PASSED, PASSED, PASSED), PASSED),
        ((PASSED, PASSED, Standing.UNVERIFIED), PASSED),
        ((PASSED, BLOCKED, PASSED), None),
        ((PASSED, PASSED, Standing.CHECKING), Standing.CHECKING),
    ],
)
def test_what_was_kept_beside_the_first_goes_out_once_no_check_says_otherwise(
    standings: tuple[Standing, ...], now: Standing | None
) -> None:
    streams = ruled(*standings)
    kept = copy(headline="The ship that Eva lost", to=box(9))

    assert standing_as_filled(kept, streams[0], streams) is now


def test_it_is_the_same_campaign_in_whatever_order_they_are_known() -> None:
    streams = two(*THREE, "The ship that Дмитрий lost")
    new = copy(headline="The ship that Eva lost", to=box(9))

    found = {stream_of_filled(new, one, NOON) for one in (streams, streams[::-1], streams[:3])}

    assert found == {streams[0]}


ONES = st.from_regex(r"[A-ZÖ][a-zé]{1,9}", fullmatch=True)
BOTH = st.tuples(ONES, st.integers(0, 9_999))


@settings(max_examples=25)
@given(st.lists(BOTH, unique_by=(itemgetter(0), itemgetter(1)), min_size=4, max_size=8))
def test_whatever_the_readers_are_called_there_are_three(readers: list[tuple[str, int]]) -> None:
    copies = [
        copy(f"News of {points} points for you, {name}", f"What {name} missed", to=box(at))
        for at, (name, points) in enumerate(readers)
    ]

    names = in_turn(copies)

    assert names == [*names[:3], *names[:1] * (len(readers) - 3)]


def test_a_headline_that_is_put_right_again_and_again_is_no_field() -> None:
    things, names = ("ships", "boats", "yachts"), list("ABCDEFGHI")
    copies = [
        copy(headline=f"What {name} finds new on {thing} this month", to=box(ord(name)))
        for thing, name in zip((one for one in things for _ in range(3)), names, strict=True)
    ]

    assert len({*in_turn(copies)}) == len(copies)
