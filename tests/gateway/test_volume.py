"""What goes to many is bulk mail, whatever its headers say."""

from sendguard.gateway import Copy, Mail
from sendguard.gateway.volume import MUCH, WITHIN_S, Volume

COPY = Copy(
    key="5e",
    texts=("Hello",),
    meaning=(),
    subject="Hello",
    sender="ada@example.org",
    list_id=None,
    own=frozenset(),
    is_bulk=False,
)


def to(name: str) -> Mail:
    return Mail(sender="ada@example.org", recipients=(f"{name}@example.org",), data=b"\r\n")


def test_a_few_are_not_many() -> None:
    volume = Volume()

    assert not any(volume.is_much(COPY, to(f"r{i}"), 0.0) for i in range(MUCH - 1))


def test_many_people_within_an_hour_are_a_list() -> None:
    volume = Volume()
    for number in range(MUCH):
        volume.is_much(COPY, to(f"r{number}"), 0.0)

    assert volume.is_much(COPY, to("another"), 1.0)


def test_one_person_who_gets_it_again_and_again_is_no_list() -> None:
    volume = Volume()

    assert not any(volume.is_much(COPY, to("ada"), 0.0) for _ in range(3 * MUCH))


def test_after_an_hour_it_is_counted_anew() -> None:
    volume = Volume()
    for number in range(MUCH):
        volume.is_much(COPY, to(f"r{number}"), 0.0)

    assert not volume.is_much(COPY, to("another"), WITHIN_S + 1)
