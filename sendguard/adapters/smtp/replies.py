"""Replies of an SMTP server, from the bytes that come in; strict, and bounded."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from sendguard.send import Accepted, Deferred, Refused, Reply

LONGEST_LINE = 4096
"""Of a line so much is read: a refusal is one also where it says more than RFC 5321 allows."""
LONGEST_UNENDED = 8 << 10
MOST_LINES = 128
LONGEST_TEXT = 1000

_LINE = re.compile(rb"([2-5][0-9]{2})(?:([ -])([^\r]*))?\r?")
_ENHANCED = re.compile(r"([245]\.[0-9]{1,3}\.[0-9]{1,3})(?= |$)")


class Confused(Exception):
    """What came is no reply, or none to what was asked; nothing after it can be relied on."""


@dataclass(frozen=True, slots=True)
class Heard:
    """A reply as it came; what it says is only read where somebody wants to know."""

    code: int
    lines: tuple[bytes, ...]

    @property
    def reply(self) -> Reply:
        """The reply with its text in one line, of which every character can be shown."""
        texts = [" ".join(_shown(line).split()) for line in self.lines]
        enhanced = _enhanced(self.code, texts[0])
        if enhanced:
            texts = [text.removeprefix(enhanced).lstrip() for text in texts]
        text = " ".join(text for text in texts if text)[:LONGEST_TEXT]
        return Reply(code=self.code, enhanced=enhanced, text=text)

    @property
    def is_good(self) -> bool:
        """Did the server do what it was asked?"""
        return 200 <= self.code < 300

    @property
    def outcome(self) -> Accepted | Deferred | Refused:
        """What the reply means for a letter.

        Raises:
            Confused: It means nothing (3xx).
        """
        match self.code // 100:
            case 2:
                return Accepted(self.reply)
            case 4:
                return Deferred(self.reply)
            case 5:
                return Refused(self.reply)
            case _:
                raise Confused(f"the server answered out of turn: {self.reply}")


def _shown(line: bytes) -> str:
    text = line.decode("utf-8", "replace")
    if text.isprintable():
        return text
    return "".join(char if char.isprintable() else " " for char in text)


def _enhanced(code: int, text: str) -> str | None:
    said = _ENHANCED.match(text)
    return said[1] if said and said[1][0] == str(code)[0] else None


@lru_cache(32)
def _parts(line: bytes) -> tuple[bytes, bytes, bytes, Heard]:
    """Code, mark and text of a line, and the reply that it is by itself.

    To envelopes a server says the same again and again.

    Raises:
        Confused: It is no line of a reply.
    """
    parts = _LINE.fullmatch(line)
    if parts is None:
        raise Confused(f"the server answered what is no reply: {_shown(line[:80]).strip()}")
    code, mark, text = parts.groups(b"")
    return code, mark, text, Heard(int(code), (text,))


class Replies:
    """Parts what comes in into replies (RFC 5321, section 4.2.1)."""

    def __init__(self) -> None:
        self._rest = b""
        self._overlong = 0
        self._lines: list[bytes] = []
        self._code = b""

    def feed(self, came: bytes) -> Iterator[Heard]:
        """The replies that are whole now.

        Raises:
            Confused: It is no reply, or longer than any that means well.
        """
        *lines, rest = (self._rest + came).split(b"\n")
        for line in lines:
            self._overlong = 0
            if heard := self._take(line[:LONGEST_LINE]):
                yield heard
        self._rest = rest[:LONGEST_LINE]
        self._overlong += len(rest) - len(self._rest)
        if self._overlong > LONGEST_UNENDED:
            raise Confused("the server answered with a line that does not end")

    def _take(self, line: bytes) -> Heard | None:
        code, mark, text, alone = _parts(line)
        if not self._lines and mark != b"-":
            return alone
        return self._take_one_of_many(code, mark, text)

    def _take_one_of_many(self, code: bytes, mark: bytes, text: bytes) -> Heard | None:
        if self._lines and code != self._code:
            raise Confused("the server gave an answer of which every line says something else")
        self._code = code
        self._lines.append(text)
        if len(self._lines) > MOST_LINES:
            raise Confused("the server gave an answer that does not end")
        if mark == b"-":
            return None
        heard = Heard(int(code), tuple(self._lines))
        self._lines.clear()
        return heard
