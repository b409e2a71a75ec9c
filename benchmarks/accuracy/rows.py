"""The answer to one question, and how to count answers."""

import math
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

Node = dict[str, Any]
"""A part of the program's JSON report."""


class Alarm(StrEnum):
    """The gravest thing that was said; a note is no alarm."""

    BLOCK = "block"
    WARN = "warn"
    SILENT = "silent"


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One question and its answer.

    Attributes:
        letter: The newsletter that it was asked about.
        group: As in `Asked`; `all` stands for a right link that nothing was asked about.
        codes: Of the findings that made up the answer.
        says: What they said.
        both: Of two links swapped: were both told?
        unlisted: Called right, but found wrong on reading, or with no address that a mail
            program could open: a mistake that nobody wrote down. It counts neither way.
        title: What the link opened.
        intent: What the program took it to be meant for.
    """

    id: str
    letter: str
    group: str
    company: bool
    kind: str
    wrong: bool
    label: str
    href: str
    got: Alarm
    codes: tuple[str, ...] = ()
    says: tuple[str, ...] = ()
    both: bool = False
    unlisted: bool = False
    title: str | None = None
    intent: Node | None = None

    @property
    def told(self) -> bool:
        """Was anything said that an editor would act on?"""
        return self.got is not Alarm.SILENT


def gravest(found: Iterable[Node]) -> Alarm:
    """The gravest of some findings."""
    severities = {it["severity"] for it in found}
    return next((alarm for alarm in Alarm if alarm in severities), Alarm.SILENT)


def wilson(hits: int, of: int, z: float = 1.96) -> tuple[float, float]:
    """The 95 % interval of a share, 0 to 1; all of it where there is nothing to count.

    Source:
        E. B. Wilson, Probable inference, the law of succession, and statistical inference, 1927.
    """
    if of == 0:
        return 0.0, 1.0
    share, spread = hits / of, z * z / of
    middle = share + spread / 2
    width = z * math.sqrt(share * (1 - share) / of + spread / (4 * of))
    low, high = (middle - width) / (1 + spread), (middle + width) / (1 + spread)
    # Where nothing or everything was hit, rounding alone may leave the share outside.
    return max(min(low, share), 0.0), min(max(high, share), 1.0)
