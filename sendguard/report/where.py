"""Places as seen from the folder in which SendGuard was called, so that they can be clicked."""

from posixpath import basename, dirname, join, normpath, splitext

from sendguard.read import STANDARD_INPUT
from sendguard.values import Place

_FILES = frozenset({".html", ".htm", ".mjml", ".eml", ".yaml", ".yml"})


def seen_from_here(path: str, place: Place) -> Place:
    """The place with its file as reached through `path`, a newsletter or a campaign folder."""
    return Place(_reached(path, place.file), place.line, place.column)


def _reached(path: str, file: str) -> str:
    if basename(path) == file:
        return path
    is_file = splitext(path)[1].lower() in _FILES
    return normpath(join(dirname(path) if is_file else path, file))


def told_place(path: str, place: Place) -> str:
    """The place for a person; what came in on standard input has no file to click on."""
    if path == STANDARD_INPUT:
        return f"{told_path(path)}, line {place.line}"
    return str(seen_from_here(path, place))


def told_path(path: str) -> str:
    """What was checked, for a person."""
    return "standard input" if path == STANDARD_INPUT else path
