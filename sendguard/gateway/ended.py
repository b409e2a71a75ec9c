"""What became of a message of the store that was taken to be handed on."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from sendguard.gateway.held import Held
from sendguard.send import State


@dataclass(frozen=True, slots=True, kw_only=True)
class Ended:
    """How a message that was taken stands, and what its recipients' passages come to.

    Attributes:
        taken: It, as it was taken.
        left: What of it stays in the store, as it is to stand now, each with those recipients alone
            that it is about: the first takes its place, another one is new. Nothing where it is
            done with.
        states: Of its recipients' passages, all of them, by key; one that stays or is tried again
            is `PENDING`.
        notice: Tells its sender who did not get it; None for nothing to be told.
    """

    taken: Held
    left: tuple[Held, ...] = ()
    states: Mapping[str, State] = field(default_factory=dict)
    notice: Held | None = None
