"""Which key was meant by a name that is none."""

from collections.abc import Iterable
from difflib import SequenceMatcher

from sendguard.config.section import Path

_LIKE = 0.6
_OTHER_SECTION = 0.95
_MOST = 3
_LONGEST = 60


def nearest(wrong: Path, known: Iterable[Path]) -> tuple[Path, ...]:
    """The keys most like `wrong`, equally so; none when nothing is like it.

    A key of the right name in the wrong section is like it, too.
    """
    likeness = {path: _likeness(wrong, path) for path in known}
    best = max(likeness.values(), default=0.0)
    if best < _LIKE:
        return ()
    return tuple(path for path, like in likeness.items() if like == best)[:_MOST]


def _likeness(wrong: Path, path: Path) -> float:
    whole = _ratio("_".join(wrong), "_".join(path))
    return max(whole, _OTHER_SECTION * _ratio(wrong[-1], path[-1]))


def _ratio(one: str, other: str) -> float:
    return SequenceMatcher(None, one[:_LONGEST].casefold(), other).ratio()
