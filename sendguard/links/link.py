"""A link: one place that a reader can follow, or that a mail program loads."""

from dataclasses import dataclass
from enum import StrEnum

from sendguard.values import Place, Url

MOST_LINKS = 10_000
"""More than any newsletter has; above it a check would take minutes."""


class Role(StrEnum):
    """What a link is there for."""

    ARTICLE = "article"
    IMAGE = "image"  # a linked image
    BUTTON = "button"
    NAVIGATION = "navigation"
    SOCIAL = "social"
    UNSUBSCRIBE = "unsubscribe"
    PREFERENCES = "preferences"
    WEB_VERSION = "web-version"
    MAIL = "mail"
    PHONE = "phone"
    ANCHOR = "anchor"  # a jump inside the newsletter
    RESOURCE = "resource"  # loaded, not followed: images, backgrounds, style sheets
    OTHER = "other"


@dataclass(frozen=True, slots=True, kw_only=True)
class Story:
    """The block that a link stands in.

    Attributes:
        number: Counted from 1 in reading order; links of one story share it.
        headline: The block's headline as text.
        words: What is told around the link, without the words of links, cut short; of a block
            with several stories only the link's own paragraph.
        own: True where the block is set apart from other stories, so that the headline is
            surely the link's; False where the headline is only the last one before it.
    """

    number: int
    headline: str
    words: str = ""
    own: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """One link.

    Attributes:
        id: `L1`, `L2`… in reading order.
        href: As written, entities decoded.
        url: Resolved against `base href`; None when it is no absolute web address.
        label: Visible text; else alt; else title; empty when there is none.
        element: Name of the element (`a`, `v:roundrect`, `img`…); `text` for the plain text part.
        role: What it is there for.
        place: In the editor's own file.
        story: The block it stands in; None outside any.
        aside: The words in front of the label on its line; empty where the label opens it.
        behind: The words behind the label on its line; empty where the label ends it.
        acts: True for a form or another address that a reader submits rather than opens.
        entry: Number of the list entry whose first link it is; None for all others.
        part: Which of the campaign's parts it stands in, from 0.
        offset: Where its element begins in the text of that part, in characters; for the plain
            text part, where the address begins.
        also: Where else in that part the compiler made it anew (an icon and its words).
    """

    id: str
    href: str
    url: Url | None
    label: str
    element: str
    role: Role
    place: Place
    story: Story | None = None
    aside: str = ""
    behind: str = ""
    acts: bool = False
    entry: int | None = None
    part: int = 0
    offset: int = 0
    also: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class LostLink:
    """A link of the MJML that is not in the HTML built from it."""

    href: str
    label: str
    element: str
    place: Place


@dataclass(frozen=True, slots=True, kw_only=True)
class Unmade:
    """Words that were to be a link and are none.

    Attributes:
        label: The words.
        written: What readers see in the link's place.
        place: In the editor's own file.
        sure: Nothing but a link can have been meant.
        among: How many neighbours in its row or list are links; 0 where markup gives it away.
    """

    label: str
    written: str
    place: Place
    sure: bool
    among: int = 0


@dataclass(frozen=True, slots=True)
class Found:
    """The links of a campaign, those that its MJML has and its HTML has not, and those unmade."""

    links: tuple[Link, ...]
    lost: tuple[LostLink, ...] = ()
    unmade: tuple[Unmade, ...] = ()
