"""What the benchmark speaks of: links that were right or wrong, whole issues, and letters."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    """A link of a newsletter with the title of the page that it should open.

    Attributes:
        source: The newsletter that it stood in.
        label: What the link shows.
        line: The line around it, the label in square brackets.
        kind: How the label says it: `same`, `reworded`, `number`, `generic` or `moved`.
    """

    id: str
    source: str
    label: str
    line: str
    url: str
    title: str
    kind: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Wrong:
    """Another article in place of the one of a pair."""

    id: str
    pair: Pair
    url: str
    title: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Mistake:
    """One link of an issue that was wrong.

    Attributes:
        wrong: Its address as it stood there; empty where there was none.
        right: The address that it was meant to have.
        kind: What went wrong: `typo-404`, `previous-issue`…
    """

    label: str
    wrong: str
    right: str
    kind: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Served:
    """A page of the stand-in web; an address without one, or with None, answers 404.

    Attributes:
        site: What stands behind the title; empty for nothing.
        places: The ids within the page that a `#fragment` can name.
    """

    title: str
    site: str = ""
    places: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class Issue:
    """A whole newsletter with its mistakes.

    Attributes:
        previous: The issues before it, newest first.
        pages: Its web, as in `Letter`, where that is known; None to work it out.
        suffix: Of its file: `html` or `mjml`.
    """

    id: str
    html: str
    previous: tuple[str, ...] = ()
    mistakes: tuple[Mistake, ...] = ()
    pages: Mapping[str, Served | None] | None = None
    suffix: str = "html"


@dataclass(frozen=True, slots=True, kw_only=True)
class Collection:
    """All that is measured on."""

    pairs: tuple[Pair, ...]
    wrongs: tuple[Wrong, ...]
    issues: tuple[Issue, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """One question to the program: is this link told, or is it left alone?

    Attributes:
        group: The table that the answer belongs to: `pairs`, `wrongs`, `issues`, `swapped`.
        company: Whether other links to articles stand in the same newsletter.
        kind: The row of the table.
        wrong: True when it should be told, false when it should be left alone.
        label: The link's label, by which it is found.
        href: The link's address as it stands in the newsletter.
        other: A second label and address that will do as well: the other of two swapped.
    """

    id: str
    group: str
    company: bool
    kind: str
    wrong: bool
    label: str
    href: str
    other: tuple[str, str] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """A newsletter as the program gets it, its web, and what is asked about it.

    Attributes:
        pages: What the web answers, by address as `web.key` spells it.
        everything: Whether each link that nothing is asked about is right too, and counts.
    """

    id: str
    html: str
    pages: Mapping[str, Served | None]
    asked: tuple[Asked, ...]
    previous: tuple[str, ...] = ()
    everything: bool = False
    suffix: str = "html"
    ports: frozenset[tuple[str, int]] = frozenset()
