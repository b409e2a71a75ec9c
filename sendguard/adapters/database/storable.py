"""Text as every column takes it: PostgreSQL has no NUL, and no encoding half a character."""

from typing import overload

from sendguard.judge.quote import plain

LONGEST = 1_000  # characters; whatever is longer stands whole in the evidence


@overload
def storable(text: str) -> str: ...
@overload
def storable(text: None) -> None: ...
def storable(text: str | None) -> str | None:
    """The text as it can be shown and found again."""
    return None if text is None else plain(text, LONGEST)
