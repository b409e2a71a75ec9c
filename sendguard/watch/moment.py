"""The moments at which a campaign is checked without being asked to."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from sendguard.config.duration import spelled
from sendguard.watch.span import compact


class Kind(StrEnum):
    """What makes a moment one."""

    NOTICED = "noticed"
    BEFORE = "before"
    AFTER = "after"


@dataclass(frozen=True, slots=True, kw_only=True)
class Moment:
    """One check that is due, or will be.

    Attributes:
        campaign: Name of its folder.
        content: As `content_of` tells it; another content has moments of its own.
        kind: It is new or was changed; or so long before or after the send.
        offset_s: Seconds before or after the send; 0 for NOTICED.
        due: In UTC.
    """

    campaign: str
    content: str
    kind: Kind
    offset_s: float
    due: datetime

    @property
    def name(self) -> str:
        """Its key, the only one of its campaign and content: `noticed`, `24h before`."""
        if self.kind is Kind.NOTICED:
            return str(self.kind)
        return f"{compact(self.offset_s)} {self.kind}"

    @property
    def called(self) -> str:
        """What people call it: `24 h before the send`."""
        if self.kind is Kind.NOTICED:
            return "when it was new or changed"
        return f"{spelled(self.offset_s)} {self.kind} the send"

    @property
    def send(self) -> datetime | None:
        """When the campaign goes out, as this moment was planned; None where it cannot tell."""
        match self.kind:
            case Kind.BEFORE:
                return self.due + timedelta(seconds=self.offset_s)
            case Kind.AFTER:
                return self.due - timedelta(seconds=self.offset_s)
            case Kind.NOTICED:
                return None


def content_of(files: Mapping[str, bytes]) -> str:
    """A digest over all that a campaign's folder says, its approvals too.

    Args:
        files: What each file holds, by its name.
    """
    digests = (
        hashlib.sha256(name.encode("utf-8", "surrogatepass")).digest()
        + hashlib.sha256(held).digest()
        for name, held in sorted(files.items())
    )
    return f"sha256:{hashlib.sha256(b''.join(digests)).hexdigest()}"
