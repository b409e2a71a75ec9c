"""What is done with a copy of a campaign, by how that stands and where the copy came in."""

from enum import Enum, auto

from sendguard.config.gateway import Blocked, Listener, Mode
from sendguard.gateway.stream import GOES_OUT, Standing


class Act(Enum):
    """What is done with one message."""

    RELAY = auto()
    HOLD = auto()
    WAIT = auto()  # a moment, for the verdict
    DEFER_UNDECIDED = auto()
    DEFER_STOPPED = auto()
    REFUSE = auto()


def act_on(standing: Standing, listener: Listener) -> Act:
    """What is done with a copy of a campaign that stands so, at this listener."""
    if standing in GOES_OUT:
        return Act.RELAY
    match standing:
        case Standing.CHECKING:
            return _WHILE_CHECKING[listener.mode]
        case Standing.DISCARDED:
            return Act.DEFER_STOPPED if listener.blocked is Blocked.DEFER else Act.REFUSE
        case Standing.UNVERIFIED if listener.blocked is Blocked.REFUSE:
            # What was not seen today may be seen in an hour: nobody is to get a mail back for that.
            return Act.HOLD if listener.mode is Mode.HOLD else Act.DEFER_STOPPED
        case _:
            return _WHERE_STOPPED[listener.blocked]


_WHILE_CHECKING = {
    Mode.HOLD: Act.HOLD,
    Mode.DEFER: Act.DEFER_UNDECIDED,
    Mode.WAIT: Act.WAIT,
}
_WHERE_STOPPED = {
    Blocked.REFUSE: Act.REFUSE,
    Blocked.DEFER: Act.DEFER_STOPPED,
    Blocked.HOLD: Act.HOLD,
}
