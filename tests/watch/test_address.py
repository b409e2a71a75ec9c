"""What stands for an address."""

from sendguard.watch.address import digest_of


def test_two_addresses_are_told_apart_without_being_kept() -> None:
    one, other = digest_of("slack://hunter2/a"), digest_of("slack://hunter2/b")

    assert one != other
    assert "hunter2" not in one + other


def test_half_a_character_in_an_address_is_no_trouble() -> None:
    assert digest_of("slack://\ud83d")
