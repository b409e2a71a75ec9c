"""2. LINKS: this is where every address that a reader could follow is found."""

from sendguard.links.find import MOST_LINKS, Found, find_links
from sendguard.links.issue import MOST_EARLIER, Gone, Issue
from sendguard.links.link import Link, LostLink, Role, Story, Unmade
from sendguard.links.words import is_call, is_generic, plain, promises_reading

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
