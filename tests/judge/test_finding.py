"""What a fingerprint depends on."""

from itertools import product

from sendguard.judge.finding import fingerprint

WALL = "“Ada” could not be looked at: it asks for a login, https://in.example/wall"


def test_a_fingerprint_is_the_same_for_the_same() -> None:
    assert fingerprint("SG207", "Ada", "https://x.org/", WALL) == fingerprint(
        "SG207", "Ada", "https://x.org/", WALL
    )


def test_a_fingerprint_changes_with_whatever_it_is_made_of() -> None:
    codes, labels = ("SG301", "SG302"), ("Ada", "Bob")
    addresses = ("https://x.org/?a=1", "https://x.org/?a=2")
    sentences = ("It opens https://x.org/?b=1", "It opens https://x.org/?b=2")

    made = {fingerprint(*four) for four in product(codes, labels, addresses, sentences)}

    assert len(made) == 16


def test_what_a_wall_adds_to_an_address_for_each_visitor_changes_nothing() -> None:
    first, second, cut = (
        fingerprint("SG207", "Ada", "https://x.org/", f"{WALL}{added}")
        for added in ("?session=1", "?session=2", "…session=3")
    )

    assert first == second == cut


def test_a_wall_elsewhere_is_another() -> None:
    assert fingerprint("SG207", "Ada", "https://x.org/", WALL) != fingerprint(
        "SG207", "Ada", "https://x.org/", WALL.replace("in.example", "out.example")
    )
