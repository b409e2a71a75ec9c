"""Short codes and numbers of a reader in links make no second campaign; another page does."""

from random import Random

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from sendguard.gateway import Ruling, Standing, Stream, is_same_campaign, told_apart
from sendguard.gateway.copies.codes import are_codes, is_code
from tests.builders import NOON
from tests.gateway.coded import (
    ADA,
    BOB,
    LIST,
    SITE,
    STORIES,
    asked,
    copy_of,
    each,
    signed_off,
    tracked,
)


def are_one(first: list[str], other: list[str]) -> bool:
    return is_same_campaign(copy_of(*other, to=BOB), copy_of(*first))


@pytest.mark.parametrize(
    ("first", "other"),
    [
        (asked("X7K2P9"), asked("Q8M4T1")),
        (asked("X7K2P9"), asked("HOUSEK")),
        (asked("10001"), asked("10002")),
        (asked("9999"), asked("10000")),
        (asked("k3x9a1b7c2"), asked("k3x9a1b7c3")),
        (asked("X7K2P9")[:2], asked("Q8M4T1")[:2]),
        (signed_off("X7K2P9", "X7K2P9"), signed_off("Q8M4T1", "Q8M4T1")),
        (tracked("10001"), tracked("731")),
        (tracked("X7K2P9"), tracked("Q8M4T1")),
        ([f"{SITE}/X7K2P9/{one}" for one in STORIES], [f"{SITE}/Q8M4T1/{one}" for one in STORIES]),
        (each("X7K2P9", "Z1B6W3", "4RT77A"), each("Q8M4T1", "L0P2C8", "9XX3M1")),
    ],
)
def test_a_code_that_goes_with_the_reader_is_his(first: list[str], other: list[str]) -> None:
    assert are_one(first, other)


@pytest.mark.parametrize(
    ("first", "other"),
    [
        (each("X7K2P9"), each("Q8M4T1")),
        (each("X7K2P9", "Z1B6W3"), each("Q8M4T1", "L0P2C8")),
        (each("X7K2P9", "Z1B6W3", "4RT77A"), each("Q8M4T1", "Z1B6W3", "4RT77A")),
        (each("X7K2P9", "Z1B6W3", "4RT77A"), each("Q8M4T1", "L0P2C8", "4RT77A")),
        (each("X7K2P9", "Z1B6W3", "4RT77A"), each("Q8M4T1", "Q8M4T1", "9XX3M1")),
        (each("4711", "4712", "4713"), each("4720", "4721", "4722")),
        (each("north", "right", "farms"), each("south", "wrong", "banks")),
        (signed_off("Z1B6W3", "X7K2P9"), signed_off("4RT77A", "Q8M4T1")),
        (signed_off("X7K2P9", "X7K2P9"), signed_off("Q8M4T1", "X7K2P9")),
        (asked("north"), asked("south")),
        (asked("story10"), asked("story11")),
        (asked("480x320"), asked("960x640")),
        (asked("20261122"), asked("20261129")),
        (asked("20261122"), asked("20251122")),
        *((asked("4711", name), asked("4712", name)) for name in ("issue", "utm_id", "post_id")),
        ([*asked("X7K2P9"), f"{SITE}/s/X7K2P9"], [*asked("Q8M4T1"), f"{SITE}/s/X7K2P9"]),
        ([*asked("X7K2P9"), f"{SITE}/s/Z1B6W3"], [*asked("Q8M4T1"), f"{SITE}/s/4RT77A"]),
        (
            [f"{SITE}/p/{one}" for one in ("4711", "4711#top", "4711?page=2", "9999")],
            [f"{SITE}/p/{one}" for one in ("4712", "4712#top", "4712?page=2", "9999")],
        ),
        (
            [f"{SITE}/p/4711", f"{SITE}/i/4711/400.png", f"{SITE}/p/4711#top"],
            [f"{SITE}/p/4712", f"{SITE}/i/4712/400.png", f"{SITE}/p/4712#top"],
        ),
        ([f"https://bit.ly/{one}" for one in ("3xKq9Z", "3xKq9Y", "4aB3c1")],
         [f"https://bit.ly/{one}" for one in ("3yLr8X", "3yLr8W", "4bC4d2")]),
    ],
)  # fmt: skip
def test_another_page_is_another_campaign(first: list[str], other: list[str]) -> None:
    assert not are_one(first, other)


