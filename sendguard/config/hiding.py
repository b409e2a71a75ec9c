"""How a value is shown to people without what must stay secret."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

MASK = "********"

# Patterns are compiled where they are first used: most runs use none of them.
_SCHEME = r"(?i)(?:[a-z][a-z0-9+.-]{0,30}:)?//"
_LOGIN = r"(?s)(?:([^:@]*):)?.*@"
_SERVER = r"(?:[\w.-]*|\[[0-9a-fA-F:.]+\])(?::[0-9]*)?"
_TELLING = ("pass", "pwd", "secret", "token", "key")
# After these a server is named; after “//” in many other addresses of Apprise stands a token.
_WITH_A_SERVER = {
    *("http", "https", "json", "jsons", "xml", "xmls", "form", "forms", "mailto", "mailtos"),
    *("gotify", "gotifys", "mmost", "mmosts", "rocket", "rockets", "apprise", "apprises"),
    "workflows",
}


@dataclass(frozen=True, slots=True)
class Shown:
    """Marks a key whose value, or each entry of it, is shown as `by` says."""

    by: Callable[[Any], object]


def masked(_: object) -> str:
    """Nothing of it, not even its length."""
    return MASK


def without_password(address: str) -> str:
    """The address of a database or a proxy; what cannot be told from a password goes with it."""
    if address.startswith("sqlite:"):
        return _without_parameters(address)
    scheme, place = _parted(address)
    login = re.match(_LOGIN, place)
    if login:
        user = f"{login[1]}:" if login[1] else ""
        return f"{scheme}{user}{MASK}@{_without_parameters(place[login.end() :])}"
    server = re.split(r"[/?#]", place, maxsplit=1)[0]
    return f"{scheme}{_without_parameters(place) if re.fullmatch(_SERVER, server) else MASK}"


def without_token(address: str) -> str:
    """What kind of address it is, and which server's where that is no token itself."""
    scheme, place = _parted(address)
    login, at, server = re.split(r"[/?#]", place, maxsplit=1)[0].rpartition("@")
    is_known = (
        scheme.removesuffix("://").casefold() in _WITH_A_SERVER
        and re.fullmatch(_SERVER, server)
        # With another “@” behind it, it may be part of a password.
        and "@" not in place[len(login + at) :]
    )
    return f"{scheme}{server}/{MASK}" if is_known and server else f"{scheme}{MASK}"


def _parted(address: str) -> tuple[str, str]:
    scheme = re.match(_SCHEME, address)
    end = scheme.end() if scheme else 0
    return address[:end], address[end:]


def _without_parameters(address: str) -> str:
    place, mark, query = address.partition("?")
    return place + mark + "".join(map(_parameter, re.split("([&;])", query)))


def _parameter(text: str) -> str:
    name, mark, _ = text.partition("=")
    return name + mark + MASK if any(word in name.casefold() for word in _TELLING) else text
