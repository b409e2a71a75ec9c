"""What a value of config.yaml may look like, and what is said of one that does not."""

import unicodedata
from collections.abc import Mapping
from ipaddress import IPv4Network, IPv6Network, ip_network
from typing import Annotated

from pydantic import AfterValidator, BeforeValidator, Field

from sendguard.config.addresses import (
    database_address,
    domain_name,
    https_address,
    is_host_and_port,
    place_of_mail,
    place_to_listen,
    server_name,
    with_scheme,
)
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


def _are_routes(routes: Mapping[str, str]) -> Mapping[str, str]:
    for name, target in routes.items():
        for what, text in (("name", name), ("target", target)):
            if not is_host_and_port(text):
                raise ValueError(f"the {what} “{text[:60]}” is not of the form “host:port”")
    return routes


def _nothing(written: object) -> object:
    """The word null is nothing also where all text is taken as it stands."""
    return None if written == "null" else written


def _seconds(written: object) -> object:
    return parse_duration(written) if isinstance(written, str) else written


def _once_each(durations: tuple[float, ...]) -> tuple[float, ...]:
    return tuple(dict.fromkeys(durations))


Network = Annotated[IPv4Network | IPv6Network, BeforeValidator(_network)]
UserAgent = Annotated[str, AfterValidator(_can_be_sent)]
Routes = Annotated[Mapping[str, str], AfterValidator(_are_routes)]
Duration = Annotated[float, Field(gt=0, le=LONGEST_WAIT_S), BeforeValidator(_seconds)]
Durations = Annotated[
    tuple[Duration, ...], Field(max_length=20), AfterValidator(_once_each), Shown(spelled)
]
Text = Annotated[str, AfterValidator(_readable)]
OrNull = BeforeValidator(_nothing)
Host = Annotated[Text, AfterValidator(server_name)]
Listen = Annotated[Text, AfterValidator(place_to_listen)]
MailPlace = Annotated[Text, AfterValidator(place_of_mail)]
Database = Annotated[Text, AfterValidator(database_address)]
NotifyAddress = Annotated[Text, AfterValidator(with_scheme)]
Domain = Annotated[Text, AfterValidator(domain_name)]
HttpsAddress = Annotated[Text, AfterValidator(https_address)]
PerHour = Annotated[int, Field(ge=1, le=100_000_000)]
