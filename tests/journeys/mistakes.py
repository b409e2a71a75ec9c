"""Newsletters that went out, and whose link then turned out wrong."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from tests.journeys.mailing import HTML, Newsroom, newsroom

SUBJECT, CORRECTION = "How to recover from a mistake", "CORRECTED: How to recover from a mistake"


@asynccontextmanager
async def mistaken(here: Path, html: str = HTML) -> AsyncIterator[Newsroom]:
    """A newsroom whose campaign went out to three; then its link went wrong."""
    async with newsroom(here) as room:
        room.write(html)
        assert (await room.send()).code == 0
        room.spoil()
        yield room
