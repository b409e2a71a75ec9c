"""Answers that are no answers: a bot wall, a login, a rate limit. They prove nothing."""

import re
from collections.abc import Mapping
from urllib.parse import parse_qsl

from sendguard.values import Url
from sendguard.visit.visit import Kind

CLOUDFLARE = "the site asks visitors to prove that they are people (Cloudflare challenge)"
VERCEL = "the site asks visitors to prove that they are people (Vercel challenge)"
DATADOME = "the site turns robots away (DataDome)"
CAPTCHA = "the site asks visitors to prove that they are people"
LOGIN = "the site asks visitors to log in"
CONSENT = "the site asks visitors to agree to something first"
BROWSERS_ONLY = "the site shows its pages to browsers alone"
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


def detour(asked: Url, landed: Url) -> str | None:
    """What shows that a redirect ended at a login or a consent page, or None.

    A link that was meant to open such a page is no detour.
    """
    for page, said in ((_CONSENT, CONSENT), (_LOGIN, LOGIN)):
        if page.search(_where(landed)) and not page.search(_where(asked)):
            return said
    return None


def wall_of(kind: Kind, landed: Url) -> str | None:
    """What shows that a page with status 200 is a wall, or None.

    Of a social network an empty page is the usual answer to programs, whatever is there.
    """
    if kind is Kind.LOGIN:
        return LOGIN
    is_network = any(f".{landed.host}".endswith(f".{name}") for name in _NETWORKS)
    return BROWSERS_ONLY if kind is Kind.SHELL and is_network else None


def left_alone(status: int) -> str:
    """What is said of an address that was not asked, since its host wanted no more requests."""
    return f"the site asked to be left alone for a while ({status})"


def kind_of(walled: str) -> Kind:
    """What kind of wall it is that was described so."""
    if walled in {LOGIN, _BY_STATUS[401]}:
        return Kind.LOGIN
    return Kind.CONSENT if walled == CONSENT else Kind.WALL


def is_login_address(url: Url) -> bool:
    """The address is that of a login: `/login`, `https://accounts.example.org/`."""
    return bool(_LOGIN.search(_where(url)))


def behind(landed: Url) -> Url | None:
    """The page that a login or a consent page would lead on to, where its address names it."""
    for name, value in parse_qsl(landed.query, max_num_fields=50):
        there = Url.parse(value, landed) if name.lower() in _LEADS_ON and value else None
        if there is not None:
            return there
    return None


def _where(url: Url) -> str:
    return f"//{url.host}{url.path}/"


_CONSENT = re.compile(
    r"//(?:consent|guce|cmp|myprivacy)\.|/(?:consent|zustimmung|cookie-?wall|privacy-?gate|gdpr)/",
    re.IGNORECASE,
)
_NETWORKS = frozenset(
    """bsky.app facebook.com instagram.com linkedin.com pinterest.com threads.com threads.net
    tiktok.com twitter.com x.com""".split()
)
_LEADS_ON = frozenset(
    """continue next url return returnto return_to returnurl return_url redirect redirect_to
    redirect_uri redirecturl dest destination target goto back from service rd u r done""".split()
)
_LOGIN = re.compile(
    r"//(?:login|signin|accounts?|auth|sso|id)\.|"
    r"/(?:log-?in|sign-?in|log_?in|sign_?in|anmelden|anmeldung|connexion|iniciar-sesion|inloggen)"
    r"(?:\.\w+)?/",
    re.IGNORECASE,
)


def _challenge(status: int, headers: Mapping[str, str], head: str) -> str | None:
    if headers.get("cf-mitigated", "").lower() == "challenge" or _is_cloudflare_page(head):
        return CLOUDFLARE
    if headers.get("x-vercel-mitigated", "").lower() == "challenge":
        return VERCEL
    if status == 403 and "x-datadome" in headers:
        return DATADOME
    return CAPTCHA if _CAPTCHA.search(head) else None


_CAPTCHA = re.compile(
    r"<title>\s*(?:robot check|are you (?:a )?(?:robot|human)|attention required! \| cloudflare)",
    re.IGNORECASE,
)


def _is_cloudflare_page(head: str) -> bool:
    """The path alone proves nothing: Cloudflare puts its script into ordinary pages, too."""
    waits = "<title>just a moment" in head.lower()
    return waits and ("_cf_chl_opt" in head or "/cdn-cgi/challenge-platform/" in head)
