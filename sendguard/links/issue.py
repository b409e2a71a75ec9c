"""An issue of the same newsletter that went out before: what it was called, where it linked."""

import html
import re
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import islice

from sendguard.links.link import Link
from sendguard.read import Campaign, Medium

MOST_EARLIER = 6
"""Issues that are looked back at; older ones show nothing that these do not."""

_OPENS = re.compile(r"<h1\b[^<>]*+>", re.IGNORECASE)
_MARKUP = re.compile(r"<[^<>]*+>")
_MOST = 5  # headings that are looked at: the first may be empty
_LONGEST = 2_000  # characters of a heading, markup included


@dataclass(frozen=True, slots=True, kw_only=True)
class Issue:
    """One issue of a newsletter, as far as others are compared with it.

    Attributes:
        name: The path that it was read from.
        digest: Of its files; equal for the same issue.
        subject: As `Campaign.subject`.
        heading: Its first main heading (`h1`); None without one.
        send_at: When it was to be sent, in UTC; None when nobody said so.
        links: In reading order.
    """

    name: str
    digest: str
    subject: str | None
    heading: str | None
    send_at: datetime | None
    links: tuple[Link, ...]

    @classmethod
    def of(cls, campaign: Campaign, links: tuple[Link, ...]) -> "Issue":
        """The issue that a campaign is, or was."""
        send_at = campaign.brief.send_at
        return cls(
            name=campaign.path,
            digest=campaign.digest,
            subject=campaign.subject,
            heading=_first_heading(campaign),
            send_at=send_at.astimezone(UTC) if send_at else None,
            links=links,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Gone:
    """An issue of the series that only the store knows, because its folder is gone.

    Attributes:
        issue: As it was checked last.
        at: When it went out, or was to; where nobody said so, when it was first checked.
        sent: It is known to have gone out.
    """

    issue: Issue
    at: datetime
    sent: bool


def _first_heading(campaign: Campaign) -> str | None:
    text = next((part.text for part in campaign.parts if part.medium is Medium.HTML), "")
    headings = (_words(text, opens) for opens in islice(_OPENS.finditer(text), _MOST))
    return next(filter(None, headings), None)


def _words(text: str, opens: re.Match[str]) -> str:
    rest = text[opens.end() : opens.end() + _LONGEST]
    inner = re.split("</h1", rest, maxsplit=1, flags=re.IGNORECASE)[0]
    return " ".join(html.unescape(_MARKUP.sub(" ", inner)).split())
