"""The commands that stand behind `sendguard outbox`."""

import typer

from sendguard.entrypoints.cli.outbox import (
    bounces,
    cancel,
    export,
    listing,
    pause,
    resume,
    settle,
)

SUMMARY = "The outbox: what is sent, what waits, what came back."

app = typer.Typer(rich_markup_mode=None, no_args_is_help=True, add_completion=False)
app.command("list", epilog=listing.EXAMPLES)(listing.listing)
app.command("resume", epilog=resume.EXAMPLES)(resume.resume)
app.command("pause", epilog=pause.EXAMPLES)(pause.pause)
app.command("cancel", epilog=cancel.EXAMPLES)(cancel.cancel)
app.command("settle", epilog=settle.EXAMPLES)(settle.settle)
app.command("export", epilog=export.EXAMPLES)(export.export)
app.command("bounces", epilog=bounces.EXAMPLES)(bounces.bounces)


@app.callback()
def outbox() -> None:
    """Look after what is being sent, and what was."""
