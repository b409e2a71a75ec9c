"""Each campaign is checked once, outside of the sessions that its copies come in by."""

import asyncio
from collections.abc import Callable, Collection, Sequence
from dataclasses import replace
from datetime import timedelta

from sendguard.errors import BadStore, SendGuardError
from sendguard.flows.gateway.comparing import Comparing, opened_by
from sendguard.flows.gateway.large import TurnsOfLarge
from sendguard.flows.gateway.streams import Forgotten, KnownStreams, Match
from sendguard.flows.gateway.verdicts import MakeNotice, MakeRuling, Terms
from sendguard.gateway import Copy, Mail, Ruling, Standing, Stream
from sendguard.gateway.stream import IS_STOPPED
from sendguard.ports import Clock
from sendguard.ports.gateway import Streams
from sendguard.ports.watching import Journal

LEASE_S = 30.0
"""So long a check is ours without a sign of life."""
LOOK_EVERY_S = 1.0
FIRST_REST_S, LONGEST_REST_S = 2.0, 60.0
"""Before a check that failed for a reason of ours is made again."""
STOPPED_S = 600.0
"""So long it counts that a campaign was stopped: what was wrong may have been mended where the
link leads."""
MOST_AT_ONCE = 4

_BY_CHECK = frozenset({Standing.CHECKING, Standing.PASSED, Standing.BLOCKED, Standing.UNVERIFIED})


