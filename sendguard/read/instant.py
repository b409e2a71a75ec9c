"""A date and time as an author writes it, in the zone that is given."""

import re
from datetime import UTC, datetime, tzinfo

HOW = "write it like 2026-11-24T09:00:00-05:00 or 2026-11-24 09:00 America/New_York"
_LONGEST = 80
_NEAR_ENOUGH = 0.8
_SPACE_BEFORE_OFFSET = re.compile(r" (?=(?:[+-]\d|Z)\S*$)")
_ONE_DIGIT_HOUR = re.compile(r"(?<=\d[T ])(?=\d:)")
_ZONE_BEGINS = re.compile(r" ?\[?(?=[A-Za-z]{2})")  # two letters: not the T or the Z of a time
_NO_TIME_OF_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}Z?")
_PLACE = re.compile(r"[A-Z][A-Za-z]+(?:/[A-Za-z0-9_+-]+){1,2}")


def parse_instant(text: str) -> datetime:
    """The instant, aware, in the zone that is given: an offset, or the name of a place.

    An hour that happens twice, because clocks are set back, counts as the first of the two,
    unless an offset stands before the zone's name; `is_twice` tells.

    Args:
        text: On one line, with no more than single spaces.

    Raises:
        ValueError: It is no instant; the message fits behind the name of what holds it.

    Source:
        RFC 3339; RFC 9557 for an offset with a name.
    """
    begins = _ZONE_BEGINS.search(text)
    at = _written(text[: begins.start()] if begins else text)
    if begins:
        return _in_zone(at, text[begins.end() :][:_LONGEST].rstrip("]"))
    if at.tzinfo is None:
        raise ValueError(f"does not say its time zone: {HOW}")
    return _within_the_calendar(at)


def is_twice(at: datetime) -> bool:
    """Does its zone's clock show this time twice, because it is set back in between?"""
    first, second = at.replace(fold=0).utcoffset(), at.replace(fold=1).utcoffset()
    return first is not None and second is not None and first > second


def _written(wall: str) -> datetime:
    if _NO_TIME_OF_DAY.fullmatch(wall):
        raise ValueError(f"does not say the time of day: {HOW}")
    spelled = _ONE_DIGIT_HOUR.sub("0", _SPACE_BEFORE_OFFSET.sub("", wall))
    try:
        return datetime.fromisoformat(spelled)
    except ValueError as error:
        raise ValueError(f"is no date and time: {HOW}") from error


def _in_zone(at: datetime, name: str) -> datetime:
    zone = _zone(name)
    if at.tzinfo is not None:
        return _agreeing(at, name, zone)
    there = _within_the_calendar(at.replace(tzinfo=zone))
    if (real := there.astimezone(UTC).astimezone(zone)).replace(tzinfo=None) != at:
        raise ValueError(
            f"is a time that no clock shows: on {at:%Y-%m-%d} clocks in {name} are set forward "
            f"over {at:%H:%M}, so write {real:%Y-%m-%d %H:%M} {name}"
        )
    return there


def _agreeing(at: datetime, name: str, zone: tzinfo) -> datetime:
    """The instant where both an offset and a zone are given."""
    there = _within_the_calendar(at).astimezone(zone)
    if there.utcoffset() != at.utcoffset():
        raise ValueError(
            f"has another offset than {name} has then, which is {_offset(there)}: keep one of them"
        )
    # The offset says which of the two is meant; the name alone would not.
    return at if is_twice(there) else there


def _zone(name: str) -> tzinfo:
    # Not every campaign names a place, and zoneinfo takes longer to load than all of this.
    from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

    if name.upper() in {"UTC", "GMT"}:
        return UTC
    if "/" not in name and name.isupper():
        raise ValueError(
            f"has the time zone {name}, which several places call theirs: write an offset such as "
            "-05:00, or a place such as America/New_York"
        )
    try:
        if _PLACE.fullmatch(name):
            return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        pass
    raise ValueError(f"has a time zone that is not known: {_nearest(name)}")


def _nearest(name: str) -> str:
    from zoneinfo import available_timezones

    from rapidfuzz import process
    from rapidfuzz.distance import OSA

    wanted = name.replace(" ", "_").casefold()
    part = slice(None) if "/" in wanted else slice(-1, None)
    places = {place: "/".join(place.split("/")[part]) for place in available_timezones()}
    known = {place: said.casefold() for place, said in places.items() if "/" in place}
    nearest = process.extractOne(
        wanted, known, scorer=OSA.normalized_similarity, score_cutoff=_NEAR_ENOUGH
    )
    return f"did you mean {nearest[2]}?" if nearest else HOW


def _within_the_calendar(at: datetime) -> datetime:
    try:
        at.astimezone(UTC)
    except OverflowError as error:
        raise ValueError(f"is no date and time: {HOW}") from error
    return at


def _offset(at: datetime) -> str:
    return f"{at:%z}"[:3] + ":" + f"{at:%z}"[3:5]
