"""One kept message is handed on, and it is settled what that made of it."""

import asyncio
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import timedelta

from sendguard.config.gateway import Gateway
from sendguard.flows.gateway.studies import KeptBack, NotYet
from sendguard.gateway import Ended, Held, Mail, Standing, Stream
from sendguard.gateway.notice import notice_of_refusals
from sendguard.gateway.release.brake import Brake
from sendguard.gateway.release.reach import Reach
from sendguard.gateway.release.settling import Terms, cancelled, put_back, said, settled_by
from sendguard.gateway.stream import GOES_OUT
from sendguard.ports import Clock
from sendguard.ports.gateway import Ledger, NextHop, Streams
from sendguard.ports.watching import Journal
from sendguard.send import Accepted, NotSent, Outcome, State, Unanswered
from sendguard.watch import Notice

TELL_AGAIN_S = 3_600.0
SOON = timedelta(seconds=2)

Outgoing = Callable[[Mail, Stream | None], Mail | None]
"""Makes what goes out of a message: puts right what a person asked for in its campaign, if it has
one. None where nothing of that was found in it: it must not go out as it is."""


def as_it_came(mail: Mail, stream: Stream | None) -> Mail | None:
    """The message itself, where nothing is to be put right."""
    return None if stream and stream.repairs else mail


def no_trouble() -> str | None:
    """Nothing else can go wrong."""
    return None


def tell_nobody(notice: Notice) -> None:
    """There is nobody to be told."""
    del notice


@dataclass(frozen=True, slots=True, kw_only=True)
class Equipment:
    """What messages are released with.

    Attributes:
        ledger, streams, next_hop, clock, journal: Ports.
        config: Of the gateway.
        holder: A name that no other process has.
        host: Name of this machine, for notices to senders.
        outgoing: Makes what goes out.
        tell_people: Tells them; it may take as long as the store does.
        more_trouble: Why else mail does not go on, which is written down with ours.
    """

    ledger: Ledger
    streams: Streams
    next_hop: NextHop
    clock: Clock
    journal: Journal
    config: Gateway
    holder: str
    host: str
    outgoing: Outgoing = as_it_came
    tell_people: Callable[[Notice], None] = tell_nobody
    more_trouble: Callable[[], str | None] = no_trouble


@dataclass(frozen=True, slots=True)
class Taken:
    """A message that was taken, with its campaign; None for one that belongs to none."""

    held: Held
    stream: Stream | None


class HandingOn:
    """Hands kept messages on, one with each call.

    Args:
        equipment: What to work with.
        reach: Told how the next hop answers.
        brake: Told what it refuses.
    """

    def __init__(self, equipment: Equipment, reach: Reach, brake: Brake) -> None:
        self._with = equipment
        self._reach, self._brake = reach, brake
        self._told_at_s = float("-inf")
        keep_trying_s = equipment.config.keep_trying_s
        self._terms = Terms(keep_trying_s=keep_trying_s, reporting=equipment.host)

    async def hand_on(self, taken: Taken) -> Ended:
        """What became of a message that was taken. Nothing is raised but a cancellation."""
        held, stream = taken.held, taken.stream
        if held.fingerprint and (stream is None or stream.standing not in GOES_OUT):
            return _stopped(held, stream)
        try:
            mail = await self._outgoing(held.mail, stream)
        except NotYet:
            return put_back(held, self._with.clock.now() + SOON)
        except KeptBack as error:
            about = {"campaign": held.fingerprint, "message": held.id}
            self._with.journal.warn("kept-back", **about, says=str(error))
            return self._put_off(held, str(error))
        except Exception as error:  # noqa: BLE001 - of this message; the others go on
            self._with.journal.warn("mistake", error=error)
            return self._put_off(held, "SendGuard made a mistake with it")
        if mail is None:
            self._with.journal.warn("not-repaired", campaign=held.fingerprint, message=held.id)
            return self._put_off(held, "the address that is to be put right was not found in it")
        return await self._hand_on(held, mail)

    async def _outgoing(self, mail: Mail, stream: Stream | None) -> Mail | None:
        if stream:  # takes apart what may be large, and may ask the store
            return await asyncio.to_thread(self._with.outgoing, mail, stream)
        return self._with.outgoing(mail, stream)

    async def _hand_on(self, held: Held, mail: Mail) -> Ended:
        answers = self._reach.answers
        outcomes = await self._outcomes(mail)
        self._hear(outcomes)
        await self._brake_or_go_on(outcomes)
        outcomes = self._brake.softened(outcomes, held.tries)
        return self._settled(held, outcomes, is_away=self._reach.answers == answers)

    async def _outcomes(self, mail: Mail) -> Mapping[str, Outcome]:
        try:
            handed = await self._with.next_hop.hand_on(mail)
        except Exception as error:  # noqa: BLE001 - nobody can know how far it came
            self._with.journal.warn("mistake", error=error)
            return dict.fromkeys(mail.recipients, Unanswered("SendGuard made a mistake"))
        return handed.outcomes

    def _hear(self, outcomes: Mapping[str, Outcome]) -> None:
        before = self._reach.says
        self._reach.hear(tuple(outcomes.values()), self._with.clock.elapsed_s())
        now = self._reach.says
        if now and not before:
            self._with.journal.warn("next-hop-lost", says=now)
        elif before and not now:
            self._with.journal.tell("next-hop-back")

    async def _brake_or_go_on(self, outcomes: Mapping[str, Outcome]) -> None:
        before = self._brake.says
        self._brake.hear(outcomes, self._with.clock.elapsed_s())
        now = self._brake.says
        if now and not before:
            self._with.journal.warn("release-paused", says=now)
            await self._tell_people(now)
        elif before and not now:
            self._with.journal.tell("release-goes-on")

    async def _tell_people(self, says: str) -> None:
        """Once in a while, however often it begins anew."""
        now_s = self._with.clock.elapsed_s()
        if now_s - self._told_at_s < TELL_AGAIN_S:
            return
        self._told_at_s = now_s
        notice = notice_of_refusals(says, self._with.clock.now())
        try:
            await asyncio.to_thread(self._with.tell_people, notice)
        except Exception as error:  # noqa: BLE001 - the messages are more than the notice
            self._with.journal.warn("not-told", says=str(error))

    def _put_off(self, held: Held, says: str) -> Ended:
        """It does not go out as it is; should nobody mend that, its sender gets it back."""
        outcomes = dict.fromkeys(held.mail.recipients, NotSent(says))
        return self._settled(held, outcomes, is_away=False)

    def _settled(self, held: Held, outcomes: Mapping[str, Outcome], *, is_away: bool) -> Ended:
        now = self._with.clock.now()
        ended = settled_by(held, outcomes, now, self._terms, is_away=is_away)
        if State.REFUSED in ended.states.values():
            self._tell_of_failure(held, outcomes, is_told=ended.notice is not None)
        return ended

    def _tell_of_failure(
        self, held: Held, outcomes: Mapping[str, Outcome], *, is_told: bool
    ) -> None:
        failed = [said(one) for one in outcomes.values() if not isinstance(one, Accepted)]
        about = {"campaign": held.fingerprint, "message": held.id, "recipients": len(failed)}
        if is_told:
            self._with.journal.warn("returned-to-sender", **about, says=failed[0])
        else:
            self._with.journal.warn("not-returned", **about, says=failed[0])


def _stopped(held: Held, stream: Stream | None) -> Ended:
    """Of a message whose campaign somebody stopped a moment ago."""
    is_over = stream is not None and stream.standing is Standing.DISCARDED
    return cancelled(held) if is_over else put_back(held)
