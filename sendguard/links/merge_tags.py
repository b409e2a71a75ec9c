"""Merge tags: what a sending platform fills in, in the spelling of each platform."""

import re
from urllib.parse import unquote

_TAG = re.compile(
    r"""
      \*\|[^|*]+\|\*                        # Mailchimp
    | \{\{\{[^{}]+\}\}\} | \{\{[^{}]+\}\}   # Handlebars, Liquid, Django, Go
    | \{%[^%]+%\} | <%[^%]+%>               # their blocks; SendGrid's groups
    | %%[^%]+%%                             # Marketing Cloud, Lyris
    # Two letters that are hexadecimal digits would be a percent-encoded character.
    | %(?![0-9A-Fa-f]{2})[A-Z][A-Z0-9_:-]{2,}%  # ActiveCampaign
    | \[\[[^\]]+\]\]                         # Mailjet
    | \$\{[^{}]+\} | \$[A-Z]+(?:\.[A-Z]+)+\$
    | \#\#[\w.-]+\#\#
    | (?<!\{)\{[!$]?[A-Za-z_][\w.]*(?:[ ,|][^{}]*)?\}(?!\})
    | \[(?:[a-z]+,\s*fallback=[^\]]*|email|firstname|lastname|fullname|unsubscribe|webversion
        |preferences|UNIQID)\]
    """,
    re.VERBOSE,
)
_TAG_SEARCH_LIMIT = 4000
_SYSTEM = re.compile(
    r"""unsub|opt.?out|opt.?in|preference|profile|archive|forward|browser|web.?version
    |web.?view|view.?online|message.?url|mirror|permalink|share|twitter|facebook|linkedin
    |instagram|abuse|manage|subscri|list.?(?:url|address)|asm_group|track""",
    re.IGNORECASE | re.VERBOSE,
)
_UNSUBSCRIBES = re.compile(
    r"unsub|opt.?out|preference|update_profile|manage.?sub|asm_group|subscription", re.IGNORECASE
)
_UNSUBSCRIBE_ELEMENT = re.compile(r"<(?:unsubscribe|preferences)[\s>/]", re.IGNORECASE)
_ENCODED = re.compile(r"(?:%7B){2}.*?(?:%7D){2}|%7B%25.*?%25%7D|\*%7C.+?%7C\*", re.IGNORECASE)
_HALF = re.compile(r"\{\{|\}\}|\{%|%\}|<%|%>|\*\||\|\*|\$\{")


def tags_in(text: str) -> tuple[str, ...]:
    """Every whole, well-formed merge tag, in order."""
    return tuple(_TAG.findall(text[:_TAG_SEARCH_LIMIT]))


def has_tag(text: str) -> bool:
    """True when an address still holds a field that is filled in for each recipient."""
    head = text[:_TAG_SEARCH_LIMIT]
    return bool(_TAG.search(head) or _TAG.search(unquote(head)))


def is_system_tag(text: str) -> bool:
    """The text is one tag, and one that platforms fill with an address of their own."""
    whole = text.strip()
    return bool(_TAG.fullmatch(whole) and _SYSTEM.search(whole))


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
    return any(_UNSUBSCRIBES.search(tag) for tag in _TAG.findall(text))


def _lone_brace(text: str) -> str | None:
    raw = text.count("{") != text.count("}")
    coded = text.upper().count("%7B") != text.upper().count("%7D")
    if not raw and not coded:
        return None
    brace = re.search(r"[{}]|%7[BD]", text, re.IGNORECASE)
    return text[max(brace.start() - 12, 0) : brace.end() + 12] if brace else None
