"""Addresses that seem to do something for their reader, told by their words alone and quickly."""

import re


def acts(address: str) -> bool:
    """Whether an address seems to do something for its reader, such as to sign him off."""
    lower = address.lower()
    return any(word in lower for word in ACTING) and bool(_ACTS.search(address))


ACTING = (
    *(
        "unsub",
        "optout",
        "opt-out",
        "preferences",
        "subscription",
        "settings",
        "abmeld",
        "abbestell",
    ),
    *("austrag", "desinscri", "desabonn", "desuscri", "disiscri", "descadastr", "afmeld"),
    *("uitschrijv", "avregistrer", "wypisz", "odhlas", "leiratkoz", "otpis", "/profile?"),
)
"""In lower case; one of them at least stands in every address that acts."""
# The whole of a segment or name, so that /how-to-unsubscribe-from-it is an article.
_ACTS = re.compile(
    r"(?:^|[/?&=#.])(?:[a-z]{1,20}[-_]){0,2}[a-z]{0,12}"
    r"(?:unsub|opt[-_]?out|preferences|prefs|(?:manage|e?mail)[-_/]?(?:subscription|settings|profile)"
    r"|subscription/|abmeld|abbestell|austrag|d[eé]s(?:inscri|abonn)|desuscri|disiscri|descadastr"
    r"|afmeld|uitschrijv|avregistrer|avprenumer|wypisz|odhlas|leiratkoz|otpis|profile\?)"
    r"[a-z]{0,12}(?:[-_][\w~]{1,80})?(?=[/?&=#;.:,]|$)",
    re.IGNORECASE,
)
