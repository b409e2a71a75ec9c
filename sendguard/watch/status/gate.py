"""What waits for a person of what other programs send through the gateway."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from sendguard.judge.quote import plain, quoted
from sendguard.report.layout import LONG
from sendguard.values import Decision
from sendguard.watch.status.mailing import LONG_PAST
from sendguard.watch.status.wait import Kind, Wait

_LONGEST_NAME = 40
_LONGEST_SUBJECT = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class Stopped:
    """A campaign that does not go on at the gateway, or of which something is in doubt.

    Attributes:
        fingerprint: Its name.
        subject: Of its first message.
        since: When that came.
        decision: Why it is stopped; `pass` for one that is not, but has something in doubt.
        says: What is wrong; None where nothing is said.
        kept: Messages in the store.
        sent: Readers who have it.
        in_doubt: Readers of whom nobody can know.
    """

    fingerprint: str
    subject: str
    since: datetime
    decision: Decision
    says: str | None = None
    kept: int = 0
    sent: int = 0
    in_doubt: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class AtGate:
    """The gateway.

    Attributes:
        is_at_work: Whether a `serve` takes mail, as far as is known.
        trouble: Why mail does not go on by it; None where it does.
        stopped: The one that came last first.
        tried_in_vain: Messages that may go, and that the next mail server did not take yet.
        subjects: Of what came last, by fingerprint.
    """

    is_at_work: bool = False
    trouble: str | None = None
    stopped: tuple[Stopped, ...] = ()
    tried_in_vain: int = 0
    subjects: Mapping[str, str] = field(default_factory=dict)

    def named(self, campaign: str) -> str:
        """What a campaign is called: one that came through the gateway has its subject, too."""
        subject = self.subjects.get(campaign)
        name = plain(campaign, _LONGEST_NAME)
        return f"{name} {quoted(subject, _LONGEST_SUBJECT)}" if subject else name


def waits_of_gate(gate: AtGate, now: datetime) -> Iterator[Wait]:
    """What is stopped, as long as that is news or messages are kept; what does not go on."""
    if gate.trouble:
        says = f"Mail does not go on through the gateway: {plain(gate.trouble, LONG)}"
        yield Wait(kind=Kind.NOT_SENT, campaign=None, says=says, command="sendguard doctor")
    for one in gate.stopped:
        if one.decision is not Decision.PASS and (one.kept or now - one.since < LONG_PAST):
            is_block = one.decision is Decision.BLOCK
            kind = Kind.BLOCKED if is_block else Kind.UNVERIFIED
            yield _wait(kind, one, _stopped(one, is_block=is_block), "show")
        if one.in_doubt:
            who = _counted(one.in_doubt, "reader")
            says = f"{_name(one)}: whether {who} got it nobody can know"
            yield _wait(Kind.IN_DOUBT, one, says, "settle")
    if gate.tried_in_vain:
        count = _counted(gate.tried_in_vain, "message")
        them = "it" if gate.tried_in_vain == 1 else "them"
        says = f"{count} passed at the gateway, and the next mail server did not take {them} yet"
        command = "sendguard gateway held"
        yield Wait(kind=Kind.NOT_SENT, campaign=None, says=says, command=command)


def _stopped(one: Stopped, *, is_block: bool) -> str:
    how = "is stopped at the gateway" if is_block else "could not be verified at the gateway"
    says = f": {plain(one.says, LONG)}" if one.says else ""
    kept = f"; {_counted(one.kept, 'message')} kept" if one.kept else ""
    return f"{_name(one)} {how}{says}{kept}"


def _name(one: Stopped) -> str:
    return quoted(one.subject, _LONGEST_SUBJECT)


def _counted(count: int, what: str) -> str:
    return f"{count:,} {what}{'' if count == 1 else 's'}"


def _wait(kind: Kind, one: Stopped, says: str, command: str) -> Wait:
    call = f"sendguard gateway {command} {one.fingerprint}"
    return Wait(kind=kind, campaign=one.fingerprint, says=says, command=call)
