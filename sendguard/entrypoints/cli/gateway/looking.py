"""Opening the right addresses of a repair, before anything is changed by it."""

from typing import TYPE_CHECKING

import typer

from sendguard.entrypoints.cli.exits import NOT_PASSED
from sendguard.entrypoints.cli.progress import progress
from sendguard.entrypoints.cli.say import complain

if TYPE_CHECKING:
    from sendguard.config import Config
    from sendguard.gate import Checked
    from sendguard.gateway import Mail, Stream
    from sendguard.gateway.repair.looked import Looked

UNCHANGED = "nothing was changed"
_NAME_ANOTHER = "name the right link; if this is the right one all the same, say --force"
_ALL_THE_SAME = (
    "it is taken all the same: if it does not pass, what is kept waits for "
    "`sendguard gateway approve`"
)
_SEEN = "Did you open it yourself, and is it right?"


def look(stream: "Stream", repaired: "Mail", config: "Config") -> "Checked":
    """Check the first message as it will be, every link opened anew; nothing is kept of that.

    Raises:
        Exit: It was interrupted, or cannot be read.
    """
    from sendguard.entrypoints.checking import awaited, check_online
    from sendguard.entrypoints.cli.check import exit_code
    from sendguard.flows.in_memory import Shelf
    from sendguard.flows.prepare import prepare_all
    from sendguard.gateway.sample import sample_files

    name = stream.fingerprint
    ready = prepare_all([name], Shelf({name: sample_files(stream, repaired)}))
    with progress(shown=True) as on_visited:
        run = awaited(check_online(ready, config, on_visited, None, fresh=True))
    if run.interrupted or not run.newsletters:
        complain(UNCHANGED)
        raise typer.Exit(exit_code(run) or NOT_PASSED)
    return run.newsletters[0]


def refuse_wrong(looked: "Looked", *, yes: bool, force: bool) -> None:
    """Go no further where a right address is not right either.

    Args:
        looked: What was seen there.
        yes: Nobody is asked about what no program can open.
        force: A person knows better; what is wrong is said all the same.

    Raises:
        Exit: Nothing is to be changed.
        WrongUsage: Somebody has to be asked, and nobody is there.
    """
    from sendguard.entrypoints.cli.ask import agrees

    for says in (*looked.wrong, *looked.unseen):
        complain(says)
    if looked.wrong and not force:
        complain(f"{UNCHANGED}: {_NAME_ANOTHER}")
        raise typer.Exit(NOT_PASSED)
    if looked.unseen and not (yes or force or agrees(_SEEN)):
        complain(UNCHANGED)
        raise typer.Exit(NOT_PASSED)
    if looked.wrong:
        complain(_ALL_THE_SAME)
