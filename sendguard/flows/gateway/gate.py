"""What happens to one message, from the final dot to the answer."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import assert_never

from sendguard.config.gateway import Gateway, Listener, Mode
from sendguard.errors import BadStore
from sendguard.flows.gateway.apart import Apart
from sendguard.flows.gateway.book import Book
from sendguard.flows.gateway.judging import Judging
from sendguard.flows.gateway.on_its_way import OnItsWay
from sendguard.flows.gateway.streams import Forgotten, KnownStreams
from sendguard.flows.gateway.studies import Studies
from sendguard.gateway import Copy, Held, HeldState, Mail, Passage, Stream, replies
from sendguard.gateway.answer import Act, act_on
from sendguard.gateway.circle import has_gone_far
from sendguard.gateway.handed import Result, result_of
from sendguard.gateway.opened import Opened
from sendguard.gateway.study import Study
from sendguard.gateway.trace import UNCHECKED, traced
from sendguard.gateway.volume import Volume
from sendguard.ports import Clock
from sendguard.ports.watching import Journal
from sendguard.send import Outcome, Reply, State

MOST_TURNS = 3
"""So often a copy is looked at anew because its campaign stands otherwise by now."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Craft:
    """What is done with messages without waiting.

    Attributes:
        recognise: What one says of its campaign.
        non_delivery: One to the sender that tells who refused his; None where he has no address.
    """

    recognise: Callable[[Opened], Copy]
    non_delivery: Callable[[Mail, Mapping[str, Outcome]], Mail | None]


class _OutOfDate(Exception):
    """The campaign stands otherwise in the store than here."""

    def __init__(self, stream: Stream) -> None:
        super().__init__(stream.fingerprint)
        self.stream = stream


