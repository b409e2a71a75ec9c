"""Durations as people write them: “24h”, “1h30m”, “3 days”."""

import re

MINUTE_S = 60.0
HOUR_S = 60 * MINUTE_S
DAY_S = 24 * HOUR_S

# Each number is bounded, so that no text takes long and no sum is without end.
_NUMBER = r"([0-9]{1,6}(?:\.[0-9]{1,3})?)"
_UNITS = ((DAY_S, "d|days?"), (HOUR_S, "h"), (MINUTE_S, "m|min"), (1.0, "s"))
_WRITTEN = "(?i)" + " ?".join(rf"(?:{_NUMBER} ?(?:{names}))?" for _, names in _UNITS)
_LONGEST = 60
_EXPECTED = "expected a time with its unit, such as 24h, 10m, 90s, 3d or 1h30m"


def parse_duration(text: str) -> float:
    """Seconds of a duration: days, hours, minutes and seconds, the longest unit first.

    Raises:
        ValueError: It is none; says what one looks like.
    """
    words = text.strip()
    written = re.fullmatch(_WRITTEN, words) if 0 < len(words) <= _LONGEST else None
    if written is None:
        raise ValueError(_EXPECTED)
    pairs = zip(written.groups(), _UNITS, strict=True)
    return sum(float(number) * unit_s for number, (unit_s, _) in pairs if number)


def spelled(duration_s: float) -> str:
    """A duration for people, to the millisecond: “24 h”, “10 min”, “3 days”.

    From two days on it is told in days; `parse_duration` reads what it says.
    """
    rest_ms = round(abs(duration_s) * 1000)
    said = []
    for unit_s, name in _spoken(rest_ms):
        count, rest_ms = divmod(rest_ms, round(unit_s * 1000))
        if count:
            said.append(f"{count} {name}")
    if rest_ms or not said:
        said.append(f"{rest_ms / 1000:g} s")
    return ("−" if duration_s < 0 else "") + " ".join(said)


def _spoken(duration_ms: int) -> tuple[tuple[float, str], ...]:
    below = ((HOUR_S, "h"), (MINUTE_S, "min"))
    return ((DAY_S, "days"), *below) if duration_ms >= 2000 * DAY_S else below
