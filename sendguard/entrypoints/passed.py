"""A campaign that passed the gateway, for its correction: what went out, and to whom."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from sendguard.adapters.database.store import SqlStore
from sendguard.config import Config
from sendguard.errors import SendGuardError, Unreadable, WrongUsage
from sendguard.gateway import Passage, Stream
from sendguard.gateway.opened import Opened
from sendguard.gateway.readers.parts import TO, Baseline
from sendguard.gateway.readers.reconstruct import Reconstructed, reconstruct
from sendguard.gateway.readers.survey import Survey
from sendguard.gateway.repair.readdress import Repairing
from sendguard.gateway.stream import Repairs, mark_of
from sendguard.judge.quote import plain
from sendguard.send import Reader, State
from sendguard.send.addressed import NAMED
from sendguard.send.mailbox import mail_address
from sendguard.send.message_id import FOLLOWS

HAVE_IT = frozenset({State.SENT, State.IN_DOUBT, State.SENDING})
"""Those who have a copy, or may have it."""

_FINGERPRINT = re.compile("[0-9a-f]{6,12}", re.IGNORECASE)
_MOST_NAMED = 10


@dataclass(slots=True)
class LeftOut:
    """Readers who cannot be sent their own copy again: how many, and the first addresses."""

    count: int = 0
    first: list[str] = field(default_factory=list)

    def add(self, address: str) -> None:
        """One more."""
        self.count += 1
        if self.count <= _MOST_NAMED:
            self.first.append(plain(address, 100))


@dataclass(frozen=True, slots=True, kw_only=True)
class Passed:
    """A campaign that passed.

    Attributes:
        stream: It.
        made: What went out, with fields, and what they say.
        store: Has who got it.
        repaired: Which repairs were made in that; None for none.
        others: How many got it with other repairs, or without.
        left_out: Those of whose copies nothing is known, or who have no address that we can write.
    """

    stream: Stream
    made: Reconstructed
    store: SqlStore
    repaired: str | None
    others: int
    left_out: LeftOut

    @property
    def columns(self) -> tuple[str, ...]:
        """Names of the fields, and at the end each reader's name, and the message that he has."""
        return (*self.made.columns, NAMED, FOLLOWS)

    def readers(self, only: frozenset[str] | None) -> Iterator[Reader]:
        """Those who have it, or may have it, as they come.

        Raises:
            SendGuardError: Somebody got it since this was made.
        """
        for passage in self._passages():
            if only is None or passage.key in only:
                reader = self._reader(passage)
                if reader is not None:
                    yield reader

    @property
    def told(self) -> Iterator[str]:
        """Who is left out, and why."""
        if self.others:
            who = "1 reader" if self.others == 1 else f"{self.others:,} readers"
            yield f"left out: {who} who got it after it was repaired at the gate"
        left = self.left_out
        if not left.count:
            return
        who = "1 reader" if left.count == 1 else f"{left.count:,} readers"
        named = ", ".join(left.first)
        more = f" and {left.count - _MOST_NAMED:,} more" if left.count > _MOST_NAMED else ""
        yield (
            f"left out: {who} whose copy is not known well enough to be made again, so write to "
            f"them yourself: {named}{more}"
        )

    def _passages(self) -> Iterator[Passage]:
        return _who_got(self.store, self.stream, self.repaired)

    def _reader(self, passage: Passage) -> Reader | None:
        """None where nothing is known of the copy, or the address is none that we can write to."""
        address = mail_address(passage.address)
        if passage.parts is None or address is None:
            return None
        values = self.made.values(passage.parts)
        if values is None:
            raise SendGuardError("more of it went out meanwhile: call this once more")
        fields = (*values, passage.parts.get(TO, ""), passage.message_id or "")
        return Reader(key=passage.key, address=address, fields=fields)


def find_passed(named: str, config: Config, store: SqlStore) -> Passed | None:
    """The campaign of that fingerprint, or of one that begins so; None where there is none.

    Raises:
        WrongUsage: Nobody has it, or nobody knows who has which version of it.
        Unreadable: It cannot be sent again.
    """
    stream = store.streams.find(named) if _FINGERPRINT.fullmatch(named) else None
    sample = store.streams.sample(stream.fingerprint) if stream else None
    if stream is None or sample is None:
        return None
    reached = store.ledger.reached(stream.fingerprint, HAVE_IT)
    repairs = _version(stream, reached)
    repaired = mark_of(repairs)
    baseline = Baseline.of(Opened(sample))
    if baseline is None:
        raise Unreadable(f"{stream.fingerprint} has too much text to be sent again")
    survey, left_out = Survey(baseline), LeftOut()
    for one in _who_got(store, stream, repaired):
        survey.add(one.parts)
        if one.parts is None or mail_address(one.address) is None:
            left_out.add(one.address)
    if not (survey.readers or survey.unknown):
        raise WrongUsage(
            f"nobody got {stream.fingerprint}: to put it right before it goes out: "
            f"sendguard gateway repair {stream.fingerprint}"
        )
    repairing = Repairing.of(repairs, sample.data) if repairs else None
    own, name = stream.first.own, stream.fingerprint
    made = reconstruct(name, sample, survey, own, config.mail, repairing=repairing)
    return Passed(
        stream=stream,
        made=made,
        store=store,
        repaired=repaired,
        others=sum(reached.values()) - reached.get(repaired, 0),
        left_out=left_out,
    )


def _version(stream: Stream, reached: Mapping[str | None, int]) -> Repairs:
    """The repairs in what is corrected: the first ones that anybody's copy has; none come first.

    Raises:
        WrongUsage: What went out is not known any more.
    """
    every = {mark_of(one): one for one in ((), *stream.earlier, stream.repairs)}
    found = next((one for mark, one in every.items() if mark in reached), None)
    if found is None and reached:
        raise WrongUsage(
            f"{stream.fingerprint} was repaired so often at the gate that SendGuard does not know "
            "it any more as readers have it: say so with --original FILE --audience FILE"
        )
    return found or ()


def _who_got(store: SqlStore, stream: Stream, repaired: str | None) -> Iterator[Passage]:
    every = store.ledger.passages(stream.fingerprint, HAVE_IT)
    return (one for one in every if one.repaired == repaired)
