"""The certificate that a server showed on the connection that an answer came by."""

import ssl
from collections.abc import Mapping
from datetime import UTC, datetime

import httpcore
import httpx

from sendguard.visit import Certificate


def certificate_of(answer: httpcore.Response, url: httpx.URL) -> Certificate | None:
    """How long it is good for; None without TLS, or where it does not say."""
    stream = answer.extensions.get("network_stream")
    if url.scheme != "https" or stream is None:
        return None
    connection = stream.get_extra_info("ssl_object")
    shown = connection.getpeercert() if connection is not None else None
    return _read(url.host, shown) if shown else None


def _read(host: str, shown: Mapping[str, object]) -> Certificate | None:
    try:
        since, until = (_instant(shown[name]) for name in ("notBefore", "notAfter"))
    except (KeyError, ValueError, OverflowError):
        return None
    return Certificate(host=host, since=since, until=until)


def _instant(written: object) -> datetime:
    return datetime.fromtimestamp(ssl.cert_time_to_seconds(str(written)), UTC)
