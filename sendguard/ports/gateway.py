"""What the gateway asks of the world: its store, and the next hop."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol

from sendguard.gateway import Ended, Held, HeldState, Mail, Passage, Ruling, Standing, Stream
from sendguard.gateway.notice import Numbers
from sendguard.send import GOT_IT, Outcome, State
from sendguard.watch import Notice


class Streams(Protocol):
    """The campaigns that came by. Every method may raise `BadStore`; nothing is half written."""

    def of_key(self, key: str) -> tuple[Stream, ...]:
        """Those with this key (`Copy.key`), the one that came last first, 100 at most."""
        ...

    def begin(self, stream: Stream, sample: Mail, known: int) -> bool:
        """Write a new one down, with its first message.

        Args:
            stream: It; undecided.
            sample: The message that it is checked by.
            known: How many there were of its key, as far as the caller knew.

        Returns:
            False where there is another number of them now, or that name is taken, so that nothing
            was written: the caller is to look again whether his copy is of one of them.
        """
        ...

    def find(self, fingerprint: str) -> Stream | None:
        """The one of that name, or of a name that begins so if it is the only one."""
        ...

    def sample(self, fingerprint: str) -> Mail | None:
        """The first message of one; None where there is none."""
        ...

    def latest(self, most: int) -> tuple[Stream, ...]:
        """So many at most, the one that came last first."""
        ...

    def take_check(self, fingerprint: str, holder: str, now: datetime, until: datetime) -> bool:
        """Begin to check one, or go on with it; False where another process is at it.

        Args:
            fingerprint: Which.
            holder: Stands for this process, and for no other one.
            now: What is held no longer is free.
            until: So long it is ours.
        """
        ...

    def unchecked(self, now: datetime) -> tuple[Stream, ...]:
        """Those that are `CHECKING`, and that nobody checks now."""
        ...

    def rule(  # noqa: PLR0913 - what it rests on, and what is said of it
        self,
        fingerprint: str,
        ruling: Ruling,
        expected: Collection[Standing],
        notice: Notice | None = None,
        addresses: Sequence[str] = (),
        *,
        repairs: Sequence[tuple[str, str]] | None = None,
    ) -> bool:
        """Decide, and with it, in one transaction, what becomes of held messages.

        Held ones are due at once where the ruling lets it go out, and deleted where it is discarded
        (their passages are `CANCELLED` then). Due ones are held again where it does not go out.

        Args:
            fingerprint: Which.
            ruling: From now on.
            expected: How it must stand for that: of two who decide at once, one does. What a
                person blocked no check decides otherwise, and none that did not know all that is a
                reader's own decides anything.
            notice: What people are to be told; None for nothing. What they were not told before
                is overtaken; that it may go out, or is settled, only those hear of whom the last
                that they were told is that it is stopped.
            addresses: Of those people.
            repairs: For a check, those that it was made with, which have to be the same still.

        Returns:
            False where it stands otherwise; nothing was written.
        """
        ...

    def repair(self, fingerprint: str, repairs: Sequence[tuple[str, str]], ruling: Ruling) -> bool:
        """Put addresses right in every copy from now on, besides those that were before.

        Args:
            fingerprint: Which.
            repairs: The wrong addresses with the right ones.
            ruling: Who does it, and when; `CHECKING`, for it is undecided until it was checked.

        Returns:
            False where there is none of that name.
        """
        ...

    def set_apart(self, fingerprint: str, codes: Collection[str], at: datetime) -> Stream | None:
        """Codes in the links of the first copy are its reader's own, as another copy tells.

        Where that is news, a campaign that passed by a check is `CHECKING` in the same transaction,
        and nobody checks it.

        Returns:
            The campaign as it stands then; None where there is none of that name.
        """
        ...

    def changed(self, since: datetime) -> tuple[Stream, ...]:
        """Those that were decided, repaired or begun at that time or after it.

        By the clock of whoever did it, and seen once it is committed: who asks again and again is
        to go back some seconds each time.
        """
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Entries:
    """What is to be written down in one transaction.

    Attributes:
        passages: Rows for recipients, in the place of what was known of them; but nothing takes the
            place of `SENT`.
        settled: What became of passages that were `SENDING`: by fingerprint and key.
        held: Messages to keep.
        turned_away: For how many recipients a copy was answered so, because its campaign may not
            go out (yet): by fingerprint, and whether that was for good.
        holder: The process whose passages are `SENDING`: once it is dead, they are in doubt.
        at: When this is, in UTC; None where nobody asks.
    """

    passages: Sequence[Passage] = ()
    settled: Mapping[tuple[str, str], State] = field(default_factory=dict)
    held: Sequence[Held] = ()
    turned_away: Mapping[tuple[str, bool], int] = field(default_factory=dict)
    holder: str = ""
    at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Tally:
    """How many messages and recipients of a campaign stand how.

    Attributes:
        held: Messages in the store.
        passed: Recipients.
        refused: For how many recipients copies were refused because it was stopped.
        put_off: For how many they were put off, each time that their sender tried.
    """

    held: Mapping[HeldState, int]
    passed: Mapping[State, int]
    refused: int = 0
    put_off: int = 0

    @property
    def numbers(self) -> Numbers:
        """What people are told of it."""
        return Numbers(
            kept=self.held.get(HeldState.HELD, 0),
            sent=sum(self.passed.get(state, 0) for state in GOT_IT),
            refused=self.refused,
        )


class Ledger(Protocol):
    """Who got which campaign, and the messages that are kept. May raise `BadStore`."""

    def write(self, entries: Entries) -> frozenset[str]:
        """Write it down in one transaction; on return it survives a loss of power.

        How campaigns stand is looked at inside of that transaction, for a person may just have
        stopped one: a passage that is to be `SENDING` is not written where its campaign does not go
        out; a message to be `HELD` is `DUE` where it does.

        Returns:
            Fingerprints of the campaigns of which something was not written, as they do not go out,
            were discarded, or are not there any more: nothing of these may be handed on, and no
            message of those that were discarded or are not there was kept.
        """
        ...

    def take(self, holder: str, now: datetime, most: int, most_bytes: int) -> tuple[Held, ...]:
        """Messages that are due, which are `SENDING` from now on, and ours; due longest first.

        One of a campaign that does not go out (any more) stays where it is. What belongs to no
        campaign goes always.

        Args:
            holder: Stands for this process, and for no other one.
            now: What is due later is left.
            most: So many messages at most.
            most_bytes: So large at most, all together; but one in any case.
        """
        ...

    def settle(self, holder: str, ended: Sequence[Ended]) -> None:
        """Write down what became of messages that this holder took, all in one transaction.

        Where one was called in doubt meanwhile, whoever took it knows better; one that a person
        has settled since is left alone, and so is a passage that is `SENT`.
        """
        ...

    def settle_doubt(
        self, fingerprint: str | None, state: State, now: datetime, key: str | None = None
    ) -> int:
        """A person says what became of all that is in doubt, of one campaign or of all.

        Args:
            fingerprint: Of the campaign; None for all.
            state: `SENT`, and kept messages go; or `PENDING`, and they are due again, while those
                that are not kept stay in doubt until their sender tries again.
            now: In UTC.
            key: Of the one reader that it is said of; None for all.

        Returns:
            For how many recipients something was changed.
        """
        ...

    def keep_alive(self, holder: str, until: datetime, trouble: str | None = None) -> None:
        """This process lives, and what it took is its own until then (10 minutes at most).

        Args:
            holder: It.
            until: In UTC.
            trouble: Why mail does not go on by it; None where it does.
        """
        ...

    def recover(self, now: datetime) -> int:
        """What a process was sending that is believed dead is in doubt; how many messages."""
        ...

    def held_count(self) -> int:
        """How many messages are kept."""
        ...

    def next_due(self) -> datetime | None:
        """When `take` may find another message; a past time for at once, None for never."""
        ...

    def held(self, fingerprint: str | None, most: int) -> Iterator[Held]:
        """The messages of a campaign, or of all, in order, without their bodies' bytes."""
        ...

    def tally(self, fingerprint: str) -> Tally:
        """How many of a campaign stand how."""
        ...

    def reached(self, fingerprint: str, states: Collection[State]) -> Mapping[str | None, int]:
        """How many in these states there are, by the repairs in what went on (`Stream.repaired`).

        What a reader who is `SENDING` or later got is known; of others it is what was so far.
        """
        ...

    def passages(self, fingerprint: str, states: Collection[State]) -> Iterator[Passage]:
        """Those of a campaign in these states, in order."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Handed:
    """What became of a message at the next hop.

    Attributes:
        outcomes: For each recipient, in the order of the envelope.
    """

    outcomes: Mapping[str, Outcome]


class NextHop(Protocol):
    """The server that mail goes on to."""

    async def hand_on(self, mail: Mail) -> Handed:
        """Hand one message on, byte for byte, in one transaction.

        Whatever happens is an outcome: where no connection can be had, `NotSent` for everyone.
        """
        ...

    async def close(self) -> None:
        """Take leave on every connection."""
        ...
