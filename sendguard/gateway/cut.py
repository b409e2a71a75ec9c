"""HTML cut into its text and its markup, for copies of one campaign to be laid side by side."""

import re
from collections.abc import Callable, Sequence
from functools import lru_cache


def cut(html: str) -> Sequence[str]:
    """Runs of text at even places, pieces of markup at odd ones; joined, they are `html` again.

    There is one run more than there are pieces of markup: two pieces without text between them have
    an empty run there. A piece of markup is a tag, a comment, a doctype, or an element that holds
    no markup (a style sheet, a script) from its first tag to its last; one of mere words, as titles
    are, is cut like the rest. What only Outlook shows (`<!--[if mso]>` …) is cut like the rest; the
    marks around it are pieces of their own. Markup without an end reaches to the end.

    Source:
        HTML, section 13.2.5 (tokenization): a quote counts only behind a `=`.
    """
    return _kept(html) if len(html) <= _LONGEST_KEPT else _MARKUP.split(html)


def cut_without(html: str, taken_out: Callable[[str], str]) -> Sequence[str]:
    """The pieces of a text from which something is taken out that holds no markup.

    They are cut as the text is, so that this is done once for all that look into it.
    """
    if _BETWEEN in html:
        return cut(taken_out(html))
    return taken_out(_BETWEEN.join(cut(html))).split(_BETWEEN)


@lru_cache(32)
def _kept(html: str) -> Sequence[str]:
    """A copy is cut to be recognised, and a moment later for what in it is its reader's own."""
    return _MARKUP.split(html)


_LONGEST_KEPT = 50_000
_BETWEEN = "\0"

_IN_TAG = r"(?:[^>=]++|=\s*+(?:\"[^\"]*+\"|'[^']*+')?+)*+(?:>|\Z)"
_WORDS = r"(?:[^<]++|<(?![!?/a-z]))*+"
_SHUT = ("style", "script")
_SHOWN = ("title", "textarea", "xmp", "iframe", "noembed", "noframes")


def _whole(name: str) -> str:
    """An element in which nothing is markup but its own end, from behind its first `<`."""
    return rf"{name}(?=[\s/>]){_IN_TAG}.*?(?:</{name}(?=[\s/>]){_IN_TAG}|\Z)"


def _unless_plain(name: str) -> str:
    """As `_whole`, but only where something in it looks like markup."""
    return rf"(?!{name}(?=[\s/>]){_IN_TAG}{_WORDS}</{name}[\s/>]){_whole(name)}"


_ELEMENTS = "|".join([*map(_whole, _SHUT), *map(_unless_plain, _SHOWN)])
# Whatever is left open runs to the end, so that nothing is looked for twice. Every branch
# begins with the same letter, for which `re` looks much faster than for anything else.
_MARKUP = re.compile(
    r"(<!--\[if[^\]>]{0,200}+\]>"
    r"|<!--(?:-?>|.*?(?:--!?>|\Z))"
    rf"|<(?=s[ct]|t[ei]|xm|if|no)(?:{_ELEMENTS})"
    rf"|</?[a-z]{_IN_TAG}"
    r"|<[!?/][^>]*+(?:>|\Z))",
    re.DOTALL | re.IGNORECASE,
)
