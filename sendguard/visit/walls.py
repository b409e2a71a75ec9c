"""Answers that are no answers: a bot wall, a login, a rate limit. They prove nothing."""

from collections.abc import Mapping

CLOUDFLARE = "the site asks visitors to prove that they are people (Cloudflare challenge)"
VERCEL = "the site asks visitors to prove that they are people (Vercel challenge)"
DATADOME = "the site turns robots away (DataDome)"
NEEDS_COOKIES = "the site sends visitors without cookies round in circles"

_BY_STATUS = {
    401: "the site asks for a login (401)",
    403: "the site would not show the page to us (403); it may to a reader",
    407: "a proxy on the way asks for a login (407)",
    429: "the site allows only so many requests (429)",
    451: "the site does not show the page in this country (451)",
    999: "the site turns robots away (999)",
}


def wall(status: int, headers: Mapping[str, str], head: str) -> str | None:
    """What shows that an answer says nothing about what a reader sees, or None.

    Args:
        status: Of the answer that a visit came to rest on.
        headers: Of that answer, names in lower case.
        head: The beginning of its body, decoded; empty when it was not read.

    Returns:
        A few words for a person.
    """
    return _challenge(status, headers, head) or _BY_STATUS.get(status)


def _challenge(status: int, headers: Mapping[str, str], head: str) -> str | None:
    if headers.get("cf-mitigated", "").lower() == "challenge" or _is_cloudflare_page(head):
        return CLOUDFLARE
    if headers.get("x-vercel-mitigated", "").lower() == "challenge":
        return VERCEL
    if status == 403 and "x-datadome" in headers:
        return DATADOME
    return None


def _is_cloudflare_page(head: str) -> bool:
    """The path alone proves nothing: Cloudflare puts its script into ordinary pages, too."""
    waits = "<title>just a moment" in head.lower()
    return waits and ("_cf_chl_opt" in head or "/cdn-cgi/challenge-platform/" in head)
