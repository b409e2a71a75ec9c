"""What one link is meant to open."""

from dataclasses import dataclass
from enum import StrEnum

from sendguard.values import Url


class From(StrEnum):
    """Who says so."""

    DECLARED = "declared"
    FEED = "feed"
    HEADLINE = "headline"
    LABEL = "label"
    ALT = "alt"
    STORY = "story"


@dataclass(frozen=True, slots=True, kw_only=True)
class Intent:
    """What one link is meant to open.

    Attributes:
        title: The intended article's title, or words that should be found in it; None when
            only the address was declared.
        url: The intended address; None when it is not known.
        source: Who says so.
        sureness: 0 to 1: how sure it is that these words name the article. 1 is the author's
            own word; below `HEADLINE_LIKE` the words are a phrase, too weak to block on.
    """

    title: str | None
    url: Url | None
    source: From
    sureness: float


HEADLINE_LIKE = 0.8
