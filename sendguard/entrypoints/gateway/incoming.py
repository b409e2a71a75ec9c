"""A message as it comes in behind DATA, piece by piece, until its dot."""

from sendguard.entrypoints.gateway import replies
from sendguard.entrypoints.gateway.room import Share
from sendguard.send import Reply

LONGEST_LINE = 1 << 20
_END = b"\r\n.\r\n"


class Flood(Exception):
    """Twice as much came as a message may have, and still no dot."""


class Incoming:
    """One message on its way in.

    Only CRLF, dot, CRLF ends it, so that no second message can hide in it. What is no message is
    read to that end all the same, and not kept.

    Args:
        max_size: Of the message, in bytes.
        share: Of the memory that all messages on their way have together.

    Source:
        RFC 5321, sections 4.1.1.4, 4.5.2 (the dots) and 2.3.8 (lines end in CRLF and nothing else).
    """

    def __init__(self, max_size: int, share: Share) -> None:
        self._body = bytearray(b"\r\n")  # as if a line had ended: the dot may stand in the first
        self._max_size = max_size
        self._share = share
        self._came = 0
        self._refusal: Reply | None = None

    def feed(self, piece: bytes) -> bytes | None:
        """Take the next bytes: what stands behind the message, or None while it goes on.

        Raises:
            Flood: The client is to be cut off.
        """
        begin = max(0, len(self._body) - len(_END) + 1)
        self._body += piece
        self._came += len(piece)
        end = self._body.find(_END, begin)
        if end < 0:
            self._bound()
        if self._refusal is None and not self._share.grow(len(piece)):
            self._refusal = replies.FULL
        if end < 0:
            self._forget_what_is_refused()
            return None
        rest = bytes(memoryview(self._body)[end + len(_END) :])
        del self._body[end + 2 :]
        if len(self._body) - 2 > self._max_size:
            self._refusal = self._refusal or replies.TOO_BIG
        return rest

    def _bound(self) -> None:
        if self._came > 2 * self._max_size + len(_END):
            raise Flood
        if self._came > self._max_size + len(_END):
            self._refusal = self._refusal or replies.TOO_BIG

    def _forget_what_is_refused(self) -> None:
        if self._refusal is not None:
            del self._body[: -len(_END)]
            self._share.free()

    def result(self) -> bytes | Reply:
        """The message as the client meant it, or why it is none; once, behind its end."""
        if self._refusal is not None:
            return self._refusal
        if (fault := _fault(self._body)) is not None:
            return fault
        body = self._body
        if b"\r\n." in body:
            body = body.replace(b"\r\n.", b"\r\n")
        self._body = bytearray()
        return bytes(memoryview(body)[2:])


def _fault(body: bytearray) -> Reply | None:
    """Why it is none: where servers differ about a line's end, one of them sees two messages."""
    ends = body.count(b"\r\n")
    if not body.count(b"\r") == body.count(b"\n") == ends:
        return replies.BARE
    if b"\0" in body:
        return replies.NUL
    return replies.LONG_LINE if _has_long_line(body) else None


def _has_long_line(body: bytearray) -> bool:
    begin = 0
    while len(body) - begin > LONGEST_LINE:
        begin = body.rfind(b"\n", begin, begin + LONGEST_LINE) + 1
        if begin == 0:
            return True
    return False
