"""One message to all its recipients, and which reply is about whom; without any connection.

The whole envelope leaves in one write where the server offers PIPELINING (RFC 2920).
"""

from collections import deque
from collections.abc import Callable, Iterator, Sequence

from sendguard.adapters.smtp.dialogue import LONGEST_AT_ONCE, SHUTS_DOWN, Ended, Step
from sendguard.adapters.smtp.envelope import (
    Offers,
    mail_command,
    rcpt_command,
    unfit_address,
    unfit_message,
)
from sendguard.adapters.smtp.replies import Confused, Heard
from sendguard.gateway import Mail
from sendguard.send import Deferred, NotSent, Outcome, Refused, Unanswered


class Transaction:
    """One message on its way, byte for byte.

    Attributes:
        is_begun: Some of the message was handed to the connection.
        is_cut: The connection ended before there was an answer for everyone.
        is_clean: The server is ready for the next MAIL FROM; where not, it is to be reset first.
    """

    def __init__(
        self,
        mail: Mail,
        offers: Offers,
        write: Callable[[Sequence[bytes]], bool],
        *,
        is_clean: bool,
    ) -> None:
        """Begin nothing yet.

        Args:
            mail: What to send, and to whom.
            offers: What the server can do.
            write: Sends bytes; answers whether the connection keeps up. Where it does not,
                `drained` is to be called once it does.
            is_clean: Whether the server is ready for a MAIL FROM.
        """
        self._mail = mail
        self._offers = offers
        self._write = write
        self._outcomes: dict[str, Outcome] = {}
        self._told: deque[str] = deque()
        self._unsaid: deque[tuple[Step, bytes]] = deque()
        self._expected: deque[Step] = deque()
        self._is_kept_back = False
        self._is_said = self._is_out = False
        self.is_begun = False
        self.is_cut = False
        self.is_clean = is_clean

    @property
    def awaits(self) -> Step | None:
        """What the next reply will answer; None where it is over."""
        return self._expected[0] if self._expected else None

    @property
    def outcomes(self) -> dict[str, Outcome]:
        """What became of it for each recipient, in the envelope's order; once it is over."""
        return {recipient: self._outcomes[recipient] for recipient in self._mail.recipients}

    def begin(self) -> None:
        """Say as much as may be said at once; where nothing can be, it is over then."""
        is_8bit = not self._mail.data.isascii()
        if refused := self._unfit(is_8bit=is_8bit):
            self._settle(refused)
            return
        self._told.extend(self._fit())
        if self._told:
            self._unsaid.extend(self._opening(is_8bit=is_8bit))
            self._say()

    def hear(self, heard: Heard) -> None:
        """Take the next reply, and say what follows from it.

        Raises:
            Confused: It cannot be the reply to what was asked.
            Ended: The server goes away.
        """
        if not self._expected:
            raise Ended(f"the server said without being asked: {heard.reply}")
        if heard.code == SHUTS_DOWN:
            self._cut_off(Deferred(heard.reply))
            raise Ended(f"the server ended the connection: {heard.reply}")
        match self._expected[0]:
            case Step.RESET:
                self._hear_reset(heard)
            case Step.MAIL:
                self._hear_mail(heard)
            case Step.RCPT:
                self._hear_rcpt(heard)
            case Step.DATA:
                self._hear_data(heard)
            case Step.DOT:
                self._hear_dot(heard)
        self._expected.popleft()
        if self._unsaid:
            self._say()

    def drained(self) -> None:
        """All that was written has left: now the dot of a long message may follow."""
        if self._is_kept_back:
            self._is_kept_back = False
            self._is_out = True
            self._write((self._closing(),))

    def end(self, says: str, *, is_garbled: bool = False) -> None:
        """The connection is no more: whoever has no answer yet gets none.

        Args:
            says: What happened.
            is_garbled: The server said what is no answer.
        """
        not_sent = NotSent(says, is_met=self._is_said)
        self._cut_off(Unanswered(says, is_garbled) if self._is_out else not_sent)
        self._expected.clear()
        self._unsaid.clear()
        self._is_kept_back = False

    def _unfit(self, *, is_8bit: bool) -> Refused | None:
        mail, offers = self._mail, self._offers
        # Who said SMTPUTF8 and then sent ASCII needs none of it.
        is_utf8 = mail.is_utf8 and is_8bit
        return unfit_address(mail.sender, offers, may_be_empty=True) or unfit_message(
            len(mail.data), offers, is_8bit=is_8bit, is_utf8=is_utf8
        )

    def _fit(self) -> Iterator[str]:
        """The recipients that the server can be told, each once."""
        for recipient in dict.fromkeys(self._mail.recipients):
            if refused := unfit_address(recipient, self._offers):
                self._outcomes[recipient] = refused
            else:
                yield recipient

    def _opening(self, *, is_8bit: bool) -> Iterator[tuple[Step, bytes]]:
        mail, offers = self._mail, self._offers
        if not self.is_clean:
            yield Step.RESET, b"RSET\r\n"
        yield (
            Step.MAIL,
            mail_command(
                mail.sender,
                len(mail.data),
                offers,
                is_8bit=is_8bit or (mail.is_8bit and offers.eight_bit),
                is_utf8=offers.utf8 and (mail.is_utf8 or self._names_utf8()),
            ),
        )
        for recipient in self._told:
            yield Step.RCPT, rcpt_command(recipient)
        yield Step.DATA, b"DATA\r\n"

    def _names_utf8(self) -> bool:
        return not (self._mail.sender.isascii() and all(map(str.isascii, self._told)))

    def _say(self) -> None:
        """All of the envelope, or its next command where the server wants one after the other."""
        self.is_clean, self._is_said = False, True
        unsaid = self._unsaid
        told = tuple(unsaid) if self._offers.pipelining else (unsaid[0],)
        for step, _ in told:
            self._expected.append(step)
            unsaid.popleft()
        self._write((b"".join([command for _, command in told]),))

    def _hear_reset(self, heard: Heard) -> None:
        if not heard.is_good:
            raise Confused(f"the server does not begin anew: {heard.reply}")

    def _hear_mail(self, heard: Heard) -> None:
        if not heard.is_good:
            self._settle(heard.outcome)
            self._unsaid.clear()

    def _hear_rcpt(self, heard: Heard) -> None:
        if not heard.is_good:
            self._outcomes.setdefault(self._told[0], heard.outcome)
        self._told.popleft()
        if not self._told and self._is_settled:
            self._unsaid.clear()

    def _hear_data(self, heard: Heard) -> None:
        if heard.code == 354:
            self._expected.append(Step.DOT)
            self._send()
        elif heard.is_good:
            raise Confused(f"the server answered out of turn: {heard.reply}")
        else:
            self._settle(heard.outcome)

    def _send(self) -> None:
        if self._is_settled:
            # It refused every recipient and asks for the message all the same: an empty one.
            self._write((b".\r\n",))
            return
        self.is_begun = True
        stuffed = _stuffed(self._mail.data)
        if len(stuffed) <= LONGEST_AT_ONCE:
            self._is_out = True
            self._write((stuffed, self._closing()))
            return
        self._is_kept_back = True
        if self._write((stuffed,)):
            self.drained()

    def _closing(self) -> bytes:
        data = self._mail.data
        return b".\r\n" if not data or data.endswith(b"\r\n") else b"\r\n.\r\n"

    def _hear_dot(self, heard: Heard) -> None:
        if self._is_out or not self.is_begun:
            self._settle(heard.outcome)
            self.is_clean = True
            return
        if heard.is_good:
            raise Confused(f"the server took what it did not have yet: {heard.reply}")
        self._settle(heard.outcome)
        raise Ended(f"the server did not wait for the end: {heard.reply}")

    @property
    def _is_settled(self) -> bool:
        # Less than the envelope names, where it names one of them twice.
        return all(recipient in self._outcomes for recipient in self._mail.recipients)

    def _cut_off(self, outcome: Outcome) -> None:
        self.is_cut = self.is_cut or not self._is_settled
        self._settle(outcome)

    def _settle(self, outcome: Outcome) -> None:
        for recipient in self._mail.recipients:
            self._outcomes.setdefault(recipient, outcome)


def _stuffed(data: bytes) -> bytes:
    """The message with one more dot where a line begins with one (RFC 5321, 4.5.2)."""
    stuffed = data.replace(b"\r\n.", b"\r\n..")
    return b"." + stuffed if stuffed.startswith(b".") else stuffed
