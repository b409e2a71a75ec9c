"""How the gateway goes, for whoever looks after the machine."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class AtGate:
    """How it goes now.

    Attributes:
        trouble: Why mail is put off, or none released; None where all is well.
        connections: Clients that are there.
        kept: Messages in the store.
    """

    trouble: str | None
    connections: int
    kept: int
