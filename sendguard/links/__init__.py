"""2. LINKS: this is where every address that a reader could follow is found."""

from sendguard.links.link import Link, LostLink, Role, Story

__all__ = ["Link", "LostLink", "Role", "Story"]
