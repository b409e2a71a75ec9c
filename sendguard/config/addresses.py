"""Addresses in config.yaml: of servers, databases and people to tell; what is said of bad ones.

Nothing is repeated of an address that may hold a password.
"""

import re
from ipaddress import ip_address

_SCHEME = r"(?i)([a-z][a-z0-9+.-]{0,30}):"
_FORMS = "sqlite:///FILE or postgresql+psycopg://USER:PASSWORD@HOST/NAME"
_POSTGRES = "postgresql+psycopg://"


def is_host_and_port(text: str) -> bool:
    """Whether it is a name or an address with a port behind it."""
    host, colon, port = text.rpartition(":")
    return bool(colon and host) and _is_port(port)


def _is_port(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) < 6 and 0 < int(text) < 65536


def place_to_listen(text: str) -> str:
    """An address of this computer, with a port, where there need not be one."""
    if not _is_place(text):
        raise ValueError("expected “address:port”, such as 127.0.0.1:8780, or null")
    return text


def place_of_mail(text: str) -> str:
    """Where mail comes in, or goes on to: an address with a port."""
    if not _is_place(text):
        raise ValueError(
            "expected “address:port”, such as 127.0.0.1:2525, with a port from 1 to 65535"
        )
    return text


def _is_place(text: str) -> bool:
    return is_host_and_port(text) and "//" not in text


def server_name(text: str) -> str:
    """A name or an IP address, without brackets and port."""
    if re.fullmatch(r"[^\s/@:\[\]]+", text):
        return text
    try:
        return str(ip_address(text.strip("[]")))
    except ValueError:
        raise ValueError(
            "expected the name of a server only; its port is a key of its own"
        ) from None


def database_address(text: str) -> str:
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
    place = re.sub(r"^[^:/@]*(?::[^@]*)?@", "", text.removeprefix(_POSTGRES), count=1)
    server = re.split(r"[/?]", place, maxsplit=1)[0]
    if "@" in server:
        raise ValueError("in a name or password, “@” has to be written as %40")
    port = re.search(r":([^\]:]*)$", server)
    if port and not _is_port(port[1]):
        raise ValueError("the port after the server's name is no number from 1 to 65535")
    return text


def with_scheme(address: str) -> str:
    """An address that says of which kind it is."""
    scheme, mark, rest = address.partition("://")
    if not (mark and rest and re.fullmatch(r"[a-z][a-z0-9+.-]*", scheme, re.IGNORECASE)):
        raise ValueError("expected an address such as mailto://… or slack://…")
    return address


def domain_name(text: str) -> str:
    """The name of a domain, in lower case."""
    if not re.fullmatch(r"[^\s/@:<>,;]+\.[^\s/@:<>,;]+", text):
        raise ValueError("expected the name of a domain, such as example.org")
    return text.casefold()


def https_address(text: str) -> str:
    """An address that a mail program may ask by itself (RFC 8058, section 3.1)."""
    if not re.fullmatch(r"https://[^\s/]+/\S*(?: ?[^\s<>]+)*", text):
        raise ValueError("expected an address such as https://example.org/leave?who={{ email }}")
    return text
