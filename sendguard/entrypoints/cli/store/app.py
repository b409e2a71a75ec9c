"""The commands that stand behind `sendguard store`."""

import typer

from sendguard.entrypoints.cli.store import prune, upgrade

SUMMARY = "The store: bring it up to date, forget old checks."

app = typer.Typer(rich_markup_mode=None, no_args_is_help=True, add_completion=False)
app.command("upgrade", epilog=upgrade.EXAMPLES)(upgrade.upgrade)
app.command("prune", epilog=prune.EXAMPLES)(prune.prune)


@app.callback()
def store() -> None:
    """Look after the store, which `database:` in the settings names."""
