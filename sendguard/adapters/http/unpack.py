"""Bodies unpacked piece by piece, never to more bytes than were asked for."""

import zlib


class Garbled(Exception):
    """A body is not packed as its headers say; the message is a few words for a person."""


class Unpacker:
    """Undoes one Content-Encoding.

    Raises:
        Garbled: It is one that was not asked for.
    """

    def __init__(self, encoding: str) -> None:
        name = encoding.strip().lower()
        if name not in {"", "identity", "none", "gzip", "x-gzip", "deflate"}:
            raise Garbled(f"the answer is packed in a way that was not asked for ({name[:40]})")
        self._may_be_bare = name == "deflate"
        self._zlib = _unzipper(name)
        self._began = False

    @property
    def is_whole(self) -> bool:
        """True unless a packed body has begun and not come to its end."""
        return self._zlib is None or self._zlib.eof or not self._began

    def unpack(self, piece: bytes, room: int) -> bytes:
        """The content of the next `piece`, at most `room` bytes; the rest is dropped.

        Raises:
            Garbled: The bytes are not what the headers say.
        """
        if self._zlib is None:
            return piece[:room]
        try:
            return self._inflate(self._zlib, piece, room)
        except zlib.error as error:
            raise Garbled("the answer is packed, and cannot be unpacked") from error

    def _inflate(self, unzip: "zlib._Decompress", piece: bytes, room: int) -> bytes:
        # Some servers send deflate without the zlib frame that the standard wants.
        if self._may_be_bare and not self._began and piece[:1] and piece[0] & 0x0F != 8:
            self._zlib = unzip = zlib.decompressobj(-zlib.MAX_WBITS)
        self._began = self._began or bool(piece)
        return unzip.decompress(piece, room)


def _unzipper(name: str) -> "zlib._Decompress | None":
    match name:
        case "gzip" | "x-gzip":
            return zlib.decompressobj(16 + zlib.MAX_WBITS)
        case "deflate":
            return zlib.decompressobj()
        case _:
            return None
