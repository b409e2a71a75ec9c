"""The section of the gateway: where mail comes in, on which terms, and where it goes on to."""

from enum import StrEnum
from typing import Annotated

from pydantic import Field, model_validator

from sendguard.config.duration import DAY_S
from sendguard.config.hiding import Shown, masked
from sendguard.config.kinds import Duration, MailPlace, Network, OrNull, Text
from sendguard.config.section import Section
from sendguard.config.sections import Security, Smtp

MEBIBYTE = 1 << 20


class Mode(StrEnum):
    """What is answered to a copy whose campaign is not decided yet."""

    HOLD = "hold"
    DEFER = "defer"
    WAIT = "wait"


class Blocked(StrEnum):
    """What is answered to a copy of a campaign that may not go out."""

    REFUSE = "refuse"
    DEFER = "defer"
    HOLD = "hold"


class Listener(Section):
    """One place where mail comes in.

    Attributes:
        listen: Address and port.
        mode: While a campaign is being checked: `hold` takes its copies and releases them once it
            passes, for applications without a queue; `defer` answers 451; `wait` waits `wait_s`
            for the verdict and answers 451 then.
        blocked: `refuse` answers 554; `defer` 451, for list servers, which count a refusal against
            every member; `hold` keeps the copies for a person to decide.
        bulk_only: Only what is recognised as bulk mail is checked, and all else let through.
        security: `starttls` takes no mail before it, `tls` speaks nothing else.
        certificate, key: PEM files, for both of these.
        users: A file of those who may send, one `name:password` a line, the password as
            `sendguard gateway password` writes it; None where nobody logs in.
        allow: Networks that may connect; empty for all where users log in, else for this computer.
    """

    listen: MailPlace = "127.0.0.1:2525"
    mode: Mode = Mode.HOLD
    blocked: Blocked = Blocked.REFUSE
    bulk_only: bool = False
    security: Security = Security.NONE
    certificate: Annotated[Text | None, OrNull] = None
    key: Annotated[Text | None, OrNull] = None
    users: Annotated[Text | None, OrNull] = None
    allow: tuple[Network, ...] = ()

    @model_validator(mode="after")
    def _has_what_it_needs(self) -> "Listener":
        if self.security is not Security.NONE and not (self.certificate and self.key):
            raise ValueError(f"security: {self.security} needs a certificate and a key (PEM files)")
        return self


def spelled_listener(listener: Listener) -> dict[str, object]:
    """As it is written in config.yaml: its address, its mode, and what is not at its default."""
    told = {"listen": listener.listen, "mode": str(listener.mode)}
    return told | listener.model_dump(mode="json", exclude_defaults=True)


class Gateway(Section):
    """The gate in the mail path.

    Attributes:
        listeners: Where mail comes in.
        next_hop: Where it goes on to, as `host:port`.
        next_hop_security, next_hop_user, next_hop_password, next_hop_ca_file: As in `smtp:`.
        at_once: Connections to the next hop at a time.
        wait_s: So long a listener of mode `wait` waits for a verdict.
        verdict_s: So long a pass counts; who is blocked is checked anew after ten minutes.
        keep_trying_s: So long a released message is tried before its sender gets it back.
        max_size: Of a message, in bytes.
        max_recipients: Of a message.
        max_connections, max_connections_per_client: At a time.
        idle_s: After so long without a command, or with a message that comes too slowly, a client
            is cut off.
        max_held: Messages in the store at most; after that, 452.
        trace: Whether a header `X-SendGuard` is put above each message that passes.
        fail_open: Let everything through unchecked where the check or the store fails.
    """

    listeners: Annotated[tuple[Listener, ...], Shown(spelled_listener)] = Field(
        default=(Listener(),), min_length=1, max_length=20
    )
    next_hop: MailPlace = "127.0.0.1:25"
    next_hop_security: Security = Security.NONE
    next_hop_user: Annotated[Text | None, OrNull] = None
    next_hop_password: Annotated[Text | None, Shown(masked), OrNull] = Field(
        default=None, repr=False
    )
    next_hop_ca_file: Annotated[Text | None, OrNull] = None
    at_once: Annotated[int, Field(ge=1, le=1000)] = 20
    wait_s: Annotated[float, Field(gt=0, le=30)] = 5.0
    verdict_s: Duration = DAY_S
    keep_trying_s: Duration = 5 * DAY_S
    max_size: Annotated[int, Field(ge=MEBIBYTE, le=1024 * MEBIBYTE)] = 40 * MEBIBYTE
    max_recipients: Annotated[int, Field(ge=1, le=10_000)] = 1000
    max_connections: Annotated[int, Field(ge=1, le=100_000)] = 1000
    max_connections_per_client: Annotated[int, Field(ge=1, le=100_000)] = 200
    idle_s: Annotated[float, Field(gt=0, le=3600)] = 300.0
    max_held: Annotated[int, Field(ge=1, le=100_000_000)] = 1_000_000
    trace: bool = False
    fail_open: bool = False

    @property
    def is_named(self) -> bool:
        """Did somebody ask for a gateway, and not only write the defaults out?"""
        return self != Gateway()

    @property
    def relay(self) -> Smtp:
        """The next hop as a server that takes mail."""
        host, _, port = self.next_hop.rpartition(":")
        return Smtp(
            host=host.strip("[]"),
            port=int(port),
            security=self.next_hop_security,
            user=self.next_hop_user,
            password=self.next_hop_password,
            ca_file=self.next_hop_ca_file,
            at_once=min(self.at_once, 100),
        )
