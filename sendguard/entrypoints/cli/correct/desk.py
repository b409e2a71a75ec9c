"""What every step of a correction works with."""

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from sendguard.adapters.database.store import SqlStore
from sendguard.correct.folder import corrected_name
from sendguard.entrypoints.cli.correct.keeper import Keeper
from sendguard.entrypoints.cli.correct.order import Order
from sendguard.entrypoints.correcting import Found
from sendguard.flows.correct import Original

if TYPE_CHECKING:
    from sendguard.config import Config


class Halted(Exception):
    """It goes no further, and why was said; carries the exit code."""

    def __init__(self, code: int) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """What every step needs.

    Attributes:
        order: What the editor asks.
        config: What is in force.
        store: Has the outbox and the incidents.
        keeper: Writes the incident down.
        found: What went out.
        has_relay: Somebody said which mail server takes messages.
    """

    order: Order
    config: "Config"
    store: SqlStore
    keeper: Keeper
    found: Found
    has_relay: bool

    @property
    def original(self) -> Original:
        """What went out."""
        return self.found.original

    def folder_of(self, number: int) -> Path:
        """Where the `number`th correction of it lies."""
        return self.found.beside / corrected_name(self.original.name, number)
