"""How wide a report is, and foreign text made harmless in it."""

from sendguard.judge import quote

WIDTH = 80
LONG = 1000  # for a sentence, which may quote titles and addresses


def plain(text: str, limit: int = 300) -> str:
    """The text on one line of at most `limit` characters, without any that cannot be seen."""
    # Cut first, because what follows looks at every character of what may be megabytes.
    return quote.plain(text[: 4 * limit], limit)


def in_bytes(size: int) -> str:
    """A size on a disk for a person: `3.4 MB`."""
    unit, divisor = next(
        (one for one in (("GB", 1e9), ("MB", 1e6)) if size >= 0.95 * one[1]), ("kB", 1e3)
    )
    return f"{size / divisor:.1f} {unit}"
