"""What the check opens of one copy is in the other copy, letter by letter."""

from random import Random
from string import ascii_letters, ascii_uppercase, digits

from hypothesis import given, settings
from hypothesis import strategies as st

from sendguard.flows.in_memory import Shelf
from sendguard.flows.prepare import Prepared, prepare_all
from sendguard.gateway import Mail, Ruling, Standing, Stream, told_apart
from sendguard.gateway.copies.apart import readers_codes
from sendguard.gateway.copies.same import stands_for
from sendguard.gateway.sample import sample_files
from tests.builders import NOON
from tests.gateway.coded import BOB, a_letter
from tests.gateway.navigator import recognised

WORDS = ("five-ways", "news", "story", "x", "a%2Fb", "2026", "20261122", "about-us", "X7K2P9")
SIGNS = ("/", "?", "&", ".", "=", ";", "-", "%2F", "#", "(", "@", ",", "+", "%3D", "//", "?c=")
ALPHABETS = (
    *((ascii_uppercase + digits, 6), (digits, 5), ("0123456789abcdef", 8)),
    *((f"{ascii_letters}{digits}-_", 10), (digits, 3)),
)


def a_template(chance: Random) -> str:
    """Of a path, with one or two codes of its reader in it."""
    pieces = ("{code}", "{code}", "{other}", *WORDS)
    told = (chance.choice(SIGNS) + chance.choice(pieces) for _ in range(chance.randrange(1, 6)))
    return "/" + "".join(told)


def links_of(chance: Random, templates: list[str], kind: int) -> list[str]:
    alphabet, length = ALPHABETS[kind]

    def a_code() -> str:
        return "".join(chance.choices(alphabet, k=length))

    own = a_code()
    return [
        f"https://n.example{one.replace('{code}', own).replace('{other}', a_code())}"
        for one in templates
    ]


def opened(mail: Mail, first: Mail, personal: frozenset[str]) -> list[str | None]:
    """The addresses that a check asks for, where these codes are known to be the reader's."""
    ruling = Ruling(standing=Standing.CHECKING, at=NOON, personal=personal)
    stream = Stream(fingerprint="3f9a2c71d0e4", first=recognised(first), since=NOON, ruling=ruling)
    (ready,) = prepare_all(["one"], Shelf({"one": sample_files(stream, mail)}))
    assert isinstance(ready, Prepared)
    return [
        None if one.id in ready.reasons else (one.url.text if one.url else one.href)
        for one in ready.links
    ]


@settings(max_examples=60)
@given(st.integers(0, 2**32).map(Random), st.integers(0, len(ALPHABETS) - 1))
def test_nothing_is_opened_that_another_copy_has_otherwise(chance: Random, kind: int) -> None:
    base = [a_template(chance) for _ in range(2)]
    ends = ("", "/story", "?x=1", "/about-us")
    templates = [chance.choice(base) + chance.choice(ends) for _ in range(5)]
    first = a_letter(*links_of(chance, templates, kind))
    other = a_letter(*links_of(chance, templates, kind), to=BOB)
    copies = recognised(other), recognised(first)
    stream = Stream(
        fingerprint="3f9a2c71d0e4",
        first=copies[1],
        since=NOON,
        ruling=Ruling(standing=Standing.CHECKING, at=NOON),
    )

    if told_apart(copies[0], stream) is not None:
        pairs = readers_codes(*copies, frozenset(), stands_for) or {}
        ours = opened(first, first, frozenset(pairs))
        theirs = opened(other, first, frozenset(pairs.values()))
        assert all(one is None or one == two for one, two in zip(ours, theirs, strict=True))
