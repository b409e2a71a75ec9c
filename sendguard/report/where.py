"""Places as seen from the folder in which SendGuard was called, so that they can be clicked."""

from posixpath import basename, dirname, join, normpath, splitext

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
