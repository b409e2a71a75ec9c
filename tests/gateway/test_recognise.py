"""Copies of one campaign are known as such, and those of another one are not."""

import pytest

from sendguard.gateway.copies.recognise import fingerprint_of
from sendguard.gateway.copies.same import is_same_campaign
from tests.gateway.navigator import Reader, a_copy, recognised

ANNA = Reader(name="Anna Schmidt", address="anna@example.net", key="Zk3x9QpLw82_aVbN4tYcRe")
BERND = Reader(name="Bernd Öhler", address="b.oehler@example.com", key="q8WmT1_zXo5LhUe7Ds0-Kf")


def test_copies_for_two_readers_are_one_campaign() -> None:
    one, other = recognised(a_copy(ANNA)), recognised(a_copy(BERND))

    assert one.key == other.key
    assert is_same_campaign(other, one)


def test_a_name_with_an_umlaut_changes_the_encoding_and_not_the_campaign() -> None:
    one = recognised(a_copy(ANNA, encoding="base64"))
    other = recognised(a_copy(BERND, encoding="quoted-printable"))

    assert is_same_campaign(other, one)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("https://example.org/story-1", "https://example.org/story-2"),
        ("https://example.org/story-1", "https://example.com/story-1"),
        ("?issue=42", "?issue=43"),
        ("#comments", "#top"),
        ("Five ways to lose a sale</h2>", "Three ways to win a friend</h2>"),
        (">Read article<", ">Read the article<"),
        ("https%3A%2F%2Fexample.org%2Fa", "https%3A%2F%2Fexample.org%2Fb"),
        ("aHR0cHM6Ly9leGFtcGxlLm9yZy9hLzE", "aHR0cHM6Ly9leGFtcGxlLm9yZy9hLzI"),
        ("dQw4w9WgXcQ", "oHg5SJYRHA0"),
    ],
)
def test_one_change_in_a_link_or_a_headline_makes_another_campaign(old: str, new: str) -> None:
    one, other = recognised(a_copy(ANNA)), recognised(a_copy(BERND, change=(old, new)))

    assert not is_same_campaign(other, one)


def test_the_name_of_a_campaign_is_always_the_same() -> None:
    name = fingerprint_of(recognised(a_copy(ANNA)))

    assert name == fingerprint_of(recognised(a_copy(ANNA)))
    assert len(name) == 12
    assert int(name, 16) >= 0
