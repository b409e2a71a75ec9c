"""A newsletter's own styles, without anything that loads a file or reaches out of its frame."""

from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import Any, TypeAlias

import tinycss2
from tinycss2.ast import AtRule, Declaration, IdentToken, LiteralToken, QualifiedRule

Node: TypeAlias = Any  # tinycss2 has a class for each kind of token, and no word for them all

MOST_STYLES = 300_000
"""Characters of style sheets that are obeyed; real newsletters have a few thousand."""

_DEEPEST = 30  # brackets in each other; deeper ones are nobody's styling
_LONGEST = 2_000  # characters of a `style` attribute
_LOADS = frozenset({"url", "src", "image", "image-set", "-webkit-image-set", "cross-fade"})
_LOADS_OR_RUNS = _LOADS | {"expression", "element", "-moz-element", "paint"}
_OUTWARDS = frozenset({"host", "host-context", "slotted", "part"})
_WHOLE = frozenset({"body", "html"})
_BODY = ".sg-body"


@lru_cache(maxsize=10_000)
def safe_style(style: str) -> str:
    """What a `style` attribute says, less what would load something; newsletters repeat theirs."""
    if len(style) > _LONGEST:
        return ""
    if not set("\\(@").intersection(style):
        return style
    return _declared(style) if _is_shallow(style) else ""


def safe_sheet(css: str) -> str:
    """A style sheet, less what would load something, for the inside of a shadow root."""
    if len(css) > MOST_STYLES or not _is_shallow(css):
        return ""
    rules = tinycss2.parse_stylesheet(css, skip_comments=True, skip_whitespace=True)
    # Nothing in it can end the `style` element that it is put into.
    return "\n".join(_rules(rules)).replace("<", "\\3c ")


def _rules(rules: Iterable[Node]) -> Iterator[str]:
    for rule in rules:
        if isinstance(rule, QualifiedRule) and not _names(rule.prelude, _OUTWARDS):
            yield f"{_selectors(rule.prelude)}{{{_declared(rule.content)}}}"
        elif isinstance(rule, AtRule) and rule.lower_at_keyword == "media" and rule.content:
            yield from _media(rule)


def _media(rule: AtRule) -> Iterator[str]:
    """A query on the screen; one on dark colours is left out, as the paper stays light."""
    asked = tinycss2.serialize(rule.prelude)
    if "prefers-color-scheme" not in asked.lower() and not _names(rule.prelude, _LOADS_OR_RUNS):
        inside = tinycss2.parse_blocks_contents(rule.content or ())
        yield f"@media{asked}{{{''.join(_rules(inside))}}}"


def _selectors(prelude: list[Node]) -> str:
    """The selectors, where `body` becomes the element that stands for it here."""
    said = []
    before: Node = None
    for token in prelude:
        is_type = not (isinstance(before, LiteralToken) and before.value in {".", ":"})
        is_whole = isinstance(token, IdentToken) and token.lower_value in _WHOLE and is_type
        said.append(_BODY if is_whole else token.serialize())
        before = token
    return "".join(said)


def _declared(style: str | list[Node] | None) -> str:
    found = tinycss2.parse_blocks_contents(style or "", skip_comments=True, skip_whitespace=True)
    return ";".join(filter(None, (_declaration(one) for one in found if one.type == "declaration")))


def _declaration(one: Declaration) -> str:
    if not _names(one.value, _LOADS_OR_RUNS):
        return one.serialize()
    if one.lower_name != "background":
        return ""
    # The colour beside a picture is what is left of it.
    left = [token for token in one.value if not _names([token], _LOADS_OR_RUNS)]
    return f"background:{tinycss2.serialize(left)}{'!important' if one.important else ''}"


def _names(tokens: Iterable[Node], names: frozenset[str]) -> bool:
    """Does a word, a function or an address stand in them that is one of `names`?"""
    for token in tokens:
        if token.type == "url" and "url" in names:
            return True
        said = getattr(token, "lower_name", None) or getattr(token, "lower_value", None)
        if said in names:
            return True
        inside = getattr(token, "arguments", None) or getattr(token, "content", None) or ()
        if _names(inside, names):
            return True
    return False


def _is_shallow(css: str) -> bool:
    """Would it be parsed without a stack of brackets that only malice builds?"""
    depth = deepest = 0
    for character in css:
        if character in "([{":
            depth += 1
            deepest = max(deepest, depth)
        elif character in ")]}":
            depth = max(depth - 1, 0)
    return deepest <= _DEEPEST
