"""The three spellings of an address in Proofpoint's URL Defense.

The first is plain, the second masks `%` and `/`, the third takes out every character that mail
programs might change and keeps them, in base64, behind the address.
"""

import re
from string import ascii_lowercase, ascii_uppercase, digits
from urllib.parse import unquote

from sendguard.visit.encoded import from_base64

# The sign behind `**` says how many characters were taken out in a row, from two on.
_RUNS = {sign: run for run, sign in enumerate(ascii_uppercase + ascii_lowercase + digits + "-_", 2)}
_TAKEN_OUT = re.compile(r"\*(?:\*(.))?")
_MASK = str.maketrans("-_", "%/")


def unmasked(text: str) -> str:
    """The address that stands in the second spelling: `https-3A__example.org_a`."""
    return unquote(text.translate(_MASK))


def with_bytes_back(text: str) -> str | None:
    """The address that stands in the third spelling; None where it is broken.

    Args:
        text: `__https://example.org/a*b__;Iw!!…`, without what stands in front.
    """
    masked, mark, rest = text.removeprefix("__").rpartition("__;")
    kept = from_base64(rest.partition("!")[0])
    if not mark or kept is None:
        return None
    characters = iter(kept)

    def back(found: re.Match[str]) -> str:
        run = _RUNS.get(found[1], 0) if found[1] else 1
        return "".join(next(characters, "") for _ in range(run))

    # Mail programs encode what they please; what was encoded before was taken out.
    return _TAKEN_OUT.sub(back, unquote(masked))
