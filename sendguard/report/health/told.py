"""The parts and how they are: lines for a person, a document for programs."""

import json
from collections.abc import Iterator, Sequence

from sendguard.report.health.part import Health, Part

SCHEMA = "sendguard.doctor/1"
_WIDEST = max(map(len, Health))


def health_as_text(parts: Sequence[Part]) -> str:
    """One line for each part, and one that sums up."""
    return "\n".join(_lines(parts))


def health_as_json(parts: Sequence[Part]) -> str:
    """The same on one line of ASCII."""
    told = [{"name": one.name, "health": one.health, "says": one.says} for one in parts]
    return json.dumps({"schema": SCHEMA, "works": works(parts), "parts": told})


def works(parts: Sequence[Part]) -> bool:
    """Whether nothing keeps SendGuard from its work."""
    return all(one.health is not Health.WRONG for one in parts)


def _lines(parts: Sequence[Part]) -> Iterator[str]:
    names = max((len(one.name) for one in parts), default=0)
    for one in parts:
        yield f"{one.health:<{_WIDEST}}  {one.name:<{names}}  {one.says}"
    yield _summed_up(parts)


def _summed_up(parts: Sequence[Part]) -> str:
    counts = {health: sum(one.health is health for one in parts) for health in Health}
    if number := counts[Health.WRONG]:
        return f"\n{number} {'thing is' if number == 1 else 'things are'} wrong."
    if number := counts[Health.WARNING]:
        return f"\nIt works; {number} {'warning' if number == 1 else 'warnings'}."
    return "\nIt works."
