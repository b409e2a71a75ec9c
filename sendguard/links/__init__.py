"""2. LINKS: this is where every address that a reader could follow is found."""

from sendguard.links.issue import MOST_EARLIER, Gone, Issue
from sendguard.links.link import MOST_LINKS, Found, Link, LostLink, Role, Story, Unmade
from sendguard.links.words import is_call, is_generic, plain, promises_reading
from sendguard.read import Campaign


def find_links(campaign: Campaign) -> Found:
    """Every address that a reader can follow or a mail program loads; see `find.find_links`."""
    from sendguard.links.find import find_links as found

    return found(campaign)


__all__ = [
    "MOST_EARLIER",
    "MOST_LINKS",
    "Found",
    "Gone",
    "Issue",
    "Link",
    "LostLink",
    "Role",
    "Story",
    "Unmade",
    "find_links",
    "is_call",
    "is_generic",
    "plain",
    "promises_reading",
]
