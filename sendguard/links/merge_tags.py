"""Merge tags: what a sending platform fills in, in the spelling of each platform."""

import re
from functools import lru_cache
from urllib.parse import unquote

# Every part is bounded by its own ends: no letter is read more than a few times.
_BRACKETED = r"""
      \*\|[^|*]+\|\*                        # Mailchimp
    | \{\{\{[^{}]+\}\}\} | \{\{[^{}]+\}\}   # Handlebars, Liquid, Django, Go
    | \{\{[^{}]*\$\{[^{}]+\}[^{}]*\}\}       # Braze
    | \{%[^%]+%\} | <%[^%]+%>               # their blocks; SendGrid's groups
    | %%[^%]+%%                             # Marketing Cloud, Lyris
    | \[\[[^\[\]]+\]\]                       # Mailjet
    | \$\{[^{}]+\} | \$[A-Z]+(?:\.[A-Z]+)+\$
    | \$(?i:unsub(?:scribe)?|preferences|webversion|forward)(?i:_?(?:url|link))?\$
    | \#\#[\w.-]+\#\#
    | (?<!\{)\{[!$]?[A-Za-z_][\w.]*(?:[ ,|][^{}]*)?\}(?!\})
    | (?<![\w-])(?<!\w/)-unsubscribe-(?![\w-])  # SendGrid of old; no part of a slug
    # phpList, Campaign Monitor, MailPoet. A word in front makes it a list: filter[email].
    | (?<!\w)\[(?:[a-z]{1,40},[ ]?fallback=[^\[\]]{0,200}
        |(?:link|subscriber|newsletter):[^\[\]]{1,80}
        |(?i:email|first_?name|last_?name|full_?name|uniqid)
        |(?i:unsubscribe|preferences|forward|subscribe|confirmation|web_?version)
         (?i:_?(?:url|link))?)\]
"""
# Two letters that are hexadecimal digits would be a percent-encoded character.
_BETWEEN_PERCENTS = r"""
      %(?![0-9A-Fa-f]{2})[A-Z][A-Z0-9_:-]{2,}%                # ActiveCampaign
    | %(?![0-9A-Fa-f]{2})[a-z]+(?:[._][A-Za-z0-9-]+)+%        # Mailgun
    | %(?i:recipient|unsubscribe)%
"""
_TAG = re.compile(f"{_BRACKETED}|{_BETWEEN_PERCENTS}", re.VERBOSE)
_DECODED_TAG = re.compile(_BRACKETED, re.VERBOSE)  # a decoded %25 is a mere percent sign
_SCHEME = re.compile(r"https?://", re.IGNORECASE)
_TAG_SEARCH_LIMIT = 4000
_SYSTEM = re.compile(
    r"""unsub|opt.?out|opt.?in|preference|profile|archive|forward|browser|web.?version
    |web.?view|view.?online|message.?url|mirror|permalink|share|twitter|facebook|linkedin
    |instagram|abuse|manage|subscri(?!ber)|list.?(?:url|address)|asm_group|track|!remove|confirm""",
    re.IGNORECASE | re.VERBOSE,
)
_READER = re.compile(
    r"""e-?mail|uni?qid|subscriber|contact|recipient|customer|person|user|member|reader|f_?name
    |l_?name|first_?name|last_?name|full_?name|euid|\bid\b|uuid|campaign|list|date|utm|lang""",
    re.IGNORECASE | re.VERBOSE,
)
_UNSUBSCRIBES = re.compile(
    r"unsub|opt.?out|preference|update_profile|manage.?sub|asm_group|subscription|!remove",
    re.IGNORECASE,
)
_UNSUBSCRIBE_ELEMENT = re.compile(r"<(?:unsubscribe|preferences)[\s>/]", re.IGNORECASE)
_ENCODED = re.compile(
    r"(?:%7B){2}.{0,200}?(?:%7D){2}|%7B%25.{0,200}?%25%7D|\*%7C.{1,200}?%7C\*", re.IGNORECASE
)
_HALF = re.compile(r"\{\{|\}\}|\{%|%\}|<%|%>|\*\||\|\*|\$\{")


@lru_cache(1_024)
def tags_in(text: str) -> tuple[str, ...]:
    """Every whole, well-formed merge tag, in order."""
    return tuple(_TAG.findall(text[:_TAG_SEARCH_LIMIT]))


@lru_cache(4_096)
def has_tag(text: str) -> bool:
    """True when an address still holds a field that is filled in for each recipient."""
    head = text[:_TAG_SEARCH_LIMIT]
    return bool(_TAG.search(head) or _DECODED_TAG.search(unquote(head)))


def is_system_tag(text: str) -> bool:
    """The text is one tag that platforms fill with an address of their own.

    A scheme in front is no more than the platform's editor asks for: `http://*|UNSUB|*`.
    """
    whole = _SCHEME.sub("", text.strip(), count=1)
    return bool(_TAG.fullmatch(whole) and _SYSTEM.search(whole))


def tags_only_tell_reader(href: str) -> bool:
    """Every tag stands behind the ? or # and names the reader or the issue, as tags there do."""
    head = href[:_TAG_SEARCH_LIMIT]
    before = re.split(r"[?#]", head, maxsplit=1)[0]
    tags = _TAG.findall(head)
    return bool(tags) and not _TAG.search(before) and all(_READER.search(tag) for tag in tags)


def names_site_by_tag(href: str) -> bool:
    """The name of the site itself is still to be filled in."""
    behind = href[:_TAG_SEARCH_LIMIT].partition("://")[2]
    return bool(_TAG.search(behind.partition("/")[0]))


@lru_cache(1_024)
def broken_tag_in(text: str) -> str | None:
    """The remains of a tag that lost an end or was percent-encoded; None when there are none."""
    head = text[:_TAG_SEARCH_LIMIT]
    encoded = _ENCODED.search(head)
    if encoded:
        return encoded.group()
    rest = _TAG.sub("", head)
    half = _HALF.search(rest)
    if half:
        return rest[max(half.start() - 12, 0) : half.end() + 24]
    return _lone_brace(rest)


def stands_for_unsubscribe(text: str) -> bool:
    """Somewhere in the text stands a tag that becomes a way to unsubscribe."""
    if _UNSUBSCRIBE_ELEMENT.search(text):
        return True
    # Looking for tags takes far longer than looking for the words that one has to hold.
    return bool(_UNSUBSCRIBES.search(text)) and any(map(_UNSUBSCRIBES.search, _TAG.findall(text)))


def _lone_brace(text: str) -> str | None:
    raw = text.count("{") != text.count("}")
    coded = text.upper().count("%7B") != text.upper().count("%7D")
    if not raw and not coded:
        return None
    brace = re.search(r"[{}]|%7[BD]", text, re.IGNORECASE)
    return text[max(brace.start() - 12, 0) : brace.end() + 12] if brace else None
