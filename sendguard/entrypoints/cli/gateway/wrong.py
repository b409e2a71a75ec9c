"""Asking before a version goes out that somebody knows is wrong."""

from typing import TYPE_CHECKING

from sendguard.entrypoints.cli.gateway.opened import command
from sendguard.entrypoints.cli.say import complain

if TYPE_CHECKING:
    from sendguard.gateway import Stream

_WRONG = (
    "{name} was stopped to be corrected, and was not repaired: to let it out sends the WRONG "
    "version to whoever did not get it yet. To send them the right one: {right}"
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
