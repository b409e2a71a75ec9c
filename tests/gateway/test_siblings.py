"""Campaigns that differ in a few words alone are counted."""

from sendguard.gateway.siblings import Siblings
from tests.fakes_gateway import a_stream


def test_the_first_ones_are_each_taken_for_themselves() -> None:
    siblings = Siblings(most=2, within_s=60)

    many = [siblings.are_many(a_stream(fingerprint=f"{n:012}"), 0.0) for n in range(4)]

    assert many == [False, False, True, True]


def test_the_same_one_again_is_no_other() -> None:
    siblings = Siblings(most=1, within_s=60)

    assert not any(siblings.are_many(a_stream(), 0.0) for _ in range(5))


def test_after_some_time_it_is_counted_anew() -> None:
    siblings = Siblings(most=1, within_s=60)
    siblings.are_many(a_stream(fingerprint="0" * 12), 0.0)

    assert not siblings.are_many(a_stream(), 61.0)