def test_what_is_the_same_for_all_is_never_a_readers_again() -> None:
    stream = a_stream(asked("X7K2P9"), shared=frozenset({"X7K2P9"}))

    assert told_apart(copy_of(*asked("Q8M4T1"), to=BOB), stream) is None


def test_what_is_known_to_be_the_readers_needs_no_proof_again() -> None:
    stream = a_stream([f"{SITE}/a?c=HOUSEK"], personal=frozenset({"HOUSEK"}))

    told = told_apart(copy_of(f"{SITE}/a?c=FARMER", to=BOB), stream)

    assert told == frozenset({"HOUSEK"})


def test_one_reader_has_no_two_codes() -> None:
    assert not is_same_campaign(copy_of(*asked("Q8M4T1")), copy_of(*asked("X7K2P9")))


def test_what_goes_to_many_as_it_is_has_no_readers_code_in_it() -> None:
    first, many = (
        copy_of(*asked(code), to=LIST, envelope=who)
        for code, who in (
            ("X7K2P9", (ADA, "cyd@example.net", "eva@example.net")),
            ("Q8M4T1", (BOB, "dan@example.net", "fay@example.net")),
        )
    )

    assert many.is_for_many
    assert not is_same_campaign(many, first)
    assert not is_same_campaign(many, copy_of(*asked("X7K2P9")))


@pytest.mark.parametrize("called", [ADA, "ada+news@example.net", LIST])
def test_an_archive_of_every_copy_makes_no_mail_for_many_of_it(called: str) -> None:
    assert not copy_of(SITE, to=called, envelope=(ADA, "archive@example.org")).is_for_many


@pytest.mark.parametrize(
    ("one", "other", "are"),
    [
        ("X7K2P9", "Q8M4T1", True),
        ("KQ7294", "HTB529", True),
        ("10001", "473", True),
        ("2026", "2025", False),
        ("261122", "261123", False),
        ("22112026", "29112026", False),
        ("issue42", "issue43", False),
        ("right", "wrong", False),
        ("X7K2P9", "QM4", False),
    ],
)
def test_codes_are_told_by_their_looks(one: str, other: str, are: bool) -> None:  # noqa: FBT001
    assert are_codes(one, other) is are


ALPHABETS = (
    *("0123456789ABCDEFGHJKLMNPQRSTUVWXYZ", "0123456789abcdefghijklmnopqrstuvwxyz"),
    *("0123456789", "0123456789abcdef"),
)


def a_code(chance: Random, alphabet: str, length: int) -> str:
    """At least three digits and three letters, or digits alone that are no date."""
    while True:
        code = "".join(chance.choices(alphabet, k=length))
        digits = sum(one.isdigit() for one in code)
        if (digits == length and is_code(code)) or 3 <= digits <= length - 3:
            return code


@settings(max_examples=40)
@given(
    st.integers(0, 2**32).map(Random), st.sampled_from(ALPHABETS), st.integers(6, 15), st.booleans()
)
def test_whatever_their_codes_are_readers_get_one_campaign(
    chance: Random,
    alphabet: str,
    length: int,
    in_path: bool,  # noqa: FBT001
) -> None:
    codes = [a_code(chance, alphabet, length) for _ in range(4)]
    assume(all(are_codes(code, codes[0]) for code in codes[1:]))  # else they look alike by chance
    links = [tracked(code) if in_path else asked(code) for code in codes]
    first, *others = (copy_of(*one, to=f"r{at}@example.net") for at, one in enumerate(links))

    assert all(is_same_campaign(other, first) for other in others)
    changed = copy_of(*[*links[1][:-1], f"{links[1][-1]}x"], to="r1@example.net")
    assert not is_same_campaign(changed, first)


def a_stream(
    links: list[str],
    *,
    personal: frozenset[str] = frozenset(),
    shared: frozenset[str] = frozenset(),
) -> Stream:
    ruling = Ruling(standing=Standing.PASSED, at=NOON, personal=personal, shared=shared)
    return Stream(fingerprint="3f9a2c71d0e4", first=copy_of(*links), since=NOON, ruling=ruling)
