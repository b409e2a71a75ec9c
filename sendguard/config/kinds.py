"""What a value of config.yaml may look like, and what is said of one that does not."""

import re
import unicodedata
from collections.abc import Mapping
from ipaddress import IPv4Network, IPv6Network, ip_address, ip_network
from typing import Annotated

from pydantic import AfterValidator, BeforeValidator, Field

from sendguard.config.duration import DAY_S, parse_duration, spelled
from sendguard.config.hiding import Shown

LONGEST_WAIT_S = 366 * DAY_S


def _network(written: object) -> IPv4Network | IPv6Network:
    text = str(written)
    try:
        return ip_network(text)
    except ValueError:
        pass
    try:
        near = ip_network(text, strict=False)
    except ValueError:
        raise ValueError(f"“{text[:60]}” is no network such as 10.20.0.0/16") from None
    raise ValueError(f"“{text}” is no network; did you mean {near}?")


def _can_be_sent(name: str) -> str:
    if not (name.isascii() and name.isprintable()):
        raise ValueError("only printable characters of ASCII can be sent as a name")
    return name


def _readable(text: str) -> str:
    """Refuse what no file, address or password holds, before anybody stumbles over it."""
    if not text.strip():
        raise ValueError("expected some text")
    if any(unicodedata.category(sign) in {"Cc", "Cs"} for sign in text):
        raise ValueError("expected text in UTF-8, without control characters")
    return text


def _is_host_and_port(text: str) -> bool:
    host, colon, port = text.rpartition(":")
    return bool(colon and host) and _is_port(port)


def _is_port(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) < 6 and 0 < int(text) < 65536


def _are_routes(routes: Mapping[str, str]) -> Mapping[str, str]:
    for name, target in routes.items():
        for what, text in (("name", name), ("target", target)):
            if not _is_host_and_port(text):
                raise ValueError(f"the {what} “{text[:60]}” is not of the form “host:port”")
    return routes


def _nothing(written: object) -> object:
    """The word null is nothing also where all text is taken as it stands."""
    return None if written == "null" else written


def _seconds(written: object) -> object:
    return parse_duration(written) if isinstance(written, str) else written


def _once_each(durations: tuple[float, ...]) -> tuple[float, ...]:
    return tuple(dict.fromkeys(durations))


def _place_to_listen(text: str) -> str:
    if not _is_host_and_port(text) or "//" in text:
        raise ValueError("expected “address:port”, such as 127.0.0.1:8780, or null")
    return text


def _host(text: str) -> str:
    if re.fullmatch(r"[^\s/@:\[\]]+", text):
        return text
    try:
        return str(ip_address(text.strip("[]")))
    except ValueError:
        raise ValueError(
            "expected the name of a server only; its port is a key of its own"
        ) from None


_SCHEME = r"(?i)([a-z][a-z0-9+.-]{0,30}):"
_FORMS = "sqlite:///FILE or postgresql+psycopg://USER:PASSWORD@HOST/NAME"
_POSTGRES = "postgresql+psycopg://"


def _database(text: str) -> str:
    """The address as SQLAlchemy wants it; nothing of it but its scheme is ever repeated."""
    found = re.match(_SCHEME, text)
    scheme = found[1].casefold() if found else ""
    if scheme == "sqlite":
        return _sqlite(text)
    if scheme not in {"postgresql", "postgresql+psycopg"} or f"{scheme}://" not in text.casefold():
        said = f"“{scheme}:” is" if scheme and "://" in text else "this is"
        raise ValueError(f"{said} no database that is known here: write {_FORMS}, or null")
    return _postgres(_POSTGRES + text.partition("://")[2])


def _sqlite(text: str) -> str:
    file = text[len("sqlite:///") :].partition("?")[0]
    if not text.startswith("sqlite:///") or file in {"", "/", ":memory:"}:
        raise ValueError("expected three slashes and a file, as in sqlite:///sendguard.db, or null")
    return text


def _postgres(text: str) -> str:
    place = text.rpartition("@")[2].removeprefix(_POSTGRES).partition("?")[0].partition("/")[0]
    port = re.search(r":([^\]:]*)$", place)
    if port and not _is_port(port[1]):
        raise ValueError("the port after the server's name is no number from 1 to 65535")
    return text


def _has_scheme(address: str) -> str:
    scheme, mark, rest = address.partition("://")
    if not (mark and rest and re.fullmatch(r"[a-z][a-z0-9+.-]*", scheme, re.IGNORECASE)):
        raise ValueError("expected an address such as mailto://… or slack://…")
    return address


Network = Annotated[IPv4Network | IPv6Network, BeforeValidator(_network)]
UserAgent = Annotated[str, AfterValidator(_can_be_sent)]
Routes = Annotated[Mapping[str, str], AfterValidator(_are_routes)]
Duration = Annotated[float, Field(gt=0, le=LONGEST_WAIT_S), BeforeValidator(_seconds)]
Durations = Annotated[
    tuple[Duration, ...], Field(max_length=20), AfterValidator(_once_each), Shown(spelled)
]
Text = Annotated[str, AfterValidator(_readable)]
Host = Annotated[Text, AfterValidator(_host)]
Listen = Annotated[Text, AfterValidator(_place_to_listen)]
Database = Annotated[Text, AfterValidator(_database)]
NotifyAddress = Annotated[Text, AfterValidator(_has_scheme)]
OrNull = BeforeValidator(_nothing)
