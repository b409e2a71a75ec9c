"""Every attribute and style that holds an address, as hits in reading order."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from bs4 import Tag

from sendguard.links.markup import Markup
from sendguard.links.words import is_call, is_generic
from sendguard.values import LONGEST_ADDRESS


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """An address in the markup.

    Attributes:
        offset: Where its element begins, in characters.
        href: As written, entities decoded.
        followed: A reader can follow it; False where a mail program loads it.
        tag: The element.
        markup: What the element stands in.
    """

    offset: int
    href: str
    followed: bool
    tag: Tag
    markup: Markup


_FOLLOWED = {"a": "href", "area": "href", "form": "action"}
_LOADED = {
    "img": ("src", "srcset"),
    "input": ("src",),
    "source": ("src", "srcset"),
    "video": ("src", "poster"),
    "audio": ("src",),
    "iframe": ("src",),
    "embed": ("src",),
    "object": ("data",),
    "v:fill": ("src",),
    "v:image": ("src",),
    "v:imagedata": ("src",),
    # MJML's own are told apart by name alone: HTML has none of them.
    "mj-image": ("src",),
    "mj-social-element": ("src",),
    "mj-carousel-image": ("src", "thumbnails-src"),
    "mj-font": ("href",),
}
_LOADED_BY_ANY = ("background", "background-url")
_STYLE_SHEETS = frozenset({"style", "mj-style"})
_NO_LINKS = frozenset({"mj-font", "mj-include", "mj-all", "mj-class"})  # an href that is no link
_MOST_SIZES = 50  # of one picture
_CSS_ADDRESS = re.compile(
    r"""url\(\s*+(?:"([^"]*+)"|'([^']*+)'|([^()"'\s]*+))\s*+\)|@import\s++["']([^"']*+)["']""",
    re.IGNORECASE,
)


def find_hits(markup: Markup, *, mjml: bool = False) -> Iterator[Hit]:
    """Every address of the markup that is not only a `data:` or `cid:` one, in reading order.

    Args:
        markup: What a reader gets, or an editor wrote.
        mjml: It is MJML, whose own elements make links; in HTML they make none.
    """
    for tag in markup.tags:
        offset = markup.offset(tag)
        if (href := (_followed_in_mjml if mjml else _followed)(tag, markup)) is not None:
            yield Hit(offset=offset, href=_cut(href), followed=True, tag=tag, markup=markup)
        for href, at in _loaded(tag, markup, offset):
            if href and not href.lower().startswith(("data:", "cid:", "#")):
                yield Hit(offset=at, href=_cut(href), followed=False, tag=tag, markup=markup)


def is_defaults(tag: Tag) -> bool:
    """Does it stand in `mj-attributes`, which sets defaults and makes no link?"""
    return any(parent.name == "mj-attributes" for parent in tag.parents)


def _cut(href: str) -> str:
    """No browser opens a longer address, and no rule has to read one."""
    return href if len(href) <= LONGEST_ADDRESS else f"{href[:LONGEST_ADDRESS]}…"


def _followed(tag: Tag, markup: Markup) -> str | None:
    if tag.name == "a" and "href" not in tag.attrs:
        if (href := _value(tag, "xlink:href")) is not None:
            return href  # in an SVG of the older kind
        return "" if _is_dead(tag, markup) else None
    return _value(tag, "href" if tag.name.startswith("v:") else _FOLLOWED.get(tag.name, ""))


def _is_dead(tag: Tag, markup: Markup) -> bool:
    """Does an `a` without an address invite a click ("Read more")? Others mark a place."""
    label = markup.shown(tag, most=80)
    marks = {"name", "id"} & tag.attrs.keys()
    return bool(label) and not marks and (is_generic(label) or is_call(label))


def _followed_in_mjml(tag: Tag, markup: Markup) -> str | None:
    if not tag.name.startswith("mj-"):
        return _followed(tag, markup)
    if tag.name in _NO_LINKS or is_defaults(tag):
        return None
    href = _value(tag, "href")
    return "" if href is None and tag.name == "mj-button" else href


def _loaded(tag: Tag, markup: Markup, offset: int) -> Iterator[tuple[str, int]]:
    for name in (*_LOADED.get(tag.name, ()), *_LOADED_BY_ANY):
        if value := _value(tag, name):
            yield from ((href, offset) for href in _each(name, value))
    if tag.name == "link" and "stylesheet" in (_value(tag, "rel") or "").lower():
        yield _value(tag, "href") or "", offset
    if style := _value(tag, "style"):
        yield from ((href, offset) for href in css_addresses(style))
    if tag.name in _STYLE_SHEETS:
        at = offset
        for href in css_addresses(tag.get_text()):
            at = max(markup.text.find(href, at), at)
            yield href, at


def css_addresses(css: str) -> Iterator[str]:
    """The addresses that a style sheet or a `style` attribute loads."""
    for found in _CSS_ADDRESS.finditer(css):
        yield next((group for group in found.groups() if group), "").strip()


def _each(name: str, value: str) -> list[str]:
    if name != "srcset":
        return [value]
    candidates = (candidate.split() for candidate in value.split(", ", _MOST_SIZES))
    return [words[0].rstrip(",") for words in candidates if words]


def _value(tag: Tag, name: str) -> str | None:
    value = tag.attrs.get(name)
    return str(value).strip() if value is not None else None
