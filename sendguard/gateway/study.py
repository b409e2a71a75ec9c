"""What is known of a campaign from its first message, ready to be held against every copy."""

from dataclasses import dataclass, replace

from sendguard.gateway.mail import Mail
from sendguard.gateway.opened import Opened
from sendguard.gateway.passage import Passage
from sendguard.gateway.readers.parts import Baseline
from sendguard.gateway.readers.passages import passages_of
from sendguard.gateway.repair.readdress import Repairing
from sendguard.gateway.stream import Stream
from sendguard.gateway.trace import passed, traced


@dataclass(frozen=True, slots=True, kw_only=True)
class Study:
    """A campaign with its first message.

    Attributes:
        fingerprint: Of the campaign.
        repairing: What a person put right; None for nothing.
        repaired: Stands for that; see `Stream`.
        baseline: The first message, for others to be held against; None for one too large for that.
        has_trace: Whether each message that goes on gets a header that says so.
    """

    fingerprint: str
    repairing: Repairing | None
    repaired: str | None
    baseline: Baseline | None
    has_trace: bool

    @classmethod
    def of(cls, stream: Stream, sample: Opened, *, has_trace: bool) -> "Study":
        """Study the first message."""
        repairing = Repairing.of(stream.repairs, sample.mail.data) if stream.repairs else None
        return cls(
            fingerprint=stream.fingerprint,
            repairing=repairing,
            repaired=stream.repaired,
            baseline=Baseline.of(sample),
            has_trace=has_trace,
        )

    @property
    def words(self) -> int:
        """How many are kept of the first message."""
        return len(self.baseline.words) if self.baseline else 0

    def passages(self, copy: Opened) -> tuple[Passage, ...]:
        """A row for each recipient of a copy, pending."""
        parts = None if self.baseline is None else self.baseline.parts(copy)
        return passages_of(copy, self.fingerprint, parts, self.repaired)

    def outgoing(self, mail: Mail) -> Mail | None:
        """The copy as it goes on, byte for byte, unless it is repaired or gets its trace header.

        Returns:
            None where what is to be repaired cannot be found in it: it must not go on as it is.
        """
        if self.repairing is not None:
            made = self.repairing.made_in(mail.data)
            if made is None:
                return None
            mail = replace(mail, data=made.data)
        return traced(mail, passed(self.fingerprint)) if self.has_trace else mail
