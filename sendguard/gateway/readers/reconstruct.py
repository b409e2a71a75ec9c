"""A campaign that passed, as an edition that can be corrected: with fields where copies differ."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from urllib.parse import unquote

from sendguard.config.sections import Mail as MailSettings
from sendguard.errors import Unreadable
from sendguard.gateway.mail import Mail
from sendguard.gateway.opened import Opened
from sendguard.gateway.readers.enclosing import enclosed_in
from sendguard.gateway.readers.fields import Fields
from sendguard.gateway.readers.molding import Molding
from sendguard.gateway.readers.survey import Survey
from sendguard.gateway.repair.readdress import Repairing
from sendguard.gateway.sample import readable
from sendguard.read import Brief, Campaign, Medium, Part
from sendguard.read.read import read_campaign
from sendguard.send import Edition
from sendguard.send.freeze import freeze
from sendguard.send.mailbox import Mailbox
from sendguard.values import Lines

_MESSAGE, _HTML, _TEXT = "message.eml", "newsletter.html", "newsletter.txt"
_FEWEST_OF_A_TOKEN = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class Reconstructed:
    """What went out to everyone, and how it is filled in for each.

    Attributes:
        edition: What went out; whatever is one reader's own is a field in it.
        fields: Which fields, and what they say.
    """

    edition: Edition
    fields: Fields

    @property
    def columns(self) -> tuple[str, ...]:
        """Names of the fields."""
        return tuple(one.name for one in self.fields.columns)

    def values(self, parts: Mapping[int, str]) -> tuple[str, ...] | None:
        """What they say to a reader; None where the survey did not hear of his copy."""
        known = self.fields.survey.knows(parts)
        return self.fields.values(parts) if known else None


def reconstruct(  # noqa: PLR0913 - one for each thing that it is made of
    fingerprint: str,
    sample: Mail,
    survey: Survey,
    own: Collection[str],
    settings: MailSettings,
    *,
    repairing: Repairing | None = None,
) -> Reconstructed:
    """The edition of a campaign.

    Args:
        fingerprint: Its name.
        sample: Its first message.
        survey: Where the others differ from that.
        own: The first reader's own words, in lower case: what looks like a token of his becomes a
            field even where nobody else is known.
        settings: What config.yaml says about every message.
        repairing: What was put right at the gate in all that went out; None for nothing.

    Raises:
        Unreadable: It cannot be sent again; says why.
    """
    files = {_MESSAGE: readable(sample.data)}
    read = read_campaign(fingerprint, files, name=_MESSAGE, id=fingerprint)
    freeze(read, settings, is_whole=False)  # refuses what cannot be sent again, by its own words
    fields = Fields(survey)
    molding = Molding(fields, frozenset(_personal(survey, own)))
    edition = freeze(_molded(read, molding, repairing), settings, is_whole=False)
    edition = replace(
        edition,
        # Its own or none: what config.yaml says of these is said of SendGuard's newsletters.
        list_id=_list_id(read),
        unsubscribe=molding.unsubscribe(),
        enclosed=enclosed_in(Opened(sample), edition.html or "", own),
    )
    return Reconstructed(edition=edition, fields=fields)


def _personal(survey: Survey, own: Collection[str]) -> Iterator[int]:
    yield from survey.marks
    tokens = {word for word in own if len(word) >= _FEWEST_OF_A_TOKEN and not word.isalpha()}
    for place, word in enumerate(survey.baseline.words, 1):
        if len(word) >= _FEWEST_OF_A_TOKEN and unquote(word).lower() in tokens:
            yield place


def _molded(read: Campaign, molding: Molding, repairing: Repairing | None) -> Campaign:
    """The campaign as if its author had written the fields; no server has taken that before."""
    subject = molding.subject()
    html = _repaired(molding.markup(), Medium.HTML, repairing)
    text = _repaired(molding.text(), Medium.TEXT, repairing)
    reply_to = None if molding.has_own_reply_to() else read.header("reply-to")
    brief = Brief(newsletter=_HTML, subject=subject, sender=read.header("from"), reply_to=reply_to)
    parts = [_part(Medium.HTML, html, _HTML), _part(Medium.TEXT, text, _TEXT)]
    if html is None and text is None:
        raise Unreadable("its plain text is another for each reader, and it has nothing else")
    return replace(read, brief=brief, subject=subject, headers=(), parts=tuple(filter(None, parts)))


def _repaired(text: str | None, medium: Medium, repairing: Repairing | None) -> str | None:
    if text is None or repairing is None:
        return text
    made = repairing.made_in_text(text, medium)
    if made is None:
        raise Unreadable("what was repaired at the gate cannot be made again as it went out")
    return made


def _part(medium: Medium, text: str | None, name: str) -> Part | None:
    return None if text is None else Part(medium=medium, text=text, lines=Lines.of(name, text))


def _list_id(read: Campaign) -> str | None:
    """That of the message (RFC 2919), as far as it can be sent again."""
    name = (read.header("list-id") or "").rpartition("<")[2].partition(">")[0].strip()
    mailbox = Mailbox.parse(f"list@{name}") if name else None
    return mailbox.domain if mailbox else None
