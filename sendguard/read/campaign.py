"""What has been read: the campaign, the author's brief, and the parts that readers get."""

import hashlib
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sendguard.values import Lines, Place

CAMPAIGN_FILE = "campaign.yaml"

COPY_FOR = "x-sendguard-copy-for"
"""The gateway writes it above what it has checked: for whom that copy was made."""
SHARED = "x-sendguard-shared"
"""The same: what looks like a reader's own in its links, and stands in others' copies, too."""
PERSONAL = "x-sendguard-personal"
"""The same: short codes in its links that are its reader's own, as others' copies have others."""

# Only a message that a server has taken has them.
_OF_SENT = frozenset({"received", "dkim-signature", COPY_FOR})


class Medium(StrEnum):
    """What a part of a message is made of."""

    HTML = "html"
    TEXT = "text"


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One body that a reader's mail program can show.

    Attributes:
        medium: HTML or plain text.
        text: Decoded; for a newsletter made from MJML, the HTML that was built.
        lines: Where the text stands in the editor's file. For built HTML it counts the
            lines of the HTML itself: the editor's places then come from `Campaign.sources`.
    """

    medium: Medium
    text: str
    lines: Lines


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """A file in MJML as its editor wrote it.

    Attributes:
        name: Path relative to the campaign folder, with forward slashes.
        text: Decoded.
        lines: Places in it.
    """

    name: str
    text: str
    lines: Lines


@dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    """What the author says that a link is meant to open.

    Attributes:
        link: Its label, alt text, headline, present address, or id (`L3`).
        title: The article's title, or None.
        url: The article's address, or None; at least one of the two is given.
        place: Where the author said so; None for the command line.
    """

    link: str
    title: str | None = None
    url: str | None = None
    place: Place | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Brief:
    """What `campaign.yaml` says; everything but the newsletter is optional.

    Attributes:
        text: File of the plain text part, where the newsletter brings none of its own.
        send_at: In the zone that the author gave, so to be told to people as it is; to be compared
            or reckoned with in UTC, because within one zone Python compares what clocks show.
            `send_at_place` is where it is written.
        corrects: The campaign that this one puts right: `sendguard correct` wrote it.
        feed: Address of a feed or a sitemap; `feed_place` is where it is written.
    """

    newsletter: str
    subject: str | None = None
    sender: str | None = None
    reply_to: str | None = None
    series: str | None = None
    text: str | None = None
    audience: str | None = None
    expected_recipients: int | None = None
    send_at: datetime | None = None
    send_at_place: Place | None = None
    articles: tuple[Article, ...] = ()
    feed: str | None = None
    feed_place: Place | None = None
    corrects: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Campaign:
    """One newsletter as it would go out, with what its author says about it.

    Attributes:
        path: As the user named it.
        id: Name of the campaign folder; None for a bare file.
        brief: What the author says; for a bare file only the newsletter's name.
        subject: From the brief, else from the message or the HTML's title; None if nowhere.
        parts: HTML parts first, then plain text, each in the order of the message.
        sources: MJML files, the main one first; empty for HTML and messages.
        headers: Of a message, names in lower case, decoded, in order; empty for the rest.
        oddities: What the MJML names that MJML does not have, with places.
        attached: Of a message, the kinds of what stands in it besides HTML and text.
        digest: `sha256:` and the hex digest of the files that were read.
    """

    path: str
    id: str | None
    brief: Brief
    subject: str | None
    parts: tuple[Part, ...]
    sources: tuple[Source, ...] = ()
    headers: tuple[tuple[str, str], ...] = ()
    oddities: tuple["Oddity", ...] = ()
    attached: tuple[str, ...] = ()
    digest: str

    def header(self, name: str) -> str | None:
        """The first header of that name (in lower case), or None."""
        return next((value for key, value in self.headers if key == name), None)

    @property
    def letter(self) -> str:
        """`sha256:` and the digest of what readers get: the same letter in another campaign."""
        whole = hashlib.sha256()
        for part in self.parts:
            whole.update(f"{part.medium}\0{part.text}\0".encode("utf-8", "surrogatepass"))
        return f"sha256:{whole.hexdigest()}"

    @property
    def was_sent(self) -> bool:
        """A server has taken it before: its tags are filled in, its links are one reader's."""
        return any(name in _OF_SENT for name, _ in self.headers)


@dataclass(frozen=True, slots=True, kw_only=True)
class Oddity:
    """An element in the MJML that the compiler copies through instead of building it.

    Attributes:
        element: Its name as written.
        says: What is wrong with it, and the nearest right name where there is one.
        place: Where it opens.
    """

    element: str
    says: str
    place: Place
