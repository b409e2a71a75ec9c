"""Bodies unpacked piece by piece, never to more bytes than were asked for."""

import zlib

# Packers that work in parallel write a part for every 64 KB or more.
MOST_PARTS = 200

_NOT_PACKED = frozenset({"", "identity", "none"})
_GZIP = frozenset({"gzip", "x-gzip"})
_NOT_ASKED_FOR = frozenset({"br", "zstd", "dcb", "dcz"})


class Garbled(Exception):
    """A body is not packed as its headers say; the message is a few words for a person."""


class Unpacker:
    """Undoes one Content-Encoding.

    A name that nobody knows (`utf-8`) counts for nothing where the body is markup as it
    stands: browsers pass over it, too.

    Raises:
        Garbled: It is one that was not asked for, or several at once.
    """

    def __init__(self, encoding: str) -> None:
        names = [name.strip() for name in encoding.lower().split(",")]
        packed = [name for name in names if name not in _NOT_PACKED]
        if len(packed) > 1 or _NOT_ASKED_FOR.intersection(packed):
            raise _not_asked_for(encoding)
        name = packed[0] if packed else ""
        is_known = name in _GZIP or name == "deflate"
        self._inflater = _Inflater(name) if is_known else None
        self._unknown = "" if is_known else name

    @property
    def is_whole(self) -> bool:
        """True unless a packed body has begun and not come to its end."""
        return self._inflater is None or self._inflater.is_whole

    @property
    def is_at_end(self) -> bool:
        """True once something has come that is no part of the body."""
        return self._inflater is not None and self._inflater.is_at_end

    def unpack(self, piece: bytes, room: int) -> bytes:
        """The content of the next `piece`, at most `room` bytes; the rest is dropped.

        Raises:
            Garbled: The bytes are not what the headers say.
        """
        if self._inflater is None:
            return self._as_it_stands(piece)[:room]
        try:
            return self._inflater.inflate(piece, room)
        except zlib.error as error:
            raise Garbled("the answer is packed, and cannot be unpacked") from error

    def _as_it_stands(self, piece: bytes) -> bytes:
        start = piece.lstrip(b"\xef\xbb\xbf \t\r\n")
        if self._unknown and start and not start.startswith(b"<"):
            raise _not_asked_for(self._unknown)
        if start:
            self._unknown = ""
        return piece


class _Inflater:
    """Unpacks gzip, which may consist of several parts, and deflate, with its frame or without."""

    def __init__(self, name: str) -> None:
        self._is_gzip = name in _GZIP
        self._unzip = self._unzipper()
        self._began = False
        self._parts = 1
        self.is_at_end = False

    @property
    def is_whole(self) -> bool:
        return self._unzip.eof or not self._began

    def inflate(self, piece: bytes, room: int) -> bytes:
        if not self._began and piece:
            self._begin(piece)
        content = bytearray()
        while piece and len(content) < room and not self.is_at_end:
            if self._unzip.eof:
                self._go_on_behind_the_end(piece)
            else:
                content += self._unzip.decompress(piece, room - len(content))
                piece = self._unzip.unused_data
        return bytes(content)

    def _begin(self, piece: bytes) -> None:
        self._began = True
        # Some servers send deflate without the zlib frame that the standard wants.
        if not self._is_gzip and piece[0] & 0x0F != 8:
            self._unzip = zlib.decompressobj(-zlib.MAX_WBITS)

    def _go_on_behind_the_end(self, piece: bytes) -> None:
        # Left to itself, zlib would keep whatever comes behind the end, however much it is.
        self._parts += 1
        is_part = self._is_gzip and piece[0] == 0x1F and self._parts <= MOST_PARTS
        self.is_at_end = not is_part
        if is_part:
            self._unzip = self._unzipper()

    def _unzipper(self) -> "zlib._Decompress":
        return zlib.decompressobj(16 + zlib.MAX_WBITS if self._is_gzip else zlib.MAX_WBITS)


def _not_asked_for(name: str) -> Garbled:
    return Garbled(f"the answer is packed in a way that was not asked for ({name.strip()[:40]})")
