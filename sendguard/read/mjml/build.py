"""From MJML to the HTML that readers get, with what is odd about it."""

import re
from collections.abc import Iterable, Mapping

from mjml import mjml2html

from sendguard.errors import Unreadable
from sendguard.read.campaign import Medium, Oddity, Part, Source
from sendguard.read.charset import decode
from sendguard.read.content import Content
from sendguard.read.kind import LARGEST_BYTES, named, refuse_unfit
from sendguard.read.mjml.complaint import explain
from sendguard.read.mjml.includes import Include, find_includes
from sendguard.read.mjml.names import find_oddities
from sendguard.read.mjml.syntax import GREATER, Markup, parse
from sendguard.values import Lines

# The style sheet that is built for them grows with the square of their number.
MOST_CAROUSEL_IMAGES = 100
_LAID_ASIDE = re.compile(r"<!--=(\d{7})=*-->")
# MJML has it, the compiler refuses it, and no link depends on it.
_HTML_ATTRIBUTES = re.compile(
    r"<mj-html-attributes\b(?:(?!</mj-html-attributes)[\s\S])*+</mj-html-attributes\s*>"
)


def read_mjml(files: Mapping[str, bytes], name: str) -> Content:
    """What stands in an MJML newsletter and the files that it includes.

    Raises:
        Unreadable: One of them is broken, missing or too large, or they cannot be built.
    """
    main = _parse(files[name], name)
    _refuse_bodiless(main, name)
    includes = find_includes(main, name)
    included = _parse_included(files, includes)
    _refuse_large(main, includes, included)
    styles = {one.name: decode(files[one.name]) for one in includes if one.type == "css"}
    built = _build(main, name, includes, included, styles)
    return Content(
        parts=(Part(medium=Medium.HTML, text=built, lines=Lines.of(name, built)),),
        sources=tuple(
            Source(name=markup.lines.file, text=markup.text, lines=markup.lines)
            for markup in (main, *included.values())
        ),
        oddities=_oddities(main, includes, included),
    )


def _parse(raw: bytes, name: str) -> Markup:
    text = decode(raw)
    return parse(text, Lines.of(name, text))


def _refuse_bodiless(main: Markup, name: str) -> None:
    roots = [element for element in main.elements if not element.parent]
    if not roots or roots[0].name != "mjml":
        place = main.lines.place(roots[0].start if roots else 0)
        raise Unreadable(
            "MJML begins with <mjml>: put everything between <mjml> and </mjml>", place
        )
    if len(roots) > 1:
        says = f"<{roots[1].name}> stands behind </mjml>: put it inside, or remove it"
        raise Unreadable(says, main.lines.place(roots[1].start))
    if main.outside is not None:
        says = "these words stand outside <mjml>: put them inside, or remove them"
        raise Unreadable(says, main.lines.place(main.outside))
    top = {element.name for element in main.elements if element.parent == "mjml"}
    if not top & {"mj-body", "mj-include"}:
        says = f"{named(name)} has no <mj-body>: put what readers should see into one"
        raise Unreadable(says, main.lines.place(roots[0].start))


def _parse_included(files: Mapping[str, bytes], includes: Iterable[Include]) -> dict[str, Markup]:
    """The included files that hold markup, by name, in order of appearance."""
    parsed: dict[str, Markup] = {}
    for include in includes:
        if include.name not in files:
            says = f"the included file {include.name} is not in the newsletter's folder"
            raise Unreadable(says, include.place)
        if include.type != "css" and include.name not in parsed:
            parsed[include.name] = _parse_one(files[include.name], include)
    return parsed


def _parse_one(raw: bytes, include: Include) -> Markup:
    if raw.strip():
        refuse_unfit(raw, include.name)
    markup = _parse(raw, include.name)
    for element in markup.elements if include.type == "mjml" else ():
        place = markup.lines.place(element.start)
        if element.name == "mj-include":
            says = "an included file cannot include another: include it in the newsletter itself"
            raise Unreadable(says, place)
        if element.name == "mjml":
            says = "an included file holds no <mjml> and <mj-body> of its own: keep what is in them"
            raise Unreadable(says, place)
    return markup


def _refuse_large(
    main: Markup, includes: Iterable[Include], included: Mapping[str, Markup]
) -> None:
    """Refuse what would be built into something that no mail program can show."""
    markups = [main, *(included[one.name] for one in includes if one.name in included)]
    size = sum(len(markup.text) for markup in markups)
    if size > LARGEST_BYTES:
        raise Unreadable(
            f"{main.lines.file} and what it includes are {size / 1e6:,.1f} MB; "
            f"SendGuard reads at most {LARGEST_BYTES / 1e6:g} MB"
        )
    images = sum(
        element.name == "mj-carousel-image" for markup in markups for element in markup.elements
    )
    if images > MOST_CAROUSEL_IMAGES:
        raise Unreadable(
            f"{main.lines.file} has {images:,} images in carousels; "
            f"SendGuard builds at most {MOST_CAROUSEL_IMAGES}"
        )


def _build(
    main: Markup,
    name: str,
    includes: Iterable[Include],
    included: Mapping[str, Markup],
    styles: Mapping[str, str],
) -> str:
    aside: list[str] = []
    text = _numbered(main, aside)
    texts = {**styles, **{file: _numbered(markup, aside) for file, markup in included.items()}}
    asked = {include.path: texts[include.name] for include in includes}
    try:
        built = compile_mjml(text, asked)
    except ValueError as error:
        files = {include.path: included.get(include.name, main) for include in includes}
        raise explain(str(error), main, files) from error
    built = _LAID_ASIDE.sub(lambda mark: aside[int(mark[1])], built.replace(GREATER, ">"))
    _refuse_swollen(built, name)
    return built


def compile_mjml(text: str, included: Mapping[str, str]) -> str:
    """The HTML that `text` is built into.

    Args:
        text: MJML.
        included: The text of each included file, by path as written.

    Raises:
        ValueError: It cannot be built.
    """
    try:
        return mjml2html(text, fonts={}, include_loader=lambda path: included.get(path, ""))
    except BaseException as error:
        # What the compiler raises when it breaks down is no Exception, and has no name to import.
        if type(error).__name__ == "PanicException":
            raise ValueError("the MJML compiler broke down over it") from error
        raise


def _numbered(markup: Markup, aside: list[str]) -> str:
    """The text for the compiler, its comments numbered after those of the files before it."""
    first = len(aside)
    aside.extend(markup.comments)
    text = _HTML_ATTRIBUTES.sub(lambda found: "\n".ljust(len(found[0])), markup.tamed)
    return _LAID_ASIDE.sub(
        lambda mark: mark[0].replace(mark[1], f"{int(mark[1]) + first:07}", 1), text
    )


def _refuse_swollen(built: str, name: str) -> None:
    if len(built) > LARGEST_BYTES:
        raise Unreadable(
            f"{named(name)} is built into {len(built) / 1e6:,.1f} MB of HTML; "
            f"SendGuard reads at most {LARGEST_BYTES / 1e6:g} MB"
        )


def _oddities(
    main: Markup, includes: Iterable[Include], included: Mapping[str, Markup]
) -> tuple[Oddity, ...]:
    """Those of the newsletter, then those of each file where it is first included."""
    around: dict[str, str] = {}
    for include in includes:
        around.setdefault(include.name, "mj-raw" if include.type == "html" else include.within)
    return (
        *find_oddities(main),
        *(odd for name, markup in included.items() for odd in find_oddities(markup, around[name])),
    )
