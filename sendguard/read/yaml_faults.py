"""What is wrong with a file that is no YAML, in the words of somebody who only writes texts."""

from typing import Protocol

import yaml

NEEDS_QUOTES = (
    "a text with [ ] { } : or # in it, or with * & ! % @ at its beginning, needs quotes, "
    'like "[News] in May"'
)
UNQUOTED = 'a text cannot begin with this character: put the whole text in quotes, "like this"'
_NOT_CLOSED = "a {} is opened here and not closed as it should be: {}"
# Parts of what YAML's reader says, and what it is about, with what that means for an editor.
_BY_PROBLEM = {
    "'\\t'": "a tab stands here: indent with spaces",
    "cannot start any token": UNQUOTED,
    "are not allowed here": UNQUOTED,
    "expected the node content": UNQUOTED,
    "expected ':'": "a key needs a colon and a space behind it, like newsletter: newsletter.mjml",
    "another document": "a line that begins with --- is one too many: remove it",
}
_BY_BEGINNING = {
    "while scanning an alias": UNQUOTED,
    "while scanning a block scalar": UNQUOTED,
    "while scanning a quoted scalar": "a quotation mark is opened here and never closed",
    "while scanning a double-quoted scalar": (
        "a backslash does not fit into this text: put it in single quotes, 'like this'"
    ),
    "while scanning a simple key": _BY_PROBLEM["expected ':'"],
    "while parsing a flow mapping": _NOT_CLOSED.format("{", NEEDS_QUOTES),
    "while parsing a flow sequence": _NOT_CLOSED.format("[", NEEDS_QUOTES),
}


class Mark(Protocol):
    """A place as YAML's reader counts it, from 0."""

    line: int
    column: int


def fault_mark(error: yaml.MarkedYAMLError) -> Mark | None:
    """Where to look: at what was begun and not finished, else at what does not fit."""
    is_begun = error.context in _BY_BEGINNING
    mark: Mark | None = error.context_mark if is_begun else error.problem_mark
    return mark or error.problem_mark or error.context_mark


def in_plain_words(error: yaml.MarkedYAMLError, text: str) -> str:
    """What is wrong at `fault_mark` and what to do about it."""
    problem = error.problem or ""
    if "mapping values are not allowed" in problem:
        return _second_colon(error, text)
    known = (says for part, says in _BY_PROBLEM.items() if part in problem)
    return next(known, _BY_BEGINNING.get(error.context or "", "")) or _does_not_fit(error, text)


def _second_colon(error: yaml.MarkedYAMLError, text: str) -> str:
    if ": " in _before(error.problem_mark, text):
        return 'a second “: ” stands in this line: put the whole text in quotes, "like: this"'
    return (
        "this line reads as if it went on with the one above: begin it in the same column, "
        "and write a space after every colon"
    )


def _does_not_fit(error: yaml.MarkedYAMLError, text: str) -> str:
    before = _before(error.problem_mark, text).strip()
    if not before:
        return "this line begins in another column than those it belongs to: align them"
    if before.endswith(("]", "}", '"', "'")):
        return (
            "what stands here comes too late, after a closing bracket or quotation mark: "
            f"{NEEDS_QUOTES}"
        )
    return f"what stands here does not fit: {NEEDS_QUOTES}"


def _before(mark: Mark | None, text: str) -> str:
    """What stands in the line before the place."""
    lines = text.splitlines()
    return lines[mark.line][: mark.column] if mark and mark.line < len(lines) else ""
