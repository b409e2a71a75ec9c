"""A page held against the intent: is this the article that was meant?"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Match:
    """How well a page answers to an intent.

    Attributes:
        sureness: 0 to 1 that the page is the intended article.
        best_title: The title of the page that fits best; None when the page has none.
        why: Reasons for a person, each a few words; empty when it simply fits.
    """

    sureness: float
    best_title: str | None
    why: tuple[str, ...] = ()
