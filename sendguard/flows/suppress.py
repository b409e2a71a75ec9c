"""Nobody writes any more to those who left, and those whose mail came back."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from typing import TypeVar

from sendguard.ports.sending import Suppressed, Suppressions
from sendguard.send import Reader
from sendguard.send.bounce import Bounce, read_bounces

AT_ONCE = 2_000
"""The store is held for so many at a time: a worker wants it too, and input may come slowly."""

_T = TypeVar("_T")


@dataclass(frozen=True, slots=True)
class Listed:
    """What came of a list: addresses in it, and those that were not suppressed before."""

    read: int
    new: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Returned:
    """What came of a mailbox.

    Attributes:
        messages: How many there were in it.
        bounces: Recipients that they report a failure for.
        found: Deliveries of ours among them.
    """

    messages: int
    bounces: int
    found: int


def suppress(
    readers: Iterable[Reader], why: str, now: datetime, suppressions: Suppressions
) -> Listed:
    """Suppress readers; those that were before stay as they are.

    What was read before something went wrong stays suppressed, so that it can be tried again.
    """
    read = new = 0
    listed = (Suppressed(key=reader.key, why=why, at=now) for reader in readers)
    for some in _by(AT_ONCE, listed):
        read += len(some)
        new += suppressions.add(some)
    return Listed(read, new)


def take_returned(messages: Iterable[bytes], now: datetime, suppressions: Suppressions) -> Returned:
    """Mark what came back; to read a mailbox again changes nothing."""
    counted = _Counted(messages)
    bounces = found = 0
    for some in _by(AT_ONCE, counted.bounces()):
        bounces += len(some)
        found += suppressions.bounced(some, now)
    return Returned(messages=counted.count, bounces=bounces, found=found)


class _Counted:
    """The bounces of messages, which are counted on the way."""

    def __init__(self, messages: Iterable[bytes]) -> None:
        self._messages = messages
        self.count = 0

    def bounces(self) -> Iterator[Bounce]:
        for raw in self._messages:
            self.count += 1
            yield from read_bounces(raw)


def _by(size: int, things: Iterable[_T]) -> Iterator[list[_T]]:
    rest = iter(things)
    while some := list(islice(rest, size)):
        yield some
