"""How a newsletter's own styles make an element look, as far as a block on top must know."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

import tinycss2
from bs4 import Tag

MOST_STYLES = 200_000  # characters of style sheets that are read
_TOLD = frozenset(
    """width max-width margin margin-left margin-right display visibility opacity max-height
    font-size""".split()
)
_SIMPLE = re.compile(r"([a-z][a-z0-9]*)?(?:([.#])([\w-]+))?", re.IGNORECASE)
_PIXELS = re.compile(r"(\d{1,5}(?:\.\d{1,4})?)\s?(?:px)?")
_PERCENT = re.compile(r"(\d{1,3}(?:\.\d{1,4})?)\s?%")
_NARROWEST, _WIDEST = 320, 1200  # of what may be a whole newsletter

Declared = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Looks:
    """The rules of its style sheets for one kind of element, one class or one name each.

    Attributes:
        sheet: Declarations by selector, in lower case: `td`, `.content`, `td.content`, `#top`.
    """

    sheet: Mapping[str, Declared]

    @classmethod
    def of(cls, tags: Iterable[Tag]) -> "Looks":
        """Read what the `style` elements say for every window; what only narrow ones get is not."""
        css = "\n".join(str(tag.string or "") for tag in tags if _holds_for_all(tag))
        found: dict[str, dict[str, str]] = {}
        for selector, declared in _rules(css[:MOST_STYLES]):
            found.setdefault(selector, {}).update(declared)
        return cls(found)

    def of_tag(self, tag: Tag) -> Declared:
        """What is declared for the element; what it says itself counts for more."""
        merged: dict[str, str] = {}
        for selector in _selectors(tag):
            merged.update(self.sheet.get(selector, {}))
        merged.update(_declarations(str(tag.get("style") or "")[:4_000]))
        return merged

    def is_hidden(self, tag: Tag) -> bool:
        """Do readers not see it?"""
        told = self.of_tag(tag)
        return (
            tag.has_attr("hidden")
            or told.get("display") == "none"
            or told.get("visibility") == "hidden"
            or _is_nothing(told.get("opacity"))
            or _is_nothing(told.get("max-height"))
            # Frames have it too, against gaps between pictures.
            or (
                _is_nothing(told.get("font-size"), below=2)
                and not any(isinstance(one, Tag) for one in tag.children)
            )
        )

    def width(self, tag: Tag) -> str | None:
        """`600px` or `90%`; None where it takes all the room there is."""
        told = self.of_tag(tag)
        written = (told.get("max-width"), told.get("width") or str(tag.get("width") or ""))
        return next((width for text in written if (width := _width(text or ""))), None)

    def is_centred(self, tag: Tag) -> bool:
        """Does it stand in the middle by its own declaration?"""
        told = self.of_tag(tag)
        sides = (told.get("margin-left"), told.get("margin-right"))
        by_margin = "auto" in told.get("margin", "") or sides == ("auto", "auto")
        return by_margin or (tag.name == "table" and is_aligned(tag, "center"))


def is_aligned(tag: Tag, side: str) -> bool:
    """Does its `align` attribute say so?"""
    return str(tag.get("align") or "").strip().lower() == side


def _holds_for_all(tag: Tag) -> bool:
    media = str(tag.get("media") or "all").strip().lower()
    return tag.name == "style" and media in {"all", "screen"}


def _rules(css: str) -> Iterator[tuple[str, Declared]]:
    for rule in tinycss2.parse_stylesheet(css, skip_comments=True, skip_whitespace=True):
        if rule.type == "qualified-rule":
            declared = _declarations(tinycss2.serialize(rule.content))
            selectors = tinycss2.serialize(rule.prelude).lower().split(",")
            yield from (
                (selector.strip(), declared)
                for selector in selectors
                if declared and _SIMPLE.fullmatch(selector.strip())
            )


def _selectors(tag: Tag) -> Iterator[str]:
    """Those that name the element, the least telling first."""
    yield tag.name
    for name in str(tag.get("class") or "").lower().split()[:20]:
        yield f".{name}"
        yield f"{tag.name}.{name}"
    if name := str(tag.get("id") or "").lower():
        yield f"#{name}"
        yield f"{tag.name}#{name}"


def _declarations(style: str) -> dict[str, str]:
    pairs = (one.partition(":") for one in style.lower().split(";"))
    told = ((name.strip(), value.replace("!important", "").strip()) for name, _, value in pairs)
    return {name: value for name, value in told if name in _TOLD and value}


def _width(text: str) -> str | None:
    if (found := _PIXELS.fullmatch(text.strip())) and _NARROWEST <= float(found[1]) <= _WIDEST:
        return f"{float(found[1]):g}px"
    found = _PERCENT.fullmatch(text.strip())
    return f"{float(found[1]):g}%" if found and 50 <= float(found[1]) < 100 else None


def _is_nothing(text: str | None, below: float = 0.01) -> bool:
    found = _PIXELS.fullmatch((text or "").strip())
    return bool(found) and float(found[1] if found else 1) < below
