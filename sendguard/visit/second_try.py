"""Whether to ask once more before a failure is said, how, and which of two answers counts."""

from dataclasses import dataclass
from enum import IntEnum

from sendguard.visit.pace import is_slow_down
from sendguard.visit.visit import Trouble
from sendguard.visit.walls import CAPTCHA, CLOUDFLARE, DATADOME, VERCEL

SHORT_PAUSE_S = 0.5

MOST_TRIES = 3
"""Requests for one address while its host asks to be asked less."""

# What a second try often cures. A bad certificate or a private address stays what it is.
_PASSING = frozenset(
    {Trouble.REFUSED, Trouble.RESET, Trouble.NO_SUCH_HOST, Trouble.NO_NETWORK, Trouble.TIMEOUT}
)
_OFTEN_SAID_TO_PROGRAMS = frozenset({403, 404, 405, 406, 410, 999})
_ASKS_FOR_A_PERSON = frozenset({CLOUDFLARE, VERCEL, DATADOME, CAPTCHA})
# Of the server's own errors, those that say what it will never do.
_STAYS = frozenset({501, 505, 511})


@dataclass(frozen=True, slots=True)
class Again:
    """How to ask once more.

    Attributes:
        pause_s: Seconds to wait before.
        as_browser: With the headers that a browser sends, in place of our own.
        share: The part of the usual time that it gets.
    """

    pause_s: float = 0.0
    as_browser: bool = False
    share: float = 1.0


class Proof(IntEnum):
    """What an answer says of a link; of two answers, the lower counts."""

    FINE = 0
    UNSURE = 1
    BROKEN = 2


def again_after_trouble(trouble: Trouble, *, connected: bool) -> Again | None:
    """The one second try after no answer; None when there shall be none.

    Args:
        trouble: What went wrong the first time.
        connected: False when it did before there was a connection. Where time ran out later, all
            of it was given; the second try gets half.
    """
    if trouble not in _PASSING:
        return None
    used_up = trouble is Trouble.TIMEOUT and connected
    return Again(SHORT_PAUSE_S, share=0.5 if used_up else 1.0)


def again_after_answer(status: int, walled: str | None) -> Again | None:
    """The one second try after an answer; None when the answer stands.

    What sites often say to programs alone is asked for at once, as a browser asks; a server's own
    errors once more as before. A host that wants to be asked less (429, 503) is not asked under
    another name; when to ask it again is for `pace` to say.

    Args:
        status: Of the answer.
        walled: What shows that it was a wall, as `walls.wall` says it; None when it was not.
    """
    if is_slow_down(status):
        return None
    if status in _OFTEN_SAID_TO_PROGRAMS or walled in _ASKS_FOR_A_PERSON:
        return Again(as_browser=True)
    passing = status in {408, 425} or (500 <= status < 600 and status not in _STAYS)
    return Again(SHORT_PAUSE_S) if passing else None


def proof_of_trouble(trouble: Trouble) -> Proof:
    """What it says of a link that no answer came."""
    broken = trouble in {Trouble.NO_SUCH_HOST, Trouble.REFUSED}
    return Proof.BROKEN if broken else Proof.UNSURE


def proof_of_answer(status: int, walled: str | None) -> Proof:
    """What an answer says of a link; `walled` as in `again_after_answer`."""
    if walled is None and 200 <= status < 400:
        return Proof.FINE
    return Proof.BROKEN if walled is None and status in {404, 410} else Proof.UNSURE
