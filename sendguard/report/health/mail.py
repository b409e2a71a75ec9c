"""What messages carry besides the newsletter, how many wait, and who gets none."""

from sendguard.report.health.part import Health, Part, fine
from sendguard.report.layout import plain

_LONGEST_RECORD = 4_000  # of the largest key; it is to be copied, so it is never cut


def dkim_part(selector: str, domain: str | None, record: str) -> Part:
    """What has to be published for signatures to count.

    Args:
        selector: Of the key.
        domain: Which signs; None for that of each campaign's sender.
        record: The text that tells the public key.
    """
    where = f"{selector}._domainkey.{domain or 'DOMAIN'}"
    of = "" if domain else ", where DOMAIN is that of the campaign's `sender:`"
    says = f"messages are signed; at {where}{of}, the DNS must have this TXT record: {record}"
    return Part("dkim", Health.OK, plain(says, _LONGEST_RECORD))


def unsubscribe_part(address: str | None) -> Part:
    """Whether readers can leave the list with one click."""
    if address is not None:
        return fine("unsubscribe", f"with one click, at {address}")
    return fine(
        "unsubscribe",
        "no `mail.unsubscribe`, so not with one click (RFC 8058): Gmail and Yahoo want that of "
        "whoever sends their users 5,000 messages a day",
    )


def suppressed_part(count: int) -> Part:
    """How many people get nothing any more."""
    who = "nobody is" if not count else "1 address is" if count == 1 else f"{count:,} addresses are"
    return fine("suppressed", f"{who} on the suppression list")


def outbox_part(waiting: int) -> Part:
    """How much is still to be sent."""
    what = "1 message waits" if waiting == 1 else f"{waiting:,} messages wait"
    return fine("outbox", f"{what} to be sent" if waiting else "nothing waits to be sent")
