"""Boxes of the right size in the place of pictures, which are never loaded."""

import re
from collections.abc import Mapping
from html import escape

from sendguard.report.html.styles import safe_style
from sendguard.report.layout import plain

_SIZE = re.compile(r"\s*(\d{1,4})(?:\.\d+)?\s*(px|%)?\s*\Z", re.IGNORECASE)
_SMALL = 2  # dots: pictures that nobody sees
_TIGHT = 64  # pixels; a label would not fit


def picture_box(attributes: Mapping[str, str], number: str) -> str:
    """The box for an `img`, labelled with its alternative text.

    Args:
        attributes: As the newsletter has them.
        number: The link's id (`L4`); empty where the picture is none.
    """
    width, height = (_size(attributes.get(name, "")) for name in ("width", "height"))
    if {width, height} & {f"{size}px" for size in range(_SMALL)}:
        return ""
    alt = plain(attributes.get("alt", ""), 120)
    style = f"{_sized(width, height)};{safe_style(attributes.get('style', ''))}"
    tight = " sg-tight" if _is_tight(width) or _is_tight(height) else ""
    label = f"<b>{escape(alt or 'Image')}</b> <i>{escape(_told_size(width, height, number))}</i>"
    return (
        f'<span class="sg-picture{tight} {escape(attributes.get("class", ""))}"'
        f' style="{escape(style)}"><span>{label}</span></span>'
    )


def input_box(attributes: Mapping[str, str]) -> str:
    """The box for a field or a button of a form."""
    kind = attributes.get("type", "text").lower()
    if kind in {"hidden", "radio", "checkbox"}:
        return ""
    says = plain(attributes.get("value") or attributes.get("placeholder") or kind, 60)
    style = escape(safe_style(attributes.get("style", "")))
    named = escape(f"sg-field {attributes.get('class', '')}".rstrip())
    return f'<span class="{named}" style="{style}">{escape(says)}</span>'


def _sized(width: str, height: str) -> str:
    if width.endswith("px") and height.endswith("px"):
        return f"width:{width};aspect-ratio:{width[:-2]}/{height[:-2]}"
    return ";".join(
        f"{name}:{size}" for name, size in (("width", width), ("height", height)) if size
    )


def _size(value: str) -> str:
    found = _SIZE.match(value)
    return f"{found[1]}{(found[2] or 'px').lower()}" if found else ""


def _is_tight(size: str) -> bool:
    return size.endswith("px") and int(size[:-2]) < _TIGHT


def _told_size(width: str, height: str, number: str) -> str:
    sizes = [size.removesuffix("px") for size in (width, height) if size]
    return " · ".join(filter(None, (number, " × ".join(sizes))))
