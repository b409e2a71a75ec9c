"""What whoever sent a message is told of those who did not get it, in plain words."""

from collections.abc import Iterator, Mapping, Sequence

from sendguard.gateway.release.returned import Returned
from sendguard.judge.quote import plain
from sendguard.send import Deferred, NotSent, Outcome, Refused

_MOST_REASONS = 5
_MOST_NAMED = 10
_LONGEST_SAID = 300
_LONGEST_ADDRESS = 320


def told_sender(original: Returned, failures: Mapping[str, Outcome], reporting: str) -> str:
    """The whole text, its lines ended by CRLF; as short for five hundred as for fifty."""
    called = f"Your message “{original.subject}”" if original.subject else "Your message"
    lines = (
        f"{called} did not reach {_people(len(failures))}. It is not tried again.",
        "Nobody else is concerned.",
        "",
        *_reasons(failures),
        f"This notice comes from SendGuard on {reporting}, which hands your mail on to the mail",
        "server. All addresses stand in the list below, which is for programs to read.",
    )
    return "".join(f"{line}\r\n" for line in lines)


def _reasons(failures: Mapping[str, Outcome]) -> Iterator[str]:
    groups: dict[str, list[str]] = {}
    for address, outcome in failures.items():
        groups.setdefault(_why(outcome), []).append(address)
    told = sorted(groups.items(), key=lambda group: -len(group[1]))
    for why, addresses in told[:_MOST_REASONS]:
        yield from (why, *_named(addresses), "")
    left = sum(len(addresses) for _, addresses in told[_MOST_REASONS:])
    if left:
        yield from (f"For other reasons: {_people(left)}.", "")


def _named(addresses: Sequence[str]) -> Iterator[str]:
    for address in addresses[:_MOST_NAMED]:
        yield f"    {plain(address, _LONGEST_ADDRESS)}"
    if len(addresses) > _MOST_NAMED:
        yield f"    and {len(addresses) - _MOST_NAMED} more"


def _why(outcome: Outcome) -> str:
    match outcome:
        case Refused(reply):
            return f"The mail server refused it, and said: {plain(str(reply), _LONGEST_SAID)}"
        case Deferred(reply):
            said = plain(str(reply), _LONGEST_SAID)
            return f"The mail server put it off until it was given up, and said last: {said}"
        case NotSent(says=says):
            return f"It could not be handed to the mail server: {plain(says, _LONGEST_SAID)}"
        case _:
            raise ValueError(f"{outcome} is no failure")


def _people(count: int) -> str:
    return "one recipient" if count == 1 else f"{count} recipients"
