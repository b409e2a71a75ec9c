"""How many readers a newsletter reached: numbers only, never who."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Tally:
    """The deliveries of one campaign, or of several, counted.

    Attributes:
        sent: Taken by the mail server.
        in_doubt: Perhaps taken: the connection died before the server answered.
        refused: Refused by the mail server for good.
        waiting: Not sent yet.
        cancelled: Given up before they were sent.
        suppressed: Not to be written to: unsubscribed, bounced, complained.
        spared: Of what went out wrong: got the right version the first time.
    """

    sent: int = 0
    in_doubt: int = 0
    refused: int = 0
    waiting: int = 0
    cancelled: int = 0
    suppressed: int = 0
    spared: int = 0

    def __add__(self, other: "Tally") -> "Tally":
        return Tally(
            sent=self.sent + other.sent,
            in_doubt=self.in_doubt + other.in_doubt,
            refused=self.refused + other.refused,
            waiting=self.waiting + other.waiting,
            cancelled=self.cancelled + other.cancelled,
            suppressed=self.suppressed + other.suppressed,
            spared=self.spared + other.spared,
        )

    @property
    def got_it(self) -> int:
        """Readers who have it, or may have it."""
        return self.sent + self.in_doubt

    @property
    def recipients(self) -> int:
        """Readers whom it was meant for, less those who are not to be written to."""
        return self.got_it + self.refused + self.waiting + self.cancelled + self.spared

    @property
    def share(self) -> float:
        """Which part of the recipients has it, from 0 to 1; 0 where there are none."""
        return self.got_it / self.recipients if self.recipients else 0.0
