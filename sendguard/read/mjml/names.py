"""Which elements MJML has and where each may stand; what stands elsewhere is an oddity.

Source:
    The MJML 4 documentation of each component, and the table of permitted children that
    MJML's own validator uses.
"""

from rapidfuzz import process
from rapidfuzz.distance import OSA

from sendguard.read.campaign import Oddity
from sendguard.read.mjml.syntax import Element, Markup

_IN_COLUMN = frozenset(
    {
        *("mj-accordion", "mj-button", "mj-carousel", "mj-divider", "mj-image", "mj-navbar"),
        *("mj-raw", "mj-social", "mj-spacer", "mj-table", "mj-text"),
    }
)
_NOTHING: frozenset[str] = frozenset()

CHILDREN = {
    "mjml": frozenset({"mj-head", "mj-body", "mj-raw"}),
    "mj-head": frozenset(
        {
            *("mj-attributes", "mj-breakpoint", "mj-font", "mj-html-attributes", "mj-preview"),
            *("mj-raw", "mj-style", "mj-title"),
        }
    ),
    "mj-html-attributes": frozenset({"mj-selector"}),
    "mj-selector": frozenset({"mj-html-attribute"}),
    "mj-body": frozenset({"mj-hero", "mj-raw", "mj-section", "mj-wrapper"}),
    "mj-wrapper": frozenset({"mj-hero", "mj-raw", "mj-section"}),
    "mj-section": frozenset({"mj-column", "mj-group", "mj-raw"}),
    "mj-group": frozenset({"mj-column", "mj-raw"}),
    "mj-column": _IN_COLUMN,
    "mj-hero": _IN_COLUMN,
    "mj-accordion": frozenset({"mj-accordion-element", "mj-raw"}),
    "mj-accordion-element": frozenset({"mj-accordion-text", "mj-accordion-title", "mj-raw"}),
    "mj-carousel": frozenset({"mj-carousel-image"}),
    "mj-navbar": frozenset({"mj-navbar-link", "mj-raw"}),
    "mj-social": frozenset({"mj-social-element", "mj-raw"}),
}
_LEAVES = {
    *("mj-accordion-text", "mj-accordion-title", "mj-breakpoint", "mj-button", "mj-carousel-image"),
    *("mj-divider", "mj-font", "mj-html-attribute", "mj-image", "mj-include", "mj-navbar-link"),
    *("mj-preview", "mj-raw", "mj-social-element", "mj-spacer", "mj-style", "mj-table", "mj-text"),
    *("mj-title", "mj-all", "mj-class", "mj-attributes"),
}
KNOWN = frozenset({*CHILDREN, *_LEAVES})
_NEAR_ENOUGH = 0.7


def find_oddities(markup: Markup, within: str = "") -> tuple[Oddity, ...]:
    """The elements that MJML does not have, or not there.

    Args:
        markup: A well-formed file.
        within: For an included file, the MJML element that includes it.
    """
    return tuple(
        Oddity(element=element.name, says=says, place=markup.lines.place(element.start))
        for element in markup.elements
        if (says := _odd(element, within))
    )


def _odd(element: Element, included_in: str) -> str | None:
    name, around = element.name, element.within or included_in
    parent = element.parent or included_in
    if not name.lower().startswith("mj-"):
        return _odd_html(name, parent)
    if name not in KNOWN:
        return _unknown(name)
    if around not in KNOWN or around == "mj-attributes" or not around:
        return None
    allowed = CHILDREN.get(around, _NOTHING)
    if name in allowed or (name == "mj-include" and allowed):
        return None
    return f"{name} cannot stand in {around}{_belongs(name)}"


def _odd_html(name: str, parent: str) -> str | None:
    if parent not in CHILDREN or name == "mjml":
        return None
    return f"<{name}> cannot stand straight in {parent}: put it in mj-text, mj-table or mj-raw"


def _unknown(name: str) -> str:
    if name.lower() in KNOWN:
        return f"{name} is not an MJML element: write it in small letters, {name.lower()}"
    nearest = process.extractOne(
        name.lower(), KNOWN, scorer=OSA.normalized_similarity, score_cutoff=_NEAR_ENOUGH
    )
    hint = f"; did you mean {nearest[0]}?" if nearest else ""
    return f"{name} is not an MJML element{hint}"


def _belongs(name: str) -> str:
    parents = sorted(parent for parent, children in CHILDREN.items() if name in children)
    return f": it belongs in {' or '.join(parents)}" if parents else ""
