"""Asking before a version goes out that somebody knows is wrong, or that somebody stopped."""

from typing import TYPE_CHECKING

from sendguard.entrypoints.cli.gateway.opened import command
from sendguard.entrypoints.cli.say import complain
from sendguard.errors import WrongUsage

if TYPE_CHECKING:
    from sendguard.gateway import Stream

_WRONG = (
    "{name} was stopped to be corrected, and was not repaired: to let it out sends the WRONG "
    "version to whoever did not get it yet. To send them the right one: {right}"
)

_AGAIN = "If it passes the check, its copies pass again. Go on?"
_DISCARDED = (
    "{stream} {stands}, and nothing was changed: send it again from your program. To let out what "
    "still comes of it as it is: {call} --by NAME --because REASON"
)


def may_go_out(stream: "Stream", *, yes: bool, question: str | None = None) -> bool:
    """Whether it may be let out; what waits for its correction only if a person says so.

    Args:
        stream: It.
        yes: A person said so already.
        question: What is asked of any other; None for nothing.

    Raises:
        WrongUsage: Nobody is there to be asked.
    """
    from sendguard.entrypoints.cli.ask import agrees
    from sendguard.gateway import Standing
    from sendguard.send import BEING_CORRECTED

    ruling = stream.ruling
    if ruling.standing is not Standing.BLOCKED or ruling.says != BEING_CORRECTED:
        return yes or question is None or agrees(question)
    right = f'{command("repair", stream.fingerprint)} --link "LABEL=https://…" --by NAME'
    complain(_WRONG.format(name=stream.fingerprint, right=right))
    return yes or agrees("Let the wrong version out?")


def question_of_stopped(stream: "Stream") -> str | None:
    """What is asked before a check may let out again what a person stopped; None of any other."""
    from sendguard.entrypoints.cli.gateway.told import named, told_standing
    from sendguard.gateway import Standing

    if stream.standing is not Standing.BLOCKED or stream.ruling.by is None:
        return None
    return f"{named(stream)} {told_standing(stream)}. {_AGAIN}"


def refuse_discarded(stream: "Stream") -> None:
    """No check brings back what a person wanted none of.

    Raises:
        WrongUsage: It was discarded.
    """
    from sendguard.entrypoints.cli.gateway.told import told_standing
    from sendguard.gateway import Standing

    if stream.standing is Standing.DISCARDED:
        stands, approve = told_standing(stream), command("approve", stream.fingerprint)
        raise WrongUsage(_DISCARDED.format(stream=stream.fingerprint, stands=stands, call=approve))
