"""The first message of each campaign that comes by, studied once."""

import asyncio
from collections import OrderedDict

from sendguard.errors import BadStore
from sendguard.gateway import Mail, Stream
from sendguard.gateway.study import Study
from sendguard.ports.gateway import Streams

MOST_STUDIES = 50


class Studies:
    """Keeps those that were asked for last.

    Args:
        streams: Has the first messages.
        has_trace: See `Study`.
    """

    def __init__(self, streams: Streams, *, has_trace: bool) -> None:
        self._streams = streams
        self._has_trace = has_trace
        self._made: OrderedDict[tuple[str, tuple[tuple[str, str], ...]], Study] = OrderedDict()

    def begin(self, stream: Stream, sample: Mail) -> Study:
        """Study a first message."""
        study = Study.of(stream, sample, has_trace=self._has_trace)
        self._made[stream.fingerprint, stream.repairs] = study
        if len(self._made) > MOST_STUDIES:
            self._made.popitem(last=False)
        return study

    async def of(self, stream: Stream) -> Study:
        """What is known of a campaign.

        Raises:
            BadStore: The store cannot be used, or its first message is gone.
        """
        name = stream.fingerprint, stream.repairs
        if study := self._made.get(name):
            self._made.move_to_end(name)
            return study
        sample = await asyncio.to_thread(self._streams.sample, stream.fingerprint)
        if sample is None:
            raise BadStore(f"the first message of {stream.fingerprint} is gone")
        return self.begin(stream, sample)