class Gate:
    """Answers each message.

    Attributes:
        kept: How many messages the store keeps, as far as is known.
        next_hop_says: Why copies are put off that may go on; None while the next hop is reached.
        on_kept: Called when one is kept that may go at once.
    """

    def __init__(  # noqa: PLR0913 - one for each thing that it asks
        self,
        *,
        terms: Gateway,
        craft: Craft,
        known: KnownStreams,
        judging: Judging,
        studies: Studies,
        book: Book,
        next_hop: OnItsWay,
        clock: Clock,
        journal: Journal,
    ) -> None:
        self._terms = terms
        self._craft = craft
        self._known = known
        self._judging = judging
        self._studies = studies
        self._book = book
        self._next_hop = next_hop
        self._clock = clock
        self._journal = journal
        self._volume = Volume()
        self._apart = Apart()
        self._says: str | None = None
        self._unreached: str | None = None
        self.kept = 0
        self.next_hop_says: str | None = None
        self.on_kept: Callable[[], None] = _do_nothing

    @property
    def trouble(self) -> str | None:
        """Why mail is put off that is in order; None where it is not."""
        if self.kept >= self._terms.max_held:
            return f"no more than {self._terms.max_held:,} messages are kept, and so many are"
        return self._says or self.next_hop_says

    async def take(self, mail: Mail, listener: Listener) -> Reply:
        """Take one message, or not; the answer to its final dot.

        Nothing that goes wrong here is a 5xx, and nothing of it lets a message pass, unless
        `gateway.fail_open` says so.
        """
        if circle := self._circle(mail):
            return circle
        try:
            reply = await self._take(mail, listener)
        except BadStore as error:
            return await self._fail(mail, str(error))
        except Exception as error:  # noqa: BLE001 - the client must get an answer
            self._journal.warn("mistake", error=error)
            return await self._fail(mail, type(error).__name__)
        if self._says and reply.code < 400:
            self._says = None
            self._journal.tell("mail-taken-again")
        return reply

    def _circle(self, mail: Mail) -> Reply | None:
        """Why it is not taken: it comes from behind us; None where it does not."""
        reply = replies.GONE_FAR if has_gone_far(mail) else None
        if self._next_hop.has(mail):
            reply = replies.ON_ITS_WAY
        if reply is not None:
            self._journal.warn("circle", sender=mail.sender, says=reply.text)
        return reply

    async def _take(self, mail: Mail, listener: Listener) -> Reply:
        message = Opened(mail)
        copy = await self._apart.do(partial(self._craft.recognise, message), len(mail.data))
        if listener.bulk_only and not self._is_bulk(copy, mail):
            message.close()
            return await self._let_through(mail, listener)
        for _ in range(MOST_TURNS):
            try:
                return await self._decide(copy, message, listener)
            except (_OutOfDate, Forgotten) as found:
                self._known.forget(found.stream)
        return replies.UNDECIDED

    async def _decide(self, copy: Copy, message: Opened, listener: Listener) -> Reply:
        stream = await self._campaign(copy, message)
        if act_on(stream.standing, listener) is Act.WAIT:
            message.close()
            await self._judging.settled(stream, self._terms.wait_s)
            # It may be another one: what is filled in was taken for granted until checks differed.
            stream = await self._campaign(copy, message)
        return await self._obey(act_on(stream.standing, listener), message, stream, listener)

    async def _campaign(self, copy: Copy, message: Opened) -> Stream:
        """Which it is of, as that stands now; a new one is checked from now on."""
        match = await self._known.of(copy, message.mail)
        stream = match.stream
        if match.is_new:
            study = partial(self._studies.begin, stream, message)
            await self._apart.do(study, len(message.mail.data))
            self._judging.start(stream)
        else:
            stream = await self._judging.compare(match, copy)
        return await self._judging.refreshed(stream)

    async def _obey(self, act: Act, message: Opened, stream: Stream, listener: Listener) -> Reply:
        match act:
            case Act.RELAY:
                return await self._relay(message, stream, listener)
            case Act.HOLD:
                return await self._hold(message, stream)
            case Act.WAIT | Act.DEFER_UNDECIDED:
                return await self._put_off(message.mail, stream)
            case Act.DEFER_STOPPED | Act.REFUSE:
                self._count_back(message.mail, stream, for_good=act is Act.REFUSE)
                return replies.stopped(stream, for_good=act is Act.REFUSE)
            case _:
                assert_never(act)

    def _is_bulk(self, copy: Copy, mail: Mail) -> bool:
        return copy.is_bulk or self._volume.is_much(copy, mail, self._clock.elapsed_s())

    async def _put_off(self, mail: Mail, stream: Stream) -> Reply:
        self._count_back(mail, stream, for_good=False)
        trouble = self._judging.failing.get(stream.fingerprint)
        if trouble is None:
            return replies.UNDECIDED
        return await self._fail(mail, trouble)

    async def _hold(self, message: Opened, stream: Stream) -> Reply:
        if self.kept >= self._terms.max_held:
            return replies.FULL
        study = await self._studies.of(stream)
        held = self._held(message.mail, stream.fingerprint, HeldState.HELD)
        await self._enter(stream, await self._passages(study, message), (held,))
        self._count(1)
        return replies.TAKEN

    async def _relay(self, message: Opened, stream: Stream, listener: Listener) -> Reply:
        study = await self._studies.of(stream)
        outgoing = await self._apart.do(
            partial(study.outgoing, message.mail), len(message.mail.data)
        )
        if outgoing is None:
            self._journal.warn("not-repaired", campaign=stream.fingerprint)
            return await self._hold(message, stream)
        passages = await self._passages(study, message)
        begun = [replace(one, state=State.SENDING) for one in passages]
        message.close()
        await self._enter(stream, begun)
        result = result_of((await self._next_hop.hand_on(outgoing)).outcomes)
        became = {
            (one.fingerprint, one.key): result.states[one.address]
            for one in begun
            if one.address in result.states
        }
        self._book.settle(became)
        return await self._answer(result, message.mail, stream.fingerprint, listener)

    async def _passages(self, study: Study, message: Opened) -> Sequence[Passage]:
        return await self._apart.do(partial(study.passages, message), len(message.mail.data))

    async def _enter(
        self, stream: Stream, passages: Sequence[Passage], held: Sequence[Held] = ()
    ) -> None:
        """Write it down, or find out that a person has just decided otherwise."""
        if stream.fingerprint in await self._book.enter(passages, held):
            raise _OutOfDate(stream)

    async def _let_through(self, mail: Mail, listener: Listener) -> Reply:
        """Hand on what is no bulk mail; nothing is kept of it."""
        mail = self._unchecked(mail)
        result = result_of((await self._next_hop.hand_on(mail)).outcomes)
        return await self._answer(result, mail, None, listener)

    async def _answer(
        self, result: Result, mail: Mail, fingerprint: str | None, listener: Listener
    ) -> Reply:
        """What the next hop said; the gateway is answerable for those whom that leaves out."""
        self._tell_of_next_hop(result.unreached)
        # Of what is kept for it, whoever releases that tells.
        self.next_hop_says = None if listener.mode is Mode.HOLD else result.unreached
        left: list[Held] = []
        if result.unreached and listener.mode is Mode.HOLD:
            if self.kept >= self._terms.max_held:
                return replies.FULL
            left.append(self._held(mail, fingerprint, HeldState.DUE))
        if result.later:
            rest = replace(mail, recipients=result.later)
            left.append(self._held(rest, fingerprint, HeldState.DUE))
        if result.refused and (told := self._craft.non_delivery(mail, result.refused)):
            left.append(self._held(told, None, HeldState.DUE))
        if not left:
            return result.reply
        try:
            await self._book.enter((), left)
        except BadStore as error:
            # Some may have it by now, so not even `fail_open` hands it on a second time.
            return self._put_off_for_us(str(error))
        self._count(len(left))
        self.on_kept()
        return replies.TAKEN if result.unreached else result.reply

    def _tell_of_next_hop(self, why: str | None) -> None:
        """Once; where nothing is ever kept, nobody else would."""
        if why and not self._unreached:
            self._journal.warn("next-hop-lost", says=why)
        elif self._unreached and not why:
            self._journal.tell("next-hop-back")
        self._unreached = why

    async def _fail(self, mail: Mail, says: str) -> Reply:
        if not self._terms.fail_open:
            return self._put_off_for_us(says)
        self._journal.warn("let-through-unchecked", says=says, sender=mail.sender)
        result = result_of((await self._next_hop.hand_on(self._unchecked(mail))).outcomes)
        # Nothing can be kept now: whoever was put off while others were served gets no second try.
        return result.reply

    def _put_off_for_us(self, says: str) -> Reply:
        if self._says != says:  # once, not for every message
            self._journal.warn("mail-put-off", says=says)
        self._says = says
        return replies.OUR_FAILURE

    def _unchecked(self, mail: Mail) -> Mail:
        """As it goes on without a check: what its sender wrote is not to pass for our word."""
        return traced(mail, UNCHECKED) if self._terms.trace else mail

    def _held(self, mail: Mail, fingerprint: str | None, state: HeldState) -> Held:
        return Held(fingerprint=fingerprint, mail=mail, since=self._clock.now(), state=state)

    def _count_back(self, mail: Mail, stream: Stream, *, for_good: bool) -> None:
        self._book.turn_away(stream.fingerprint, len(mail.recipients), for_good=for_good)

    def _count(self, more: int) -> None:
        self.kept += more


def _do_nothing() -> None:
    """Nobody waits for messages."""
