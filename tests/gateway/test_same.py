"""What may differ between two copies of one campaign."""

from time import process_time

import pytest

from sendguard.gateway import Copy, is_same_campaign
from sendguard.gateway.copies.differences import differences


def copy(*texts: str, own: str = "", meaning: tuple[int, ...] = (0, 1), tokens: str = "") -> Copy:
    return Copy(
        key="k",
        texts=texts,
        meaning=meaning,
        subject=texts[0],
        sender="Navigator <navigator@example.org>",
        list_id=None,
        own=frozenset(own.split()),
        is_bulk=True,
        tokens=tuple(tokens.split(";")) if tokens else (),
    )


SUBJECT, HEADLINE = "The Navigator", "Five ways to lose a sale"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Dear Anna,", "Dear Bernd Öhler,"),
        ("You have 120 points", "You have 9,800 points"),
        ("Meet us in Hamburg on Friday.", "Meet us in São Paulo on Friday."),
        ("Your plan: Gold", "Your plan: Silver plus"),
        ("Dear Anna, in Bonn we keep 5 seats", "Dear Ole, in New York we keep 12 seats"),
        ("Sent to anna@example.net", "Sent to bernd@example.net"),
        ("", "Anna"),
    ],
)
def test_what_is_a_readers_own_may_differ_in_a_text(one: str, other: str) -> None:
    ours = copy(SUBJECT, HEADLINE, one, own="anna anna@example.net")
    theirs = copy(SUBJECT, HEADLINE, other, own="bernd öhler bernd@example.net")

    assert is_same_campaign(ours, theirs)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Five ways to lose a sale", "Six ways to lose a sale"),
        ("Five ways to lose a sale", "Five ways to win a sale"),
        ("Issue 41", "Issue 42"),
        ("Part 1", "Part 2"),
        ("Anna, the ship that never came", "Bernd, the ship that came"),
        ("Read article", "Read it"),
        ("Sale ends 24 November", "Sale ends 25 November"),
    ],
)
@pytest.mark.parametrize("place", [0, 1])
def test_a_headline_and_a_subject_may_not_differ(one: str, other: str, place: int) -> None:
    texts, others = [SUBJECT, HEADLINE, "Dear Anna,"], [SUBJECT, HEADLINE, "Dear Bernd,"]
    texts[place], others[place] = one, other

    assert not is_same_campaign(copy(*texts, own="anna"), copy(*others, own="bernd"))


def test_a_name_may_differ_in_a_subject_and_a_headline() -> None:
    ours = copy("Anna, the Navigator is here", "Anna's points", own="anna")
    theirs = copy("Bernd, the Navigator is here", "Bernd's points", own="bernd")

    assert is_same_campaign(ours, theirs)


def test_a_name_that_only_the_greeting_tells_may_be_called_in_a_headline() -> None:
    ours = copy(SUBJECT, "Anna, what you missed", "Hello Anna,")
    theirs = copy(SUBJECT, "Bernd, what you missed", "Hello Bernd,")

    assert is_same_campaign(ours, theirs)


def test_an_address_in_a_text_may_not_differ() -> None:
    ours = copy(SUBJECT, HEADLINE, "Go to example.org/a for more")
    theirs = copy(SUBJECT, HEADLINE, "Go to example.org/b for more")

    assert not is_same_campaign(ours, theirs)


def test_other_paragraphs_are_another_campaign() -> None:
    ours = copy(SUBJECT, HEADLINE, "The ship left the harbour on a fine morning in May.")
    theirs = copy(SUBJECT, HEADLINE, "Nobody had told the cook about the captain's new rule.")

    assert not is_same_campaign(ours, theirs)


def test_many_small_differences_are_another_campaign() -> None:
    ours = copy(SUBJECT, HEADLINE, *(f"soup number {number}" for number in range(100, 120)))
    theirs = copy(SUBJECT, HEADLINE, *(f"dish without {number}" for number in range(200, 220)))

    assert not is_same_campaign(ours, theirs)


PAGES = "//e.org/p/2 1a Zk3x9QpLw82aVbN4;//e.org/p/2 2b q8WmT1zXo5LhUe7D"


@pytest.mark.parametrize(
    ("tokens", "is_same"),
    [
        (PAGES, True),
        ("//e.org/p/2 1a H7fG2kLp0QwErTy5;//e.org/p/2 2b mN3bV6cX9zAsDf1G", True),
        ("//e.org/p/2 1a Zk3x9QpLw82aVbN4;//e.org/p/2 2b mN3bV6cX9zAsDf1G", False),
        ("//e.org/p/2 1a H7fG2kLp0QwErTy5;//e.org/p/2 2b H7fG2kLp0QwErTy5", False),
        ("//e.org/p/2 1a HowToRecoverFromIt;//e.org/p/2 2b AndOneMoreThing42", True),
    ],
)
def test_tokens_differ_all_or_none(tokens: str, is_same: bool) -> None:  # noqa: FBT001
    ours, theirs = copy(SUBJECT, tokens=tokens), copy(SUBJECT, tokens=PAGES)

    assert is_same_campaign(ours, theirs) is is_same


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("20261122", "20261123"),
        ("HowToRecoverFromIt", "HowToRecoverFromMe"),
        ("B08N5WRW", "B08N5WRX"),
    ],
)
def test_what_names_one_page_may_not_differ(one: str, other: str) -> None:
    ours = copy(SUBJECT, tokens=f"//e.org/p/2 1a {one}")
    theirs = copy(SUBJECT, tokens=f"//e.org/p/2 1a {other}")

    assert not is_same_campaign(ours, theirs)


def test_one_reader_has_one_token() -> None:
    ours = copy(SUBJECT, tokens="//e.org/p/2 1a Zk3x9QpLw82aVbN4", own="anna@example.net")
    theirs = copy(SUBJECT, tokens="//e.org/p/2 1a q8WmT1zXo5LhUe7D", own="anna@example.net")

    assert not is_same_campaign(ours, theirs)


def test_texts_are_compared_in_bounded_time() -> None:
    ours, theirs = ["a b"] * 100_000, ["b a"] * 100_000
    began = process_time()

    found = differences(" ".join(ours).split(), " ".join(theirs).split())

    assert found is None or len(found) < 30
    assert process_time() - began < 1
