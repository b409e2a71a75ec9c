"""The commands that stand behind `sendguard gateway`."""

import typer

from sendguard.entrypoints.cli.gateway import (
    approve,
    discard,
    held,
    listing,
    password,
    recheck,
    repair,
    settle,
    show,
)

SUMMARY = "The gate in the mail path: what came by, what is stopped."

app = typer.Typer(rich_markup_mode=None, no_args_is_help=True, add_completion=False)
app.command("list", epilog=listing.EXAMPLES)(listing.listing)
app.command("show", epilog=show.EXAMPLES)(show.show)
app.command("approve", epilog=approve.EXAMPLES)(approve.approve)
app.command("discard", epilog=discard.EXAMPLES)(discard.discard)
app.command("repair", epilog=repair.EXAMPLES)(repair.repair)
app.command("recheck", epilog=recheck.EXAMPLES)(recheck.recheck)
app.command("held", epilog=held.EXAMPLES)(held.held)
app.command("settle", epilog=settle.EXAMPLES)(settle.settle)
app.command("password", epilog=password.EXAMPLES)(password.password)


@app.callback()
def gateway() -> None:
    """Look after the mail that other programs send through SendGuard."""
