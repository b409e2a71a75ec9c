"""Several looks at once, none of which may take long, break the others, or end in a traceback."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from threading import Thread
from time import monotonic
from typing import TYPE_CHECKING, TypeAlias

from sendguard.errors import SendGuardError

if TYPE_CHECKING:
    from sendguard.report.health import Part

Look: TypeAlias = "Callable[[], Iterable[Part]]"

LONGEST_WAIT_S = 5.5
"""A server that does not answer is given up after 5 s; this is for what waits longer."""


_ASKS_NOBODY = frozenset({"notify", "ca_file", "templates"})
"""These take long only where this computer does."""


@dataclass(slots=True)
class _Looking:
    """One look that is under way; what it has found so far."""

    name: str
    found: "list[Part]" = field(default_factory=list)
    is_done: bool = False


def examine(
    looks: Sequence[tuple[str, Look]], longest_wait_s: float = LONGEST_WAIT_S
) -> "Iterator[Part]":
    """What each look finds, in the order given.

    Args:
        looks: Each with the name of the part that is told where nothing else can be.
        longest_wait_s: Seconds after which one that has not ended is left behind.
    """
    begun = [_begin(name, look) for name, look in looks]
    until = monotonic() + longest_wait_s
    for looking, thread in begun:
        thread.join(max(0.0, until - monotonic()))
        yield from _outcome(looking, longest_wait_s)


def _begin(name: str, look: Look) -> tuple[_Looking, Thread]:
    looking = _Looking(name)
    thread = Thread(target=_look, args=(look, looking), daemon=True)
    thread.start()
    return looking, thread


def _look(look: Look, looking: _Looking) -> None:
    from sendguard.report.health.part import wrong

    try:
        for part in look():
            looking.found.append(part)
    except SendGuardError as error:
        looking.found.append(wrong(looking.name, str(error)))
    except OSError as error:
        looking.found.append(wrong(looking.name, error.strerror or type(error).__name__))
    except Exception as error:  # noqa: BLE001 - one that breaks must not silence the others
        says = f"stopped by a mistake of SendGuard's own ({type(error).__name__}): please report it"
        looking.found.append(wrong(looking.name, says))
    looking.is_done = True


def _outcome(looking: _Looking, waited_s: float) -> "Iterator[Part]":
    from sendguard.report.health.part import doubtful, wrong

    is_done = looking.is_done
    yield from tuple(looking.found)
    if is_done:
        return
    if looking.name in _ASKS_NOBODY:
        says = f"was not looked at within {waited_s:g} s: this computer is busy, try again"
        yield doubtful(looking.name, says)
    else:
        yield wrong(looking.name, f"no answer within {waited_s:g} s")
