"""Which sending platforms fill in a merge tag, told from how it is written."""

import re

from sendguard.links.merge_tags import tags_in

_SPELLINGS = {
    "Mailchimp": r"\*\|[^|*]+\|\*",
    "Braze": r"\{\{[^{}]*\$\{[^{}]+\}[^{}]*\}\}",
    "SendGrid": r"\{\{\{[^{}]+\}\}\}|<%[^%]+%>|-[a-z_]+-",
    "Resend": r"\{\{\{[^{}]+\}\}\}",
    "Mailjet": r"\[\[[^\[\]]+\]\]|\{\{(?:var|data):[^{}]*\}\}",
    "Omnisend": r"\[\[[^\[\]]+\]\]",
    "ActiveCampaign": r"%[A-Z][A-Z0-9_:-]+%",
    "Mailgun": r"%[a-z]+(?:[._][A-Za-z0-9-]+)*%",
    "Marketing Cloud": r"%%[^%]+%%",
    "Campaign Monitor": r"\[[a-z]{1,40},[ ]?fallback=[^\[\]]*\]"
    r"|\[(?:unsubscribe|webversion|preferences|forwardtoafriend)\]",
    "phpList": r"\[[A-Z_ ]+\]",
    "MailPoet": r"\[(?:link|subscriber|newsletter):[^\[\]]+\]",
    "SocketLabs": r"##[\w.-]+##",
    "MailerLite": r"\{\$[^{}]+\}",
    "AWeber": r"\{![^{}]+\}",
    "Constant Contact": r"\$[A-Z]+(?:\.[A-Z]+)+\$",
    "Ghost": r"\{[a-z_]+(?:,[^{}]*)?\}",
}
_PLATFORMS = {name: re.compile(spelling) for name, spelling in _SPELLINGS.items()}
# Any name may stand between these: a field of one's own, on each of the platforms that use them.
_SHARED = re.compile(r"\{\{[^{}]*\}\}|\{%[^%]*%\}")
_SHARING = frozenset(
    """Brevo Buttondown Customer.io HubSpot Keila Kit Klaviyo Mailjet SendGrid""".split()
)
# Go's templates: a dot in front, or the name of a function of listmonk's.
_IN_GO = re.compile(
    r"\{\{-?\s*(?:\.|TrackLink|TrackView|MessageURL|OptinURL|ManageURL|UnsubscribeURL|ArchiveURL)"
)
_NOT_IN_GO = re.compile(r"\{\{\s*[a-z_]+\.|\{%")
_LISTMONK = frozenset({"listmonk"})
_TRACKED_BY_LISTMONK = re.compile(r"https?://\S+@TrackLink")


def platforms_of(tag: str) -> frozenset[str]:
    """The platforms that would fill the tag in; empty where that cannot be told."""
    own = frozenset(name for name, spelling in _PLATFORMS.items() if spelling.fullmatch(tag))
    if not _SHARED.fullmatch(tag) or "Braze" in own:
        return own
    if _IN_GO.match(tag):
        return _LISTMONK
    return own | _SHARING if _NOT_IN_GO.match(tag) else own | _SHARING | _LISTMONK


def platforms_named_in(href: str) -> tuple[tuple[str, frozenset[str]], ...]:
    """Each tag of an address that tells its platforms, with them."""
    told = [(tag, platforms_of(tag)) for tag in tags_in(href)]
    if _TRACKED_BY_LISTMONK.fullmatch(href.strip()):
        told.append(("@TrackLink", _LISTMONK))
    return tuple((tag, names) for tag, names in told if names)
