"""What is said over one connection, and which reply belongs to what; without any connection.

With PIPELINING (RFC 2920) the envelope of the next letter follows a letter's final dot in the same
write, so that a letter costs one round trip.
"""

from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import Enum, auto

from sendguard.adapters.smtp.envelope import Offers, mail_from, rcpt_to, unfit
from sendguard.adapters.smtp.replies import Confused, Heard
from sendguard.ports.sending import Supply
from sendguard.send import Deferred, Letter, NotSent, Outcome, Unanswered

# A letter no longer than this goes out with its dot in one write. Of a longer one the dot is kept
# back until the rest has left: then one that was cut off is known not to have been sent.
LONGEST_AT_ONCE = 64 * 1024

SHUTS_DOWN = 421


class Step(Enum):
    """What a reply answers."""

    RESET = auto()
    MAIL = auto()
    RCPT = auto()
    DATA = auto()
    DOT = auto()


@dataclass(slots=True, eq=False)
class _Turn:
    """One letter on its way.

    Attributes:
        is_begun: Some of the message was handed to the connection.
        is_out: All of it was, with its final dot.
    """

    letter: Letter
    is_settled: bool = False
    is_begun: bool = False
    is_out: bool = False


class Ended(Exception):
    """The server ended the talk; the message is what it said."""


