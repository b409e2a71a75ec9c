"""Queue a campaign that passed: who gets it, in how large a circle, and all of it at once."""

from collections.abc import Iterator
from dataclasses import dataclass

from sendguard.errors import Unreadable, WrongUsage
from sendguard.gate import Sending
from sendguard.ports import Clock, OpenAudience
from sendguard.ports.sending import Outbox
from sendguard.read import Brief
from sendguard.send import Dispatch, Edition, Reader
from sendguard.send.audience import LeftOut, read_audience
from sendguard.send.audience_size import HeadCount, doubt_size
from sendguard.send.fields import missing_fields
from sendguard.send.merge import says_missing


@dataclass(frozen=True, slots=True, kw_only=True)
class Surveyed:
    """An audience that was gone through once.

    Attributes:
        folder, name: Of its file.
        columns: Names of the merge fields.
        count: How many readers it has.
        left_out: The rows that are none.
    """

    folder: str
    name: str
    columns: tuple[str, ...]
    count: HeadCount
    left_out: LeftOut

    @property
    def told(self) -> str:
        """How many readers, and how many rows they take where some are there twice."""
        count = self.count
        readers = "1 reader" if count.people == 1 else f"{count.told} readers"
        return readers if count.people == count.rows else f"{readers} ({count.rows:,} rows)"


def survey_audience(folder: str, brief: Brief, open_audience: OpenAudience) -> Surveyed:
    """Go through a campaign's audience, without keeping it.

    Args:
        folder: The campaign's.
        brief: Names the file.
        open_audience: Opens it.

    Raises:
        Unreadable: There is none, it cannot be read, or it has no readers.
    """
    if not brief.audience:
        raise Unreadable(
            "campaign.yaml names no audience: write `audience: readers.csv`, a file with a row for "
            "each reader and a column `email`"
        )
    left_out = LeftOut()
    with open_audience(folder, brief.audience) as lines:
        audience = read_audience(lines, brief.audience)
        count = HeadCount.of(reader.key for reader in left_out.sift(audience.rows))
    if not count.rows:
        told = "; ".join(row.says for row in left_out.first[:1])
        raise Unreadable(f"{brief.audience} has no reader to write to{told and f': {told}'}")
    return Surveyed(
        folder=folder,
        name=brief.audience,
        columns=audience.columns,
        count=count,
        left_out=left_out,
    )


def readers_of(surveyed: Surveyed, open_audience: OpenAudience) -> Iterator[Reader]:
    """The same readers once more, as they come.

    Raises:
        Unreadable: There are others now: the file was changed meanwhile.
    """
    count = 0
    with open_audience(surveyed.folder, surveyed.name) as lines:
        audience = read_audience(lines, surveyed.name)
        if audience.columns == surveyed.columns:
            for reader in LeftOut().sift(audience.rows):
                count += 1
                yield reader
    if count != surveyed.count.rows:
        raise Unreadable(f"{surveyed.name} was changed while it was read: nothing is queued")


def doubt_audience(
    surveyed: Surveyed, brief: Brief, outbox: Outbox, clock: Clock, confirmed: int | None
) -> str | None:
    """Why so many are too many until a person says so; None where nothing speaks against it."""
    usual = outbox.usual_size(brief.series, clock.now()) if brief.series else None
    return doubt_size(surveyed.count, brief.expected_recipients, usual, confirmed)


def refuse_missing_fields(edition: Edition, surveyed: Surveyed) -> None:
    """See to it that every reader has what the newsletter speaks of.

    Raises:
        Unreadable: A merge field has no column and no default.
    """
    if missing := missing_fields(edition, surveyed.columns):
        raise Unreadable(f"{says_missing(missing)} ({surveyed.name})")


def dispatch_of(edition: Edition, surveyed: Surveyed, key: str, clock: Clock) -> Dispatch:
    """The dispatch of an edition to an audience."""
    name = edition.campaign.id
    if name is None:
        raise WrongUsage(f"{edition.campaign.path} is a newsletter without a campaign folder")
    return Dispatch(
        campaign=name,
        series=edition.campaign.brief.series,
        path=edition.campaign.path,
        edition=edition.digest,
        columns=surveyed.columns,
        key=key,
        queued_at=clock.now(),
    )


def queue_campaign(
    dispatch: Dispatch,
    edition: Edition,
    surveyed: Surveyed,
    outbox: Outbox,
    open_audience: OpenAudience,
) -> Dispatch:
    """Queue it, all or nothing.

    Raises:
        Unreadable: The audience was changed meanwhile.
        BadStore: It cannot be written down.
        AlreadyQueued: Somebody else has.
    """
    sending = Sending.of(edition.campaign, dispatch.queued_at)
    return outbox.queue(dispatch, edition, readers_of(surveyed, open_audience), sending)
