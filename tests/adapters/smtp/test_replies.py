"""Replies, from bytes however they come in."""

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sendguard.adapters.smtp.replies import (
    LONGEST_TEXT,
    LONGEST_UNENDED,
    MOST_LINES,
    Confused,
    Heard,
    Replies,
)
from sendguard.send import Reply


def heard(came: bytes) -> list[Heard]:
    return list(Replies().feed(came))


def test_a_reply_is_its_code_its_enhanced_code_and_its_text() -> None:
    (one,) = heard(b"550-5.1.1 nobody\r\n550 5.1.1  of that name \r\n")

    assert one.reply == Reply(code=550, enhanced="5.1.1", text="nobody of that name")


@pytest.mark.parametrize("line", [b"250\r\n", b"250 \r\n", b"250\n"])
def test_a_reply_may_say_nothing(line: bytes) -> None:
    (one,) = heard(line)

    assert one.reply == Reply(code=250, enhanced=None, text="")


def test_an_enhanced_code_of_another_class_is_mere_text() -> None:
    (one,) = heard(b"550 2.0.0 fine\r\n")

    assert one.reply == Reply(code=550, enhanced=None, text="2.0.0 fine")


def test_what_cannot_be_shown_is_left_out_of_a_reply() -> None:
    (one,) = heard(b"550 a\x00b\xff \x1b[2Jc\r\n")

    assert one.reply.text == "a b\ufffd [2Jc"


def test_a_refusal_that_says_too_much_is_one_all_the_same() -> None:
    replies = Replies()

    told = [*replies.feed(b"554 " + b"z" * 5_000), *replies.feed(b"z" * 5_000 + b"\r\n250 ok\r\n")]

    assert [one.code for one in told] == [554, 250]
    assert len(told[0].reply.text) == LONGEST_TEXT


@given(st.lists(st.sampled_from([b"250 ok", b"354 go", b"550-no\r\n550 way"])), st.data())
def test_replies_are_the_same_however_they_are_cut(lines: list[bytes], data: st.DataObject) -> None:
    whole = b"".join(line + b"\r\n" for line in lines)
    cut = data.draw(st.integers(0, len(whole)))
    replies = Replies()

    in_two = [*replies.feed(whole[:cut]), *replies.feed(whole[cut:])]

    assert in_two == heard(whole)
    assert len(in_two) == len(lines)


@given(st.lists(st.binary(max_size=60)))
def test_whatever_comes_is_replies_or_confusion(pieces: list[bytes]) -> None:
    replies, told = Replies(), list[Heard]()

    with suppress(Confused):
        for piece in pieces:
            told += replies.feed(piece)

    assert all(200 <= one.code <= 599 and one.reply.text.isprintable() for one in told)


@pytest.mark.parametrize(
    "endless", [b"250 " + b"x" * (2 * LONGEST_UNENDED), b"250-x\r\n" * (MOST_LINES + 1)]
)
def test_no_reply_goes_on_for_ever(endless: bytes) -> None:
    with pytest.raises(Confused):
        heard(endless)
