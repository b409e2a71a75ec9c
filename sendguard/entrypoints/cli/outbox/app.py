"""The commands that stand behind `sendguard outbox`."""

import typer

from sendguard.entrypoints.cli.outbox import bounces

SUMMARY = "The outbox: what came back."

app = typer.Typer(rich_markup_mode=None, no_args_is_help=True, add_completion=False)
app.command("bounces", epilog=bounces.EXAMPLES)(bounces.bounces)


@app.callback()
def outbox() -> None:
    """Look after what is being sent, and what was."""
