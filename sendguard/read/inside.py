"""Which names may be read: those inside the newsletter's own folder."""

import posixpath
import re

_ADDRESS_OR_DRIVE = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:")


def inside(path: str, beside: str = "") -> str | None:
    """The plain form of `path`, relative to the folder; None where it leads out of it.

    Args:
        path: As written, with forward slashes.
        beside: The file whose folder `path` starts from; empty for the folder itself.
    """
    if not path or "\\" in path or "\0" in path or _ADDRESS_OR_DRIVE.match(path):
        return None
    whole = posixpath.normpath(posixpath.join(posixpath.dirname(beside), path))
    leads_out = posixpath.isabs(whole) or whole.split("/")[0] in {"..", "."}
    return None if leads_out else whole
