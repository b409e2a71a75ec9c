"""The language that a newsletter says it is written in."""

import re

_LOOKED_AT = 20_000
_LANG = re.compile(
    r"<(?:html|body|div|table)\b[^<>]{0,2000}?\s(?:xml:)?lang\s*=\s*[\"']?([a-z]{2,3}(?:-\w{1,8})*)",
    re.IGNORECASE,
)


def language_in(html: str) -> str | None:
    """The language of the first element that names one, such as `de-AT`; None for none."""
    found = _LANG.search(html[:_LOOKED_AT])
    return found[1] if found else None
