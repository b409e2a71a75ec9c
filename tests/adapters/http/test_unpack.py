import gzip
import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sendguard.adapters.http.unpack import Garbled, Unpacker

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


@pytest.mark.parametrize("encoding", ["br", "zstd", "gzip, gzip", "ROT13"])
def test_what_was_not_asked_for_is_garbled(encoding: str) -> None:
    with pytest.raises(Garbled, match="not asked for"):
        Unpacker(encoding)
