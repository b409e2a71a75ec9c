import gzip
import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sendguard.adapters.http.unpack import MOST_PARTS, Garbled, Unpacker

ENCODINGS = st.sampled_from(["", "identity", "gzip", "deflate"])


@given(ENCODINGS, st.lists(st.binary(max_size=200), max_size=5), st.integers(1, 50))
def test_no_bytes_unpack_to_more_than_there_is_room_for(
    encoding: str, pieces: list[bytes], room: int
) -> None:
    unpacker = Unpacker(encoding)
    try:
        unpacked = [unpacker.unpack(piece, room) for piece in pieces]
    except Garbled:
        unpacked = []

    assert all(len(content) <= room for content in unpacked)


@given(st.binary(min_size=1), st.integers(1, 20))
def test_a_packed_body_may_come_in_any_pieces(content: bytes, size: int) -> None:
    packed = gzip.compress(content)
    unpacker = Unpacker("GZIP ")

    pieces = [packed[at : at + size] for at in range(0, len(packed), size)]
    unpacked = b"".join(unpacker.unpack(piece, 100_000) for piece in pieces)

    assert unpacked == content
    assert unpacker.is_whole


def test_a_bomb_gives_no_more_than_there_is_room_for() -> None:
    bomb = zlib.compress(b"0" * 10_000_000)

    assert len(Unpacker("deflate").unpack(bomb, 1_000)) == 1_000


def test_a_gzip_file_in_parts_is_one_body() -> None:
    packed = gzip.compress(b"<title>In ") + gzip.compress(b"parts</title>")
    unpacker = Unpacker("gzip")

    unpacked = [unpacker.unpack(packed[at : at + 7], 100) for at in range(0, len(packed), 7)]

    assert b"".join(unpacked) == b"<title>In parts</title>"
    assert unpacker.is_whole


@pytest.mark.parametrize(
    ("encoding", "packed"),
    [("gzip", gzip.compress(b"Hello", mtime=0)), ("deflate", zlib.compress(b"Hello"))],
)
def test_what_comes_behind_the_packed_end_is_left(encoding: str, packed: bytes) -> None:
    unpacker = Unpacker(encoding)

    assert unpacker.unpack(packed + b"\0" * 100, 1_000) == b"Hello"
    assert unpacker.is_at_end
    assert unpacker.is_whole


def test_a_file_of_nothing_but_parts_comes_to_an_end() -> None:
    unpacker = Unpacker("gzip")

    unpacker.unpack(gzip.compress(b"") * (MOST_PARTS + 1), 1_000)

    assert unpacker.is_at_end


@pytest.mark.parametrize("encoding", ["utf-8", "none, ROT13"])
def test_an_encoding_that_nobody_knows_counts_for_nothing_over_markup(encoding: str) -> None:
    unpacker = Unpacker(encoding)

    pieces = [unpacker.unpack(piece, 100) for piece in (b"\r\n", b"<p>", b"Hello")]

    assert b"".join(pieces) == b"\r\n<p>Hello"


def test_an_encoding_that_nobody_knows_is_garbled_over_anything_else() -> None:
    with pytest.raises(Garbled, match="not asked for"):
        Unpacker("ROT13").unpack(b"Uryyb", 100)


@pytest.mark.parametrize("encoding", ["br", "zstd", "gzip, gzip"])
def test_what_was_not_asked_for_is_garbled(encoding: str) -> None:
    with pytest.raises(Garbled, match="not asked for"):
        Unpacker(encoding)
