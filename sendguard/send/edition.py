"""An edition: exactly what goes out, frozen when it is queued; and the dispatch that sends it."""

import hashlib
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sendguard.read import Campaign, Medium
from sendguard.send.enclosed import Enclosed


@dataclass(frozen=True, slots=True, kw_only=True)
class Edition:
    """Exactly what goes out; delivering, resuming and correcting read it, never the folder.

    Merge fields (`{{ name }}`) stand in it as they were written.

    Attributes:
        campaign: What was checked: the built parts and the sources that they were made from.
        subject: Without line ends; may hold merge fields.
        sender: `From`, as `campaign.yaml` writes it.
        reply_to: None for the sender.
        text: The plain text part: the campaign's own, or the one made from its HTML.
        envelope: Where bounces go.
        list_id: `List-Id` without its angle brackets (RFC 2919); None for none.
        unsubscribe: The https address of one-click unsubscribing (RFC 8058), with merge fields;
            None where the newsletter names none.
        enclosed: Pictures and files that go with it.
    """

    campaign: Campaign
    subject: str
    sender: str
    reply_to: str | None
    text: str
    envelope: str
    list_id: str | None = None
    unsubscribe: str | None = None
    enclosed: tuple[Enclosed, ...] = ()

    @property
    def html(self) -> str | None:
        """The HTML that readers get; None for a newsletter in plain text."""
        return next((p.text for p in self.campaign.parts if p.medium is Medium.HTML), None)

    @property
    def digest(self) -> str:
        """`sha256:` and the digest of all that readers get of it, headers included."""
        whole = hashlib.sha256()
        for told in (self.subject, self.sender, self.reply_to, self.html, self.text):
            whole.update(_counted(told))
        for told in (self.envelope, self.list_id, self.unsubscribe):
            whole.update(_counted(told))
        for one in self.enclosed:
            whole.update(_counted(one.headers.decode("ascii")) + _counted(one.content))
        return f"sha256:{whole.hexdigest()}"


def _counted(text: str | None) -> bytes:
    raw = (text or "").encode("utf-8", "surrogatepass")
    return b"%d:" % (-1 if text is None else len(raw)) + raw


class Going(StrEnum):
    """Whether the deliveries of a dispatch go on."""

    OPEN = "open"
    PAUSED = "paused"
    CANCELLED = "cancelled"


BEING_CORRECTED = "it is being corrected"
"""Why a dispatch is paused whose correction is under way, or was left off before it was queued."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Dispatch:
    """A campaign that was queued: what all of its deliveries share.

    Attributes:
        campaign: Its name; a campaign is queued once.
        series: Of the campaign; None for none.
        path: Of its folder, as it was named when it was queued.
        edition: Digest of the edition that those get who are still pending.
        columns: Names of the merge fields that each reader's row has, in order.
        key: 32 hex digits, drawn once: Message-IDs are made from it, so that nobody can guess them.
        queued_at: In UTC.
        going: Whether deliveries go on.
        why: What paused or cancelled it, as one line; None where nothing did.
        corrects: Name of the campaign that it corrects; None for none.
        id: Its number in the outbox; 0 before it is there.
    """

    campaign: str
    series: str | None
    path: str
    edition: str
    columns: tuple[str, ...]
    key: str
    queued_at: datetime
    going: Going = Going.OPEN
    why: str | None = None
    corrects: str | None = None
    id: int = 0

    @property
    def is_being_corrected(self) -> bool:
        """Is it paused for its correction: would going on send the wrong version?"""
        return self.going is Going.PAUSED and self.why == BEING_CORRECTED
