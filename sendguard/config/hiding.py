"""How a value is shown to people without what must stay secret."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

MASK = "********"

# Patterns are compiled where they are first used: most runs use none of them.
# After these a server is named; after “//” in many other addresses of Apprise stands a token.
_WITH_A_HOST = (
    r"(?i)((?:https?|jsons?|xmls?|forms?|mailtos?|gotifys?|mmosts?|rockets?|apprises?|workflows?)"
    r"://)([^?#]*)"
)
_SCHEME = r"(?i)[a-z][a-z0-9+.-]{0,30}://"
_LOGIN = r"(?is)((?:[a-z][a-z0-9+.-]{0,30}:)?//)?(?:([^:@]*):)?.*@"
_TELLING = r"(?i)([?&;][^=&;]*(?:pass|pwd|secret|token|key)[^=&;]*=)[^&;]*"


@dataclass(frozen=True, slots=True)
class Shown:
    """Marks a key whose value, or each entry of it, is shown as `by` says."""

    by: Callable[[Any], str]


def masked(_: object) -> str:
    """Nothing of it, not even its length."""
    return MASK


def without_password(address: str) -> str:
    """The address of a database or a proxy; what cannot be a user's name is hidden with it."""
    shown = re.sub(_TELLING, rf"\1{MASK}", address)
    if shown.startswith("sqlite:"):
        return shown
    return re.sub(_LOGIN, _login_hidden, shown, count=1)


def _login_hidden(found: re.Match[str]) -> str:
    user = f"{found[2]}:" if found[2] else ""
    return f"{found[1] or ''}{user}{MASK}@"


def without_token(address: str) -> str:
    """What kind of address it is, and which server's where that is no token itself."""
    known = re.match(_WITH_A_HOST, address)
    if known:
        host = known[2].rpartition("@")[2].partition("/")[0]
        return f"{known[1]}{host}/{MASK}" if host else f"{known[1]}{MASK}"
    scheme = re.match(_SCHEME, address)
    return f"{scheme[0] if scheme else ''}{MASK}"
