"""SG406, sent-already."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

from sendguard.judge.quote import quoted
from sendguard.judge.rule import NewsletterCase, Said, newsletter_rule, suspected
from sendguard.judge.sending import Sending
from sendguard.read import Campaign
from sendguard.values import Severity

SOON = timedelta(hours=12)
"""A time to send that is later than that after the last sending is another one."""


@newsletter_rule(
    "SG406",
    severity=Severity.BLOCK,
    advice="If it is meant to go out once more, approve this; a new issue needs its own folder.",
)
def sent_already(case: NewsletterCase) -> Iterator[Said]:
    """A campaign that went out already, or another one with the very same newsletter.

    Why it matters:
        A job that runs twice, or an issue that is put right after it was sent, sends
        everybody the same newsletter again.

    Caught:
        A campaign that was sent, as it was or changed since; a copy of its folder with
        nothing changed in what readers get.

    Let through:
        A check made after the send to see whether its links still work. A folder that is
        used anew, with another subject or a new `send_at`, is only warned about.

    Blind spot:
        What went out without a word to the store: see `sendguard sent`.
    """
    if case.sent:
        yield _says(case.campaign, case.sent)


def _says(campaign: Campaign, sent: Sending) -> Said:
    when = f"{sent.at.day} {_MONTHS[sent.at.month - 1]} {sent.at:%Y at %H:%M} UTC"
    # Each further sending makes another sentence, so that an approval is good for one.
    often = f"; {sent.times} sendings are known" if sent.times > 1 else ""
    if sent.letter == campaign.letter:
        name = "" if sent.campaign == campaign.id else f", as the campaign {quoted(sent.campaign)}"
        return f"This very newsletter went out already, on {when}{name}{often}"
    if _is_used_anew(campaign, sent):
        return suspected(f"Another newsletter of this campaign went out on {when}")
    return f"This campaign went out already, on {when}, and was changed since{often}"


def _is_used_anew(campaign: Campaign, sent: Sending) -> bool:
    """Does its subject or its time say that this is a new issue in the folder of an old one?"""
    later = campaign.brief.send_at and _is_later(campaign.brief.send_at, sent.at)
    return bool(later) or campaign.subject != sent.subject


def _is_later(planned: datetime, sent: datetime) -> bool:
    return planned.astimezone(UTC) > sent + SOON


_MONTHS = (
    *("January", "February", "March", "April", "May", "June", "July"),
    *("August", "September", "October", "November", "December"),
)