class Judging:
    """Sees to it that every campaign is decided.

    Attributes:
        failing: Why the check of a campaign could not be made, by fingerprint.
        trouble: Why the store cannot be asked; None while it can.
        on_ruled: Called when campaigns were decided.
    """

    def __init__(  # noqa: PLR0913 - one for each thing that it asks
        self,
        *,
        streams: Streams,
        known: KnownStreams,
        make_ruling: MakeRuling,
        make_notice: MakeNotice,
        clock: Clock,
        journal: Journal,
        terms: Terms,
    ) -> None:
        self._streams = streams
        self._known = known
        self._make_ruling = make_ruling
        self._make_notice = make_notice
        self._clock = clock
        self._journal = journal
        self._terms = terms
        self._checks: dict[str, asyncio.Task[None]] = {}
        self._turns = asyncio.Semaphore(MOST_AT_ONCE)
        self._large = TurnsOfLarge()
        self._waiting: dict[str, asyncio.Event] = {}
        self._comparing = Comparing(terms.second_copy_s)
        self._setting_apart = asyncio.Lock()
        self.failing: dict[str, str] = {}
        self.trouble: str | None = None
        self.on_ruled: Callable[[], None] = _do_nothing

    def start(self, stream: Stream) -> None:
        """Check it, unless that is under way."""
        if stream.fingerprint not in self._checks:
            task = asyncio.create_task(self._decide(stream))
            self._checks[stream.fingerprint] = task
            task.add_done_callback(lambda _: self._checks.pop(stream.fingerprint, None))

    async def compare(self, match: Match, copy: Copy) -> Stream:
        """Learn from another reader's copy which links are nobody's own, and which are somebody's.

        Returns:
            The campaign; where it passed by what is one reader's own, it is undecided again.

        Raises:
            BadStore: The store cannot be used.
        """
        stream = await self._set_apart(match) if match.tells else match.stream
        is_open = stream.standing in {Standing.CHECKING, Standing.UNVERIFIED}
        if not is_open or stream.ruling.by is not None:
            return stream
        if self._comparing.learn(stream, copy) and stream.standing is Standing.UNVERIFIED:
            self.start(stream)
        return stream

    async def _set_apart(self, match: Match) -> Stream:
        """They are the reader's own: no check may have opened them, neither one that was made."""
        async with self._setting_apart:
            stream, codes = self._known.latest(match.stream), match.tells
            if codes <= stream.ruling.personal:
                return stream
            set_apart, name = self._streams.set_apart, stream.fingerprint
            found = await asyncio.to_thread(set_apart, name, codes, self._clock.now())
            if found is None:
                self._known.forget(stream)
                raise Forgotten(stream)
            self._known.learn(found)
        if found.ruling.by is None or found.standing is Standing.CHECKING:
            self.start(found)
        return found

    @property
    def under_way(self) -> "Collection[asyncio.Task[None]]":
        """The checks that are being made."""
        return tuple(self._checks.values())

    async def settled(self, stream: Stream, within_s: float) -> Stream:
        """The campaign once it is decided, or as it is after so long."""
        changed = self._waiting.setdefault(stream.fingerprint, asyncio.Event())
        try:
            async with asyncio.timeout(within_s):
                while self._known.latest(stream).standing is Standing.CHECKING:
                    await changed.wait()
                    changed = self._waiting.setdefault(stream.fingerprint, asyncio.Event())
        except TimeoutError:
            pass
        return self._known.latest(stream)

    async def refreshed(self, stream: Stream) -> Stream:
        """The campaign as it stands; what was found out too long ago is found out anew.

        Raises:
            BadStore: The store cannot be used.
        """
        if stream.standing in IS_STOPPED:
            # A person may just have let it go: nobody is to get it back for what is known too late.
            stream = await self._known.renewed(stream)
        ruling = stream.ruling
        if ruling.by is not None or stream.standing is Standing.CHECKING:
            return stream
        passed = stream.standing is Standing.PASSED
        age_s = (self._clock.now() - ruling.at).total_seconds()
        if age_s <= (self._terms.verdict_s if passed else STOPPED_S):
            return stream
        if not passed:
            self.start(stream)  # meanwhile it stays stopped
            return stream
        now = self._clock.now()
        again = Ruling(standing=Standing.CHECKING, at=now, personal=ruling.personal)
        if await self._rule(stream, again, frozenset({Standing.PASSED})):
            self.start(self._known.latest(stream))
        return self._known.latest(stream)

    async def work(self, stop: asyncio.Event) -> None:
        """Learn what others decide, and check what nobody checks, until `stop` is set."""
        while not stop.is_set():
            try:
                await self._look()
            except BadStore as error:
                self.trouble = str(error)
            except Exception as error:  # noqa: BLE001 - nobody would hear of rulings any more
                self._journal.warn("mistake", error=error)
            else:
                self.trouble = None
            await _pause(stop, LOOK_EVERY_S)
        for check in list(self._checks.values()):
            check.cancel()

    async def _look(self) -> None:
        news = await self._known.catch_up()
        for one in news:
            self._tell_waiting(one)
        if any(one.standing is not Standing.CHECKING for one in news):
            self.on_ruled()
        for one in await asyncio.to_thread(self._streams.unchecked, self._clock.now()):
            self._known.learn(one)
            self.start(one)

    async def _decide(self, stream: Stream) -> None:
        await self._comparing.second_copy(stream, self._clock.now())
        rest_s = FIRST_REST_S
        while not await self._is_checked(stream):
            await asyncio.sleep(rest_s)
            rest_s = min(2 * rest_s, LONGEST_REST_S)

    async def _is_checked(self, stream: Stream) -> bool:
        """Check it once; False where that failed for a reason of ours."""
        try:
            async with self._turns:
                await self._check_if_ours(stream)
        except Exception as error:  # noqa: BLE001 - else its copies would wait for ever
            self._fail(stream, error)
            return False
        self.failing.pop(stream.fingerprint, None)
        return True

    def _fail(self, stream: Stream, error: Exception) -> None:
        self.failing[stream.fingerprint] = str(error)
        self._tell_waiting(stream)
        about = {"campaign": stream.fingerprint, "subject": stream.first.subject}
        if isinstance(error, SendGuardError):
            self._journal.warn("not-checked", **about, says=str(error))
        else:
            self._journal.warn("mistake", **about, error=error)

    async def _check_if_ours(self, stream: Stream) -> None:
        if not await self._take(stream):
            return  # whoever has it will say
        keeping = asyncio.create_task(self._keep(stream))
        try:
            await self._check(stream)
        finally:
            keeping.cancel()

    async def _take(self, stream: Stream) -> bool:
        now = self._clock.now()
        until = now + timedelta(seconds=LEASE_S)
        take = self._streams.take_check
        return await asyncio.to_thread(take, stream.fingerprint, self._terms.holder, now, until)

    async def _keep(self, stream: Stream) -> None:
        while True:
            await asyncio.sleep(LEASE_S / 3)
            try:
                await self._take(stream)
            except BadStore:
                continue  # the ruling will say so

    async def _check(self, stream: Stream) -> None:
        sample = await asyncio.to_thread(self._streams.sample, stream.fingerprint)
        if sample is None:
            raise Forgotten(stream)
        ruling: Ruling | None = None
        while ruling is None or not stream.ruling.personal <= ruling.personal:
            # What others learned of its links counts, too.
            stream = await self._known.renewed(self._known.latest(stream))
            async with self._large.of(sample):
                ruling = await self._ruling(stream, sample)
            if await self._rule(stream, ruling, _BY_CHECK, stream.repairs):
                return self._tell(stream, ruling)
            stream = await self._known.renewed(stream)
        return None  # a person was faster

    def _tell(self, stream: Stream, ruling: Ruling) -> None:
        about = {"campaign": stream.fingerprint, "subject": stream.first.subject}
        tell = self._journal.tell if ruling.standing is Standing.PASSED else self._journal.warn
        tell("ruled", **about, standing=str(ruling.standing), says=ruling.says)

    async def _ruling(self, stream: Stream, sample: Mail) -> Ruling:
        """What the check says, with what other copies told of the links by its end."""
        shared = self._comparing.known_of(stream)
        ruling = await self._make_ruling(stream, sample, shared)
        more = self._comparing.known_of(stream)
        if ruling.standing is Standing.UNVERIFIED and opened_by(more) != opened_by(shared):
            shared, ruling = more, await self._make_ruling(stream, sample, more)
        known = opened_by(shared) | (more - opened_by(more))
        return replace(ruling, shared=known, personal=stream.ruling.personal)

    async def _rule(
        self,
        stream: Stream,
        ruling: Ruling,
        expected: frozenset[Standing],
        repairs: Sequence[tuple[str, str]] | None = None,
    ) -> bool:
        is_ours = await asyncio.to_thread(self._write, stream, ruling, expected, repairs)
        if is_ours:
            self._known.ruled(stream, ruling)
            self._tell_waiting(stream)
            self.on_ruled()
        return is_ours

    def _write(
        self,
        stream: Stream,
        ruling: Ruling,
        expected: frozenset[Standing],
        repairs: Sequence[tuple[str, str]] | None,
    ) -> bool:
        before = self._known.latest(stream)
        is_new = ruling.standing is not before.standing
        notice = self._make_notice(before, ruling) if is_new else None
        return self._streams.rule(
            stream.fingerprint, ruling, expected, notice, self._terms.addresses, repairs=repairs
        )

    def _tell_waiting(self, stream: Stream) -> None:
        if event := self._waiting.pop(stream.fingerprint, None):
            event.set()


def _do_nothing() -> None:
    """Nobody waits for rulings."""


async def _pause(stop: asyncio.Event, seconds: float) -> None:
    try:
        async with asyncio.timeout(seconds):
            await stop.wait()
    except TimeoutError:
        pass
