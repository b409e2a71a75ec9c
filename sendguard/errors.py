"""Everything that is raised on purpose, as one tree.

SendGuardError
├── Unreadable        a newsletter or campaign folder that cannot be read (exit 4)
├── BadConfig         config.yaml that cannot be obeyed (exit 4)
├── BadStore          a store that cannot be used (exit 4)
├── RelayTrouble      a mail server that cannot be used (exit 4)
└── WrongUsage        a command line that cannot be obeyed (exit 2)

Trouble met on the way to a link is no error but a value: see `sendguard.visit`.
"""

from sendguard.values import Place


class SendGuardError(Exception):
    """Something is wrong with what SendGuard was told; the message is one line for a person."""


class Unreadable(SendGuardError):
    """A newsletter or campaign folder cannot be read.

    Attributes:
        says: What is wrong and what to do, one line.
        place: Where, when it is known.
    """

    def __init__(self, says: str, place: Place | None = None) -> None:
        super().__init__(f"{place}: {says}" if place else says)
        self.says = says
        self.place = place


class BadConfig(SendGuardError):
    """config.yaml cannot be obeyed; the message names every bad key."""


class BadStore(SendGuardError):
    """The store cannot be used; nothing was written into it."""


class RelayTrouble(SendGuardError):
    """The server that takes outgoing mail cannot be used; what is queued stays queued."""


class WrongUsage(SendGuardError):
    """The command line cannot be obeyed."""
