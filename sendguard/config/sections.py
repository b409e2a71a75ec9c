"""The sections of config.yaml, with their defaults and bounds."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Annotated

from pydantic import Field

from sendguard.config.duration import DAY_S, HOUR_S, MINUTE_S
from sendguard.config.hiding import Shown, masked, without_password
from sendguard.config.kinds import (
    Domain,
    Durations,
    Host,
    HttpsAddress,
    Listen,
    Network,
    OrNull,
    PerHour,
    Routes,
    Text,
    UserAgent,
)
from sendguard.config.section import Section


class Keep(Section):
    """How long what is known is kept.

    Attributes:
        runs_days: Days after which a stored check may be forgotten; the last one of a campaign
            never is.
    """

    runs_days: Annotated[int, Field(ge=1, le=36500)] = 365


class Visits(Section):
    """How links are visited.

    Attributes:
        at_once: Requests under way at a time.
        at_once_per_host: Requests under way at a time to one host.
        timeout_s: Longest wait for one answer, headers and the part of the body that is read.
        remember_s: How long a good answer stands in for asking again in a later run, a week at
            most; 0 for never, and nothing is kept then.
        allow_private: Networks that may be visited although they are not public.
        connect_to: Where to connect instead, by `host:port` or `*:port`; the certificate is
            still checked against the link's own host.
        ca_file: PEM file of authorities to trust in addition to the usual ones.
        proxy: Address of an HTTP proxy.
        user_agent: Sent in place of SendGuard's own.
    """

    at_once: Annotated[int, Field(ge=1, le=1000)] = 128
    at_once_per_host: Annotated[int, Field(ge=1, le=64)] = 8
    timeout_s: Annotated[float, Field(gt=0, le=300)] = 15.0
    remember_s: Annotated[float, Field(ge=0)] = 600.0
    allow_private: tuple[Network, ...] = ()
    connect_to: Routes = Field(default_factory=dict)
    ca_file: Annotated[Text | None, OrNull] = None
    proxy: Annotated[Text | None, OrNull, Shown(without_password)] = Field(default=None, repr=False)
    user_agent: UserAgent | None = None


class Walled(StrEnum):
    """What a walled link does to its newsletter."""

    WARN = "warn"
    UNVERIFIED = "unverified"


class Gate(Section):
    """What may go out."""

    walled: Walled = Walled.WARN


class Watch(Section):
    """When `serve` checks campaigns that have a time to be sent at.

    Attributes:
        before: Seconds before the send at which a campaign is checked.
        after: Seconds after the send, while readers still click.
        look_every_s: Between two looks at what is due, and for new and changed folders.
        at_once: Campaigns checked at a time.
        listen: Where `/healthz` and `/readyz` are answered; None for nowhere.
    """

    before: Durations = (24 * HOUR_S, HOUR_S, 10 * MINUTE_S)
    after: Durations = (HOUR_S, 6 * HOUR_S, 24 * HOUR_S, 3 * DAY_S)
    look_every_s: Annotated[float, Field(gt=0, le=60)] = 20.0
    at_once: Annotated[int, Field(ge=1, le=64)] = 4
    listen: Annotated[Listen | None, OrNull] = "127.0.0.1:8780"


class Log(StrEnum):
    """The form of the lines that `serve` logs."""

    TEXT = "text"
    JSON = "json"


class Security(StrEnum):
    """How the connection to the SMTP server is kept private."""

    STARTTLS = "starttls"
    TLS = "tls"
    NONE = "none"


class Smtp(Section):
    """The server that takes outgoing mail.

    Attributes:
        at_once: Connections at a time.
        messages_per_connection: After so many, a connection is closed and another one made.
        timeout_s: Longest wait for an answer; for the one behind the final dot ten minutes, as
            RFC 5321, section 4.5.3.2.6, has it.
        per_hour: Messages an hour at most; None for as fast as it goes.
        at_once_to, per_hour_to: The like for one domain of recipients.
        ca_file: PEM file of authorities to trust in addition to the usual ones.
    """

    host: Host = "localhost"
    port: Annotated[int, Field(ge=1, le=65535)] = 587
    security: Security = Security.STARTTLS
    user: Text | None = None
    password: Annotated[Text | None, Shown(masked)] = Field(default=None, repr=False)
    at_once: Annotated[int, Field(ge=1, le=100)] = 10
    messages_per_connection: Annotated[int, Field(ge=1, le=100_000)] = 500
    timeout_s: Annotated[float, Field(gt=0, le=300)] = 60.0
    per_hour: Annotated[PerHour | None, OrNull] = None
    at_once_to: Mapping[Domain, Annotated[int, Field(ge=1, le=100)]] = Field(default_factory=dict)
    per_hour_to: Mapping[Domain, PerHour] = Field(default_factory=dict)
    ca_file: Annotated[Text | None, OrNull] = None

    @property
    def is_named(self) -> bool:
        """Did somebody say which server it is, and not only write the defaults out?"""
        return self != Smtp()


class Mail(Section):
    """What every message says besides the newsletter.

    Attributes:
        unsubscribe: Address of one-click unsubscribing (RFC 8058), with merge fields that tell who
            it is; None where newsletters name none.
        list_id: Name of the list (RFC 2919), such as `navigator.example.org`.
        bounces_to: The envelope's sender; None for the address in `sender:`.
        dkim_key: PEM file of the key that messages are signed with; None: the server signs.
        dkim_selector: Where the public key stands: SELECTOR._domainkey.DOMAIN.
        dkim_domain: None for the one in `sender:`.
    """

    unsubscribe: Annotated[HttpsAddress | None, OrNull] = None
    list_id: Annotated[Domain | None, OrNull] = None
    bounces_to: Annotated[Text | None, OrNull] = None
    dkim_key: Annotated[Text | None, OrNull] = None
    dkim_selector: Text = "sendguard"
    dkim_domain: Annotated[Domain | None, OrNull] = None


class Correct(Section):
    """How corrections speak.

    Attributes:
        word: What stands before the subject; None for the word of the apology's language.
        language: Of the apology; None for the newsletter's own, else English.
        templates: Folder of apologies in the place of SendGuard's; None for none.
    """

    word: Annotated[Text | None, OrNull] = None
    language: Annotated[Text | None, OrNull] = None
    templates: Annotated[Text | None, OrNull] = None