class Dialogue:
    """Letters from a supply, one after the other.

    Attributes:
        answered: Of so many letters the server said what becomes of them.
        begun: So many were taken.
    """

    def __init__(
        self,
        supply: Supply,
        offers: Offers,
        most: int,
        write: Callable[[Sequence[bytes]], bool],
    ) -> None:
        """Begin nothing yet.

        Args:
            supply: Asked for letters, and told what became of them.
            offers: What the server can do.
            most: After so many letters no more is taken.
            write: Sends bytes; answers whether the connection keeps up. Where it does not,
                `drained` is to be called once it does.
        """
        self._supply = supply
        self._offers = offers
        self._most = most
        self._write = write
        self._expected: deque[tuple[Step, _Turn]] = deque()
        self._kept_back: _Turn | None = None
        self._must_reset = False
        self.answered = 0
        self.begun = 0

    @property
    def awaits(self) -> Step | None:
        """What the next reply will answer; None while nobody waits for one."""
        return self._expected[0][0] if self._expected else None

    @property
    def is_full(self) -> bool:
        """Has the connection carried as much as it may?"""
        return self.begun >= self._most

    def go_on(self) -> None:
        """Begin the next letter, if there is one and nothing else is going on."""
        if not self._expected and (turn := self._next()):
            self._write((self._opening(turn),))

    def hear(self, heard: Heard) -> None:
        """Take the next reply, and say what follows from it.

        Raises:
            Confused: It cannot be the reply to what was asked.
            Ended: The server goes away.
        """
        if not self._expected:
            raise Ended(f"the server said without being asked: {heard.reply}")
        step, turn = self._expected[0]
        if heard.code == SHUTS_DOWN:
            self._settle(turn, Deferred(heard.reply))
            raise Ended(f"the server ended the connection: {heard.reply}")
        match step:
            case Step.RESET:
                self._hear_reset(turn, heard)
            case Step.MAIL | Step.RCPT:
                self._hear_envelope(step, turn, heard)
            case Step.DATA:
                self._hear_data(turn, heard)
            case Step.DOT:
                self._hear_dot(turn, heard)
        # Only now: whoever is confused before leaves the turn where `end` finds it.
        self._expected.popleft()
        self.go_on()

    def drained(self) -> None:
        """All that was written has left: now the dot of a long letter may follow."""
        if turn := self._kept_back:
            self._kept_back = None
            turn.is_out = True
            self._write(self._closing(turn))

    def end(self, says: str, *, is_interrupted: bool = False, is_garbled: bool = False) -> None:
        """Settle or put back every letter under way: the connection is no more.

        Args:
            says: What happened.
            is_interrupted: We ended it; so the letter that was next is not to blame for it.
            is_garbled: The server said what is no answer.
        """
        turns = dict.fromkeys(turn for _, turn in self._expected)
        for place, turn in enumerate(turns):
            if turn.is_settled:
                continue
            if turn.is_out:
                self._supply.settle(turn.letter, Unanswered(says, is_garbled))
            elif turn.is_begun or (place == 0 and not is_interrupted):
                self._supply.settle(turn.letter, NotSent(says))
            else:
                self._supply.put_back(turn.letter)
        self._expected.clear()
        self._kept_back = None

    def _next(self) -> _Turn | None:
        while not self.is_full and (letter := self._supply.take()):
            if refused := unfit(letter, self._offers):
                self._supply.settle(letter, refused)
                continue
            self.begun += 1
            return _Turn(letter)
        return None

    def _opening(self, turn: _Turn) -> bytes:
        """What a letter begins with, as far as it may be said at once."""
        said = [(Step.RESET, b"RSET\r\n")] if self._must_reset else []
        said.append((Step.MAIL, mail_from(turn.letter, self._offers)))
        if self._offers.pipelining:
            said += [(Step.RCPT, rcpt_to(turn.letter)), (Step.DATA, b"DATA\r\n")]
        else:
            del said[1:]
        self._must_reset = False
        self._expected.extend((step, turn) for step, _ in said)
        return b"".join(command for _, command in said)

    def _hear_reset(self, turn: _Turn, heard: Heard) -> None:
        if not heard.is_good:
            raise Confused(f"the server does not begin anew: {heard.reply}")
        if not self._offers.pipelining:
            self._ask(Step.MAIL, turn, mail_from(turn.letter, self._offers))

    def _hear_envelope(self, step: Step, turn: _Turn, heard: Heard) -> None:
        if not heard.is_good:
            self._settle(turn, heard.outcome)
            self._must_reset = True
        elif not self._offers.pipelining and step is Step.MAIL:
            self._ask(Step.RCPT, turn, rcpt_to(turn.letter))
        elif not self._offers.pipelining:
            self._ask(Step.DATA, turn, b"DATA\r\n")

    def _hear_data(self, turn: _Turn, heard: Heard) -> None:
        if heard.code == 354:
            self._must_reset = False
            self._expected.append((Step.DOT, turn))
            self._send(turn)
        elif heard.is_good:
            raise Confused(f"the server answered out of turn: {heard.reply}")
        else:
            self._settle(turn, heard.outcome)
            self._must_reset = True

    def _send(self, turn: _Turn) -> None:
        if turn.is_settled:
            # It refused the recipient and asks for the message all the same: it gets an empty one.
            self._write((b".\r\n", self._following()))
            return
        data = turn.letter.data
        turn.is_begun = True
        if len(data) <= LONGEST_AT_ONCE:
            turn.is_out = True
            self._write((data, *self._closing(turn)))
            return
        self._kept_back = turn
        if self._write((data,)):
            self.drained()

    def _closing(self, turn: _Turn) -> Sequence[bytes]:
        """The final dot, and what may follow it at once."""
        dot = b".\r\n" if turn.letter.data.endswith(b"\r\n") else b"\r\n.\r\n"
        return dot, self._following()

    def _following(self) -> bytes:
        turn = self._next() if self._offers.pipelining else None
        return self._opening(turn) if turn else b""

    def _hear_dot(self, turn: _Turn, heard: Heard) -> None:
        if turn.is_out or turn.is_settled:
            self._settle(turn, heard.outcome)
            return
        if heard.is_good:
            raise Confused(f"the server took what it did not have yet: {heard.reply}")
        self._settle(turn, heard.outcome)
        raise Ended(f"the server did not wait for the end: {heard.reply}")

    def _ask(self, step: Step, turn: _Turn, command: bytes) -> None:
        self._expected.append((step, turn))
        self._write((command,))

    def _settle(self, turn: _Turn, outcome: Outcome) -> None:
        if not turn.is_settled:
            turn.is_settled = True
            self.answered += 1
            self._supply.settle(turn.letter, outcome)
