"""The two addresses of a repair."""

from sendguard.correct.addresses import carrying


def test_what_counts_readers_is_carried_over() -> None:
    was = "https://x.org/a?utm_source=n&who={{ email }}"

    assert carrying(was, "https://x.org/b") == "https://x.org/b?utm_source=n&who={{ email }}"


def test_what_stood_in_one_readers_copy_of_another_program_is_not() -> None:
    was = "https://counter.example/c?u={{part_2}}&to=9"

    assert carrying(was, "https://x.org/b") == "https://x.org/b"
