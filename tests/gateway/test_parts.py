"""What of a copy is its reader's own."""

from collections.abc import Sequence
from urllib.parse import quote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sendguard.gateway import Mail
from sendguard.gateway.opened import Opened, look_inside
from sendguard.gateway.readers.parts import OTHER_TEXT, Baseline, Pieces
from sendguard.read import LARGEST_BYTES
from tests.gateway.copies import a_copy_for, a_recipient

ADA, BOB = a_recipient(1), a_recipient(2)
PIECES = st.lists(
    st.text(st.sampled_from("ab .<>&;=/\"'é") | st.sampled_from("xyz"), max_size=12), max_size=8
)


def ready(first: Mail) -> Baseline:
    baseline = Baseline.of(Opened(first))
    assert baseline
    return baseline


def in_html(*pieces: str) -> Pieces:
    return Pieces(every=("", "", "", *pieces), text=3, html=3)


def built(baseline: Baseline, parts: dict[int, str]) -> list[str]:
    """The copy again, from the first one and its parts."""
    own = baseline.whole(parts)
    return [
        "".join(
            own.get(place, baseline.words[place - 1])
            for place in range(baseline.starts[at], baseline.starts[at + 1])
        )
        for at in range(len(baseline.pieces.every))
    ]


def test_nothing_of_a_copy_that_is_the_same_is_its_readers_own() -> None:
    assert ready(a_copy_for(ADA)).parts(Opened(a_copy_for(ADA))) == {}


@pytest.mark.parametrize("encoding", ["quoted-printable", "base64", "7bit"])
def test_a_token_that_stands_in_every_link_is_kept_once(encoding: str) -> None:
    baseline = ready(a_copy_for(ADA))

    parts = baseline.parts(Opened(a_copy_for(BOB, encoding=encoding)))

    assert parts
    assert list(parts.values()).count(BOB.token) == 1
    assert set(parts.values()) == {*BOB.own, quote(BOB.address)}


def test_a_copy_of_another_build_is_not_looked_into() -> None:
    other = a_copy_for(BOB)
    other = Mail(sender="", recipients=(), data=other.data.replace(b"<b>", b"<b><i>"))

    assert ready(a_copy_for(ADA)).parts(Opened(other)) is None


def test_nothing_is_known_of_a_copy_that_has_hardly_anything_of_the_first() -> None:
    many = in_html(*(f"word{number}" for number in range(1_000)))
    others = in_html(*(f"other{number}" for number in range(1_000)))

    assert Baseline.of_pieces(many).parts_of(others) is None


def test_a_text_that_is_wrapped_otherwise_is_told_as_a_whole() -> None:
    first, other = a_copy_for(ADA), a_copy_for(BOB)
    other = Mail(sender="", recipients=(), data=other.data.replace(b"Read art", b"Read\r\nart"))

    parts = ready(first).parts(Opened(other))

    assert parts
    assert OTHER_TEXT in parts


def test_a_message_of_too_much_text_is_not_looked_into() -> None:
    data = b"Subject: x\r\n\r\n" + b"x" * (LARGEST_BYTES + 1)
    large = Mail(sender="", recipients=(), data=data)

    assert Baseline.of(Opened(large)) is None
    assert ready(a_copy_for(ADA)).parts(Opened(large)) is None


@given(PIECES, st.data())
def test_a_copy_can_be_built_again_from_its_parts(
    first: Sequence[str], data: st.DataObject
) -> None:
    copy = [data.draw(st.sampled_from(first) | PIECES.map("".join)) for _ in first]
    baseline = Baseline.of_pieces(in_html(*first))

    parts = baseline.parts_of(in_html(*copy))

    assert parts is not None
    assert built(baseline, dict(parts)) == ["", "", "", *copy]


@given(st.lists(st.sampled_from(["token-one", "token-two", "a token-one b", "<a>"]), max_size=9))
def test_words_that_stand_in_many_places_are_told_apart_again(copy: Sequence[str]) -> None:
    baseline = Baseline.of_pieces(in_html(*(["token-one token-one"] * len(copy))))

    parts = baseline.parts_of(in_html(*copy))

    assert parts is not None
    assert built(baseline, dict(parts)) == ["", "", "", *copy]


@given(st.binary(max_size=300))
def test_whatever_comes_in_is_opened(data: bytes) -> None:
    inside = look_inside(b"Content-Type: multipart/mixed; boundary=a\r\n\r\n--a\r\n" + data)

    assert inside.parts
    look_inside(data)
