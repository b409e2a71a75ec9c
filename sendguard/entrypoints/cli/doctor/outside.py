"""What is between us and others: addresses, authorities."""

import ssl
from collections.abc import Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sendguard.config import Config
    from sendguard.report.health import Part

_NOTIFY = "notify"
_TRUST = "ca_file"


def look_at_notify(config: "Config") -> "Iterator[Part]":
    """The form of each address; nobody is told anything."""
    from sendguard.report.health.part import fine, wrong

    if not config.notify:
        yield fine(_NOTIFY, "no address is given, so nobody is told of what the watch finds")
        return
    from sendguard.adapters.notifier import why_not
    from sendguard.config.hiding import without_token

    for address in config.notify:
        if says := why_not(address):
            yield wrong(_NOTIFY, f"{without_token(address)}: {says}")
        else:
            yield fine(_NOTIFY, f"{without_token(address)} (only the form was looked at)")


def look_at_trust(config: "Config") -> "Iterator[Part]":
    """The file of certificate authorities, where one is named."""
    from sendguard.report.health.part import fine, wrong

    if (file := config.visit.ca_file) is None:
        return
    try:
        ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT).load_verify_locations(file)
    except (ssl.SSLError, ValueError):
        yield wrong(_TRUST, f"{file} holds no certificates in PEM that could be used")
    except OSError as error:
        yield wrong(_TRUST, f"{file} cannot be read: {error.strerror}")
    else:
        yield fine(_TRUST, file)
