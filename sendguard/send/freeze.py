"""From a campaign to its edition: what goes out, word for word, or why it cannot."""

import re
from collections.abc import Iterator

from sendguard.config.sections import Mail
from sendguard.errors import BadConfig, Unreadable
from sendguard.judge.quote import quoted
from sendguard.read import CAMPAIGN_FILE, Campaign, Medium, Part
from sendguard.send.edition import Edition
from sendguard.send.fields import fields_of, place_in
from sendguard.send.headers import text_header
from sendguard.send.mailbox import Mailbox, sole_mailbox
from sendguard.send.merge import find_fields, find_unfit
from sendguard.send.plain_text import plain_text

LONGEST_SUBJECT = 500
"""Characters."""
LARGEST_SUBJECT = 998
"""Octets, encoded."""

_ENCLOSED = re.compile(r"""["'(=]\s*cid:""", re.IGNORECASE)
_HALF = re.compile("[\ud800-\udfff]")
_AMP = re.compile(r"<html\b[^>]*\s(?:amp4email|⚡4email)", re.IGNORECASE)


def freeze(campaign: Campaign, mail: Mail, *, is_whole: bool = True) -> Edition:
    """The edition of a campaign.

    Args:
        campaign: As it was read and checked.
        mail: What config.yaml says about every message.
        is_whole: Whether the edition is all that goes out: nothing may be enclosed. False where
            whoever calls sees to what is.

    Raises:
        Unreadable: The campaign lacks something, or holds what cannot be sent.
        BadConfig: A key of `mail` does.
    """
    if is_whole:
        _refuse_what_is_beside(campaign)
    _refuse_more_than_one_body(campaign)
    for part in campaign.parts:
        _refuse_half_characters(campaign, part)
    sender = _sender(campaign)
    mailbox = _mailbox(sender, "sender")
    reply_to = campaign.brief.reply_to or campaign.header("reply-to")
    if reply_to:
        _mailbox(reply_to, "reply_to")
    edition = Edition(
        campaign=campaign,
        subject=_subject(campaign),
        sender=sender,
        reply_to=reply_to,
        text=_text(campaign),
        envelope=_bounces_to(mail, mailbox),
        list_id=_list_id(mail.list_id) if mail.list_id else None,
        unsubscribe=mail.unsubscribe,
    )
    fields_of(edition)  # refuses those that stand where they could do harm
    return edition


def _refuse_what_is_beside(campaign: Campaign) -> None:
    """Somebody may wait for it."""
    if campaign.attached:
        kinds = ", ".join(campaign.attached)
        says = f"the message carries {kinds}, which SendGuard cannot send: link to it instead"
        raise Unreadable(says)
    for part in campaign.parts:
        found = _ENCLOSED.search(part.text) if part.medium is Medium.HTML else None
        if found:
            says = "this picture is enclosed (cid:), which SendGuard cannot send: put it on the web"
            raise Unreadable(says, place_in(campaign, part.medium)(found.start() + 1))


def _refuse_more_than_one_body(campaign: Campaign) -> None:
    """Only one HTML and one text go out."""
    for medium, name in ((Medium.HTML, "HTML"), (Medium.TEXT, "plain text")):
        parts = tuple(_bodies(campaign, medium))
        if len(parts) > 1:
            says = f"there are {len(parts)} bodies in {name}, and only one can be sent"
            raise Unreadable(says, parts[1].lines.place(0))


def _bodies(campaign: Campaign, medium: Medium) -> Iterator[Part]:
    """Those of one medium. What mail programs show of AMP is shown as HTML too, and left out."""
    of_medium = (part for part in campaign.parts if part.medium is medium)
    return (part for part in of_medium if not _AMP.search(part.text[:2_000]))


def _refuse_half_characters(campaign: Campaign, part: Part) -> None:
    if half := _HALF.search(part.text):
        says = "here stands half of a character, which cannot be sent: write it anew"
        raise Unreadable(says, place_in(campaign, part.medium)(half.start()))


def _subject(campaign: Campaign) -> str:
    subject = (campaign.brief.subject or campaign.header("subject") or "").strip()
    if not subject:
        raise Unreadable(f"there is no subject: add `subject: …` to {CAMPAIGN_FILE}")
    _refuse_unfit(subject, "subject")
    if len(subject) > LONGEST_SUBJECT or len(text_header("", subject)) > LARGEST_SUBJECT:
        raise Unreadable("`subject` is too long: mail programs show 60 characters or so of it")
    return subject


def _refuse_unfit(text: str, key: str) -> None:
    unfit = find_unfit(text)
    if unfit is None:
        return
    before = text[: text.index(unfit)]
    where = f"behind {quoted(before[-40:])}" if before else "at its beginning"
    raise Unreadable(
        f"`{key}` holds a line end, or an invisible character of control or direction "
        f"(U+{ord(unfit):04X}), {where}: write it anew"
    )


def _sender(campaign: Campaign) -> str:
    sender = campaign.brief.sender or campaign.header("from")
    if not sender:
        form = "sender: The Navigator <navigator@example.org>"
        raise Unreadable(f"there is no sender: add `{form}` to {CAMPAIGN_FILE}")
    return sender


def _mailbox(text: str, key: str) -> Mailbox:
    if next(find_fields(text), None):
        raise Unreadable(f"`{key}` is the same for all readers: no merge field can stand in it")
    _refuse_unfit(text, key)
    return sole_mailbox(text, key)


def _text(campaign: Campaign) -> str:
    """The campaign's own, or one made from its HTML."""
    own = next(_bodies(campaign, Medium.TEXT), None)
    if own:
        return own.text
    return plain_text(next(_bodies(campaign, Medium.HTML)).text)


def _bounces_to(mail: Mail, sender: Mailbox) -> str:
    if not mail.bounces_to:
        return sender.address
    bounces = Mailbox.parse(mail.bounces_to)
    if bounces is None:
        raise BadConfig("`mail.bounces_to` has to be one mail address")
    return bounces.address


def _list_id(name: str) -> str:
    """In ASCII, as domains are."""
    mailbox = Mailbox.parse(f"list@{name}")
    if mailbox is None:
        raise BadConfig("`mail.list_id` has to be like a domain, such as navigator.example.org")
    return mailbox.domain
