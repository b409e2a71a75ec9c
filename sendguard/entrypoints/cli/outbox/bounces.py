"""`sendguard outbox bounces`: mail that came back."""

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Annotated

import typer

from sendguard.entrypoints.cli.options import ConfigFile
from sendguard.entrypoints.cli.say import say
from sendguard.entrypoints.cli.settings import settings
from sendguard.errors import SendGuardError

if TYPE_CHECKING:
    from sendguard.flows.suppress import Returned

EXAMPLES = """\b
Examples:
  sendguard outbox bounces /var/mail/bounces/Maildir
  sendguard outbox bounces - < returned.eml

\b
Reads the reports of mail servers that they could not deliver (RFC 3464) out of
a Maildir, an mbox, a message, or standard input. A failure for good is marked
on its delivery, and whose mailbox is gone gets nothing any more; a delay
changes nothing. Only reports on messages that were sent from here count:
anybody can write one. Nothing in the mailbox is moved or deleted, and to read
it again changes nothing.
"""
NOTHING_SENT = "nothing was sent from here yet: there is no store"


def bounces(
    *,
    mailbox: Annotated[
        str, typer.Argument(metavar="MAILBOX", help="A Maildir, an mbox, a message, or -.")
    ],
    config: ConfigFile = None,
) -> None:
    """Mark what came back, and write no more to mailboxes that are gone."""
    database = settings(config).database
    if database is None:
        raise SendGuardError(NOTHING_SENT)
    from contextlib import closing

    from sendguard.adapters.database.store import find_store
    from sendguard.adapters.mailboxes import open_messages
    from sendguard.flows.suppress import take_returned

    with open_messages(mailbox) as messages:
        store = find_store(database)
        if store is None:
            raise SendGuardError(NOTHING_SENT)
        with closing(store):
            before = store.suppressions.count()
            returned = take_returned(messages, datetime.now(UTC), store.suppressions)
            new = store.suppressions.count() - before
    say(_told(returned, new))


def _told(returned: "Returned", new: int) -> str:
    messages = "1 message" if returned.messages == 1 else f"{returned.messages:,} messages"
    if not returned.bounces:
        return f"Read {messages}: none reports that mail came back for good."
    back = f"{returned.bounces:,} came back for good"
    if not (returned.found or new > 0):
        return f"Read {messages}: {back}, nothing new: marked before, or not sent from here."
    marked = f"{returned.found:,} of them marked now"
    return f"Read {messages}: {back}, {marked}, {max(0, new):,} new on the suppression list."
