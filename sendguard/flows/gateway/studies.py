"""The first message of each campaign that comes by, studied once."""

import asyncio
from datetime import datetime

from sendguard.flows.gateway.comparing import opened_by
from sendguard.flows.gateway.streams import Forgotten
from sendguard.gateway import Mail, Standing, Stream, recognise, told_apart
from sendguard.gateway.copies.filled import FEWEST, standing_as_filled
from sendguard.gateway.copies.shared import keeps_shared
from sendguard.gateway.opened import Opened
from sendguard.gateway.stream import GOES_OUT
from sendguard.gateway.study import Study
from sendguard.ports.gateway import Streams

MOST_STUDIES = 50
MOST_WORDS = 1_000_000
"""Of all first messages; each word takes some 100 bytes."""

MOST_ALONE = 10_000

_Name = tuple[str, tuple[tuple[str, str], ...]]


class KeptBack(Exception):
    """A kept message does not go out with its campaign; says why."""


class NotYet(KeptBack):
    """It is being found out whether it may."""


class Studies:
    """Keeps the last ones that were made. Threads may ask it as well as the loop.

    Args:
        streams: Has the first messages.
        has_trace: See `Study`.
    """

    def __init__(self, streams: Streams, *, has_trace: bool) -> None:
        self._streams = streams
        self._has_trace = has_trace
        self._made: dict[_Name, Study] = {}
        self._alone: set[tuple[str, datetime]] = set()

    def begin(self, stream: Stream, sample: Opened) -> Study:
        """Study a first message."""
        study = Study.of(stream, sample, has_trace=self._has_trace)
        self._made[stream.fingerprint, stream.repairs] = study
        self._forget_some()
        return study

    async def of(self, stream: Stream) -> Study:
        """What is known of a campaign; see `found`."""
        if made := self._made.get((stream.fingerprint, stream.repairs)):
            return made
        return await asyncio.to_thread(self.found, stream)

    def found(self, stream: Stream) -> Study:
        """What is known of a campaign; this may take as long as the store does.

        Raises:
            Forgotten: Its first message is gone.
            BadStore: The store cannot be used.
        """
        made = self._made.get((stream.fingerprint, stream.repairs))
        if made is not None:
            return made
        sample = self._streams.sample(stream.fingerprint)
        if sample is None:
            raise Forgotten(stream)
        return self.begin(stream, Opened(sample))

    def _forget_some(self) -> None:
        made = tuple(self._made.items())  # other threads add to it
        words = sum(one.words for _, one in made)
        for at, (name, study) in enumerate(made[:-1]):
            if len(made) - at <= MOST_STUDIES and words <= MOST_WORDS:
                break
            self._made.pop(name, None)
            words -= study.words

    def outgoing(self, mail: Mail, stream: Stream | None) -> Mail | None:
        """A message as it goes on; see `Study.outgoing`. What is of no campaign goes as it is.

        Raises:
            KeptBack: The check of its campaign says nothing of it.
            BadStore: The store cannot be used.
        """
        if stream is None:
            return mail
        if stream.ruling.by is None:
            self._hold_back(mail, stream)
        return self.found(stream).outgoing(mail)

    def _hold_back(self, mail: Mail, stream: Stream) -> None:
        """It was kept before checks said what they said, of this campaign or of others like it."""
        if not opened_by(stream.ruling.shared) and self._is_alone(stream):
            return
        copy = recognise(Opened(mail))
        if not keeps_shared(copy, stream):
            raise KeptBack("its links lead elsewhere than those that were checked")
        if told_apart(copy, stream) is not None:
            return
        standing = standing_as_filled(copy, stream, self._streams.of_key(stream.first.key))
        if standing is Standing.CHECKING:
            raise NotYet("a copy with other words in its headline is being checked")
        if standing not in GOES_OUT:
            raise KeptBack("a copy with other words in its headline was stopped")

    def _is_alone(self, stream: Stream) -> bool:
        """Whether no others like it began before its ruling; what comes later knows of that."""
        name = stream.fingerprint, stream.ruling.at
        if name in self._alone:
            return True
        if len(self._streams.of_key(stream.first.key)) >= FEWEST:
            return False
        if len(self._alone) >= MOST_ALONE:
            self._alone.clear()
        self._alone.add(name)
        return True
