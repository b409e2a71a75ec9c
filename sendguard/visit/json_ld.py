"""What a page says about itself in JSON-LD: an article's headline, the site's name."""

import html
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Told:
    """What was found; None where nothing was."""

    headline: str | None = None
    site_name: str | None = None


def read_json_ld(scripts: Iterable[str]) -> Told:
    """The first article's headline and the first publisher's name; broken JSON is passed over."""
    things = [thing for script in scripts for thing in _things(_parse(script), DEEPEST)]
    return Told(
        headline=next(filter(None, map(_headline, things)), None),
        site_name=next(filter(None, map(_site_name, things)), None),
    )


# Deeper nesting than this is no description of a page.
DEEPEST = 6


def _parse(script: str) -> object:
    bare = script.strip().removeprefix("<!--").removesuffix("-->")
    bare = bare.replace("//<![CDATA[", "").replace("//]]>", "")
    try:
        # Sites put raw line ends into strings, which browsers' own tools let pass.
        return json.loads(bare, strict=False)
    except (ValueError, RecursionError):
        return None


def _things(value: object, depth: int) -> Iterator[Mapping[str, object]]:
    """Every described thing that may be the page itself, outermost first."""
    if isinstance(value, list) and depth:
        for item in value:
            yield from _things(item, depth - 1)
    elif isinstance(value, dict) and depth:
        yield value
        for key in ("@graph", "mainEntity", "mainEntityOfPage"):
            yield from _things(value.get(key), depth - 1)


def _headline(thing: Mapping[str, object]) -> str | None:
    if not any(_is_article(kind) for kind in _kinds(thing)):
        return None
    return _words(thing.get("headline")) or _words(thing.get("name"))


def _site_name(thing: Mapping[str, object]) -> str | None:
    if "WebSite" in _kinds(thing):
        return _words(thing.get("name"))
    publisher = thing.get("publisher")
    first = publisher[0] if isinstance(publisher, list) and publisher else publisher
    return _words(first.get("name")) if isinstance(first, dict) else None


def _kinds(thing: Mapping[str, object]) -> list[str]:
    kinds = thing.get("@type")
    return [str(kind) for kind in (kinds if isinstance(kinds, list) else [kinds])]


def _is_article(kind: str) -> bool:
    return kind.endswith(("Article", "Posting")) or kind in {"Report", "Recipe", "PodcastEpisode"}


def _words(value: object) -> str | None:
    # Templates often escape what needed no escaping here.
    return " ".join(html.unescape(value).split()) or None if isinstance(value, str) else None
