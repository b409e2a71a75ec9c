"""The certificate that a server showed on the connection that an answer came by."""

import asyncio
import ssl
from collections.abc import Mapping
from datetime import UTC, datetime

from sendguard.visit import Certificate


def certificate_of(connection: asyncio.BaseTransport) -> Certificate | None:
    """How long it is good for; None without TLS, or where it does not say."""
    tls = connection.get_extra_info("ssl_object")
    shown = tls.getpeercert() if tls is not None else None
    return _read(tls.server_hostname, shown) if shown else None


def _read(host: str, shown: Mapping[str, object]) -> Certificate | None:
    try:
        since, until = (_instant(shown[name]) for name in ("notBefore", "notAfter"))
    except (KeyError, ValueError, OverflowError):
        return None
    return Certificate(host=host, since=since, until=until)


def _instant(written: object) -> datetime:
    return datetime.fromtimestamp(ssl.cert_time_to_seconds(str(written)), UTC)
