"""A correction that passed."""

from dataclasses import dataclass
from pathlib import Path

from sendguard.correct.apology import Apology
from sendguard.correct.triage import Triage
from sendguard.entrypoints.cli.correct.readers import Readers
from sendguard.flows.correct import Draft


@dataclass(frozen=True, slots=True, kw_only=True)
class Prepared:
    """A correction that passed, and whom it concerns.

    Attributes:
        correction: What goes to those who have the wrong version.
        repaired: What goes to those who were still to get it.
        apology: On top of the correction.
        triage: How bad it is.
        readers: To whom it goes; None where nobody knows.
        number: The how-manieth correction it is.
        folder: Where it lies.
        waiting: How many were still to get the original, and get the repaired one.
    """

    correction: Draft
    repaired: Draft
    apology: Apology
    triage: Triage
    readers: Readers | None
    number: int
    folder: Path
    waiting: int
