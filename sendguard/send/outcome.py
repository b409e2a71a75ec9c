"""What became of one message at the relay, and what the relay's reply means."""

from dataclasses import dataclass
from typing import TypeAlias


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """A reply of an SMTP server, whole.

    Attributes:
        code: Three digits (RFC 5321, section 4.2).
        enhanced: `5.7.1`, where the server says it (RFC 3463); None otherwise.
        text: The rest, lines joined by blanks, as the server wrote it.
    """

    code: int
    enhanced: str | None
    text: str

    def __str__(self) -> str:
        return " ".join(part for part in (str(self.code), self.enhanced, self.text) if part)

    @property
    def is_policy(self) -> bool:
        """Is it about who we are or what we send, rather than about one mailbox (RFC 3463, 3.8)?"""
        return (self.enhanced or "").partition(".")[2].startswith("7.")


@dataclass(frozen=True, slots=True)
class Accepted:
    """The relay took it: from now on it is answerable for the message."""

    reply: Reply


@dataclass(frozen=True, slots=True)
class Refused:
    """The relay refused it for good (5xx)."""

    reply: Reply


@dataclass(frozen=True, slots=True)
class Deferred:
    """The relay refused it for now (4xx)."""

    reply: Reply


@dataclass(frozen=True, slots=True)
class Unanswered:
    """No answer came behind the final dot: the relay may have taken it (RFC 1047).

    Attributes:
        says: What happened.
        is_garbled: Something came that is no answer, so it was no fault of the network.
    """

    says: str
    is_garbled: bool = False


@dataclass(frozen=True, slots=True)
class NotSent:
    """It surely did not go out: the connection died, or could not be made, before the final dot.

    Attributes:
        says: What happened.
        is_met: The server was there, and heard of this message: it may be what it cannot bear.
    """

    says: str
    is_met: bool = False


Outcome: TypeAlias = Accepted | Refused | Deferred | Unanswered | NotSent
