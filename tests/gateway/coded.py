"""Newsletters with short codes in their links."""

from sendguard.gateway import Copy, Mail
from tests.gateway.navigator import recognised

SITE = "https://navigator.example"
ADA, BOB = "ada@example.net", "bob@example.net"
LIST = "list@example.org"
STORIES = ("five-ways", "proposals", "the-cook", "fire")


def a_letter(*links: str, to: str = ADA, envelope: tuple[str, ...] = ()) -> Mail:
    """One with a story for each link."""
    stories = "".join(
        f'<h2>Story {at}</h2><a href="{one}">Read</a>' for at, one in enumerate(links)
    )
    head = f"From: news@example.org\r\nTo: {to}\r\nSubject: Out now\r\nContent-Type: text/html\r\n"
    data = f"{head}\r\n{stories}".encode()
    return Mail(sender="b@example.org", recipients=envelope or (to,), data=data)


def copy_of(*links: str, to: str = ADA, envelope: tuple[str, ...] = ()) -> Copy:
    return recognised(a_letter(*links, to=to, envelope=envelope))


def asked(code: str, name: str = "c") -> list[str]:
    return [f"{SITE}/{story}?{name}={code}" for story in STORIES]


def tracked(code: str) -> list[str]:
    return [f"{SITE}/c/55/{code}/{number}" for number in range(1, 4)]


def each(*codes: str) -> list[str]:
    return [f"{SITE}/s/{code}" for code in codes]


def signed_off(page: str, reader: str) -> list[str]:
    return [f"{SITE}/s/{page}", f"{SITE}/unsubscribe?u={reader}"]
