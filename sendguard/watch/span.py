"""How long something is: for a person, and as a part of a key."""

_UNITS = ((3_600, "h"), (60, "min"), (1, "s"))
_DAY_S = 86_400
_ABOUT = 0.02  # of a unit: 3,601 seconds are an hour to anybody
_LETTERS = ((3_600, "h"), (60, "m"), (1, "s"))


def told_span(seconds: float) -> str:
    """About how long, in one number for a person: `20 s`, `90 min`, `24 h`, `3 days`."""
    if seconds >= 2 * _DAY_S:
        return f"{round(seconds / _DAY_S)} days"
    size, unit = next((one for one in _UNITS if _fits(seconds, one[0])), _UNITS[-1])
    return f"{max(round(seconds / size), 0)} {unit}"


def _fits(seconds: float, size: int) -> bool:
    """Is it about one of that unit, or so many that a fraction says no more?"""
    return seconds >= 2 * size or abs(seconds / size - 1) <= _ABOUT


def compact(seconds: float) -> str:
    """The length without spaces, another one for each: `24h`, `1h30m`, `0.5s`."""
    if seconds != int(seconds):
        return f"{seconds!r}s"
    parts, left = [], int(seconds)
    for size, letter in _LETTERS:
        number, left = divmod(left, size)
        parts += [f"{number}{letter}"] if number else []
    return "".join(parts) or "0s"
