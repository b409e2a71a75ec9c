"""The program: its commands, and what it says and how it exits when one cannot be obeyed.

Nothing that costs time may be imported here or at the head of a command's file: `--help` is
asked for more often than anything else.
"""

import traceback
from collections.abc import Sequence
from typing import Annotated, NoReturn

import typer

from sendguard.entrypoints.cli import (
    approve,
    check,
    config,
    init,
    rules,
    send,
    sent,
    serve,
    show,
    status,
    suppress,
)
from sendguard.entrypoints.cli.correct import correct
from sendguard.entrypoints.cli.demo import demo
from sendguard.entrypoints.cli.doctor import doctor
from sendguard.entrypoints.cli.exits import COULD_NOT_WORK, WRONG_USAGE
from sendguard.entrypoints.cli.gateway import app as gateway
from sendguard.entrypoints.cli.incident import incident
from sendguard.entrypoints.cli.outbox import app as outbox
from sendguard.entrypoints.cli.say import complain, speak_utf8, swallow_the_rest
from sendguard.entrypoints.cli.store import app as store
from sendguard.entrypoints.endings import (
    INTERRUPTED,
    leave_at_once,
    leave_when_ended,
    tidy_up_when_ended,
)
from sendguard.errors import SendGuardError, WrongUsage

app = typer.Typer(
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    add_completion=False,
    no_args_is_help=True,
    epilog="\b\nTo begin:\n  sendguard check issue.html",
)
app.command("check", epilog=check.EXAMPLES)(check.check)
app.command("approve", epilog=approve.EXAMPLES)(approve.approve)
app.command("demo", epilog=demo.EXAMPLES, short_help="Watch the whole story, offline.")(demo.demo)
app.command("init", epilog=init.EXAMPLES, short_help="Make a first campaign, here.")(init.init)
app.command("rules", epilog=rules.EXAMPLES)(rules.rules)
app.command("show", epilog=show.EXAMPLES)(show.show)
app.command("send", epilog=send.EXAMPLES)(send.send)
app.command("correct", epilog=correct.EXAMPLES, short_help="Send a correction, once.")(
    correct.correct
)
app.command(
    "incident", epilog=incident.EXAMPLES, short_help="Show and complete the record of a mistake."
)(incident.incident)
app.command("sent", epilog=sent.EXAMPLES)(sent.sent)
app.command("serve", epilog=serve.EXAMPLES, short_help="Keep watch over campaigns.")(serve.serve)
app.add_typer(config.app, name="config", short_help=config.SUMMARY)
app.command("doctor", epilog=doctor.EXAMPLES, short_help="Say what works, and what to do.")(
    doctor.doctor
)
app.command("status", epilog=status.EXAMPLES, short_help="Say what waits for you.")(status.status)
app.command("suppress", epilog=suppress.EXAMPLES)(suppress.suppress)
app.add_typer(gateway.app, name="gateway", short_help=gateway.SUMMARY)
app.add_typer(outbox.app, name="outbox", short_help=outbox.SUMMARY)
app.add_typer(store.app, name="store", short_help=store.SUMMARY)


def _show_version(wanted: bool) -> None:  # noqa: FBT001 - an option's callback is given its value
    if wanted:
        typer.echo(f"sendguard {_version()}")
        raise typer.Exit


def _version() -> str:
    from importlib import metadata

    try:
        return metadata.version("sendguard")
    except metadata.PackageNotFoundError:
        return "(run from its source, not installed)"


@app.callback()
def sendguard(
    *,
    version: Annotated[
        bool,
        typer.Option("--version", callback=_show_version, is_eager=True, help="Say which version."),
    ] = False,
) -> None:
    """No newsletter goes out with a link to the wrong article."""


def run() -> NoReturn:
    """Be the program: obey the command line and exit, never with a traceback for a user's slip."""
    tidy_up_when_ended()
    speak_utf8()
    code = obey()
    leave_when_ended()
    leave_at_once(code)


def obey(arguments: Sequence[str] | None = None) -> int:
    """Do what the arguments ask for, or else the command line; the exit code."""
    try:
        app(arguments, prog_name="sendguard")
    except SystemExit as left:
        if left.code == INTERRUPTED:
            complain("interrupted")
        return left.code if isinstance(left.code, int) else 0
    except KeyboardInterrupt:
        complain("interrupted")
        return INTERRUPTED
    except SendGuardError as error:
        complain(str(error))
        return WRONG_USAGE if isinstance(error, WrongUsage) else COULD_NOT_WORK
    except OSError as error:
        swallow_the_rest()
        complain(f"could not work: {error.strerror or error}")
        return COULD_NOT_WORK
    except Exception:  # noqa: BLE001 - Python's own exit code for it, 1, would mean "blocked"
        traceback.print_exc()
        complain("stopped by a mistake of its own; please report what stands above")
        return COULD_NOT_WORK
    return 0
