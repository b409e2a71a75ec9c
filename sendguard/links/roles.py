"""What a link is there for, told from its address, its label and its looks."""

import re
from itertools import islice
from urllib.parse import unquote

from bs4 import Tag

from sendguard.links.addresses import Hit
from sendguard.links.label import is_picture
from sendguard.links.link import Role
from sendguard.links.merge_tags import has_tag
from sendguard.links.words import (
    LEGAL,
    NETWORKS,
    PREFERENCES,
    SERVICE_WORDS,
    SOCIAL_HOSTS,
    UNSUBSCRIBE,
    UNSUBSCRIBE_ADDRESS,
    WEB_VERSION,
    is_generic,
    plain,
)
from sendguard.values import Url

_BUTTON_CLASS = re.compile(r"btn|button|cta", re.IGNORECASE)
_BUTTON_STYLE = re.compile(
    r"(?:^|;)\s*(?:padding[^:;]*+:\s*[1-9]|display:\s*inline-block)", re.IGNORECASE
)
_PAINTED = re.compile(r"background(?:-color)?:\s*(?!none|transparent)", re.IGNORECASE)
_UNSUBSCRIBE_TAG = re.compile(r"unsub|opt_?out|remove_", re.IGNORECASE)
_PREFERENCES_TAG = re.compile(r"preference|update_?profile|manage_?subscription", re.IGNORECASE)
_WEB_VERSION_TAG = re.compile(
    r"\|archive\||view_?in_?browser|web_?version|messageurl", re.IGNORECASE
)
_HEADLINE = re.compile(r"(?:how|why|what|when|where|who|\d+)\b")
_ARTICLE = re.compile(r"/[a-z\d]+(?:[-_][a-z\d]+){2,}(?:\.html?)?/?$", re.IGNORECASE)
_SHARED = re.compile(r"/(?:share|sharer|intent|shareArticle|sharing|send)\b", re.IGNORECASE)
_SCHEMES = {
    "mailto": Role.MAIL,
    **dict.fromkeys(("tel", "sms", "callto", "facetime", "whatsapp"), Role.PHONE),
}
_ROWS = frozenset({"td", "p", "div", "li", "tr", "center"})
_LONGEST_MENU = 12
_STYLE = 2_000  # characters of a style or a class that are looked at
_NEAR = 30  # elements above; a hostile newsletter nests thousands
_SEPARATORS = re.compile(r"[\s|·•/,–—\-]+")


def role_of(hit: Hit, url: Url | None, label: str, front: str) -> Role:
    """The role of a link found in markup."""
    if not hit.followed:
        return Role.RESOURCE
    if hit.tag.name == "form":
        return Role.OTHER
    return told_role(hit.href, url, label, front) or _role_by_looks(hit, url, label)


def told_role(href: str, url: Url | None, label: str, front: str = "") -> Role | None:
    """The role that the address and the words tell by themselves; None when they do not.

    Args:
        href: As written.
        url: The address, where it is one.
        label: The link's own words.
        front: The words in front of it on its line.
    """
    said = plain(label)
    if (scheme := _SCHEMES.get(href.partition(":")[0].lower())) is not None:
        return Role.UNSUBSCRIBE if scheme is Role.MAIL and UNSUBSCRIBE.search(said) else scheme
    if href.startswith("#") and len(href) > 1:
        return Role.ANCHOR
    if role := _service_role(href, _told_by(href, label, front)):
        return role
    if LEGAL.match(said):
        return Role.NAVIGATION
    return Role.SOCIAL if _is_social(href, url, label) else None


def _told_by(href: str, label: str, front: str) -> str:
    """The words that may tell a service: the label, and what leads up to a mere "here".

    An address that spells an article ("/why-users-unsubscribe-now") has a headline for its
    label, unless the label is a service's own and nothing else.
    """
    said = plain(label)
    tells = _ARTICLE.search(href) or _HEADLINE.match(said)
    if tells and set(said.split()) - SERVICE_WORDS:
        return ""
    return f"{plain(front)} {said}" if is_generic(label) else said


def _service_role(href: str, label: str) -> Role | None:
    tag = href if has_tag(href) else ""
    leaves = UNSUBSCRIBE_ADDRESS.search(unquote(href))
    if leaves or UNSUBSCRIBE.search(label) or _UNSUBSCRIBE_TAG.search(tag):
        return Role.UNSUBSCRIBE
    if PREFERENCES.search(label) or _PREFERENCES_TAG.search(tag):
        return Role.PREFERENCES
    if WEB_VERSION.search(label) or _WEB_VERSION_TAG.search(tag):
        return Role.WEB_VERSION
    return None


def _is_social(href: str, url: Url | None, label: str) -> bool:
    """A profile or a share button; a video or a post with a headline is an article."""
    if url is None:
        return has_tag(href) and _names_network(label)
    host = url.host.removeprefix("www.").removeprefix("m.")
    if host not in SOCIAL_HOSTS:
        return False
    if _SHARED.search(url.path) or _names_network(label):
        return True
    steps = [step for step in url.path.split("/") if step]
    return len(plain(label).split()) < 4 and len(steps) <= 1 + (host in _DEEP)


def _names_network(label: str) -> bool:
    said = plain(label)
    return len(said.split()) <= 4 and bool(NETWORKS.search(said))


_DEEP = frozenset({"linkedin.com", "youtube.com", "pinterest.com"})  # /company/name, /c/name


def _role_by_looks(hit: Hit, url: Url | None, label: str) -> Role:
    tag = hit.tag
    near = islice(tag.parents, _NEAR)
    if tag.name == "mj-navbar-link" or any(one.name == "nav" for one in near) or _is_menu(hit):
        return Role.NAVIGATION
    if is_picture(hit):
        return Role.NAVIGATION if _is_front(url) else Role.IMAGE
    if _looks_like_button(tag) or (label and is_generic(label)):
        return Role.BUTTON
    if tag.name == "mj-social-element":
        return Role.SOCIAL
    return Role.ARTICLE if label else Role.OTHER


def _is_front(url: Url | None) -> bool:
    return url is not None and url.path == "/" and not url.query


def _looks_like_button(tag: Tag) -> bool:
    if tag.name == "mj-button" or tag.name.startswith("v:"):
        return True
    style, named = (str(tag.get(name) or "")[:_STYLE] for name in ("style", "class"))
    cell = tag.parent.get("bgcolor") if tag.parent and tag.parent.name == "td" else None
    painted = _PAINTED.search(style) or cell
    return bool(_BUTTON_CLASS.search(named) or (painted and _BUTTON_STYLE.search(style)))


def _is_menu(hit: Hit) -> bool:
    """Is it one of three or more short links with nothing but separators between them?"""
    near = islice(hit.tag.parents, _NEAR)
    block = next((parent for parent in near if parent.name in _ROWS), None)
    if block is None:
        return False
    links = [tag for tag in hit.markup.inside(block) if tag.name == "a"]
    if not 3 <= len(links) <= _LONGEST_MENU:
        return False
    texts = [hit.markup.shown(link, most=_STYLE) for link in links]
    if any(is_generic(text) or len(text.split()) > 3 for text in texts):
        return False
    rest = hit.markup.shown(block, most=_STYLE)
    for text in texts:
        rest = rest.replace(text, "", 1)
    return not _SEPARATORS.sub("", rest)
