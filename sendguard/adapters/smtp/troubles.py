"""What is said of a server that cannot be used: what is wrong, and what to do."""

import os
import re
import socket
import ssl
from collections.abc import Iterator
from dataclasses import dataclass

from aiosmtplib import SMTPAuthenticationError, SMTPConnectTimeoutError, SMTPResponseException

from sendguard.adapters.smtp.replies import LONGEST_TEXT
from sendguard.config.sections import Security, Smtp

# Of OpenSSL: the certificate is for another name, or for another address.
_OTHER_NAME = {62, 64}
_EXPIRED = 10
_TLS_FROM_THE_START = 465
_NUMBER = re.compile(r"\[Errno ([0-9]{1,5})\]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Keys:
    """What the settings of a server are called in config.yaml."""

    host: str = "smtp.host"
    port: str = "smtp.port"
    security: str = "smtp.security"
    user: str = "smtp.user"
    password: str = "smtp.password"  # noqa: S105 - what it is called
    ca_file: str = "smtp.ca_file"


RELAY = Keys()
NEXT_HOP = Keys(
    host="gateway.next_hop",
    port="gateway.next_hop",
    security="gateway.next_hop_security",
    user="gateway.next_hop_user",
    password="gateway.next_hop_password",  # noqa: S106 - what it is called
    ca_file="gateway.next_hop_ca_file",
)


def hopeless(error: Exception, smtp: Smtp, keys: Keys) -> str | None:
    """What to say of trouble that no second try mends; None where one may."""
    for cause in _causes(error):
        match cause:
            case ssl.SSLCertVerificationError():
                return _bad_certificate(cause, smtp, keys)
            case ssl.SSLEOFError() | ssl.SSLZeroReturnError():
                return None
            case ssl.SSLError():
                return _no_tls(cause, smtp, keys)
    return None


def passing(error: Exception, smtp: Smtp, keys: Keys) -> str:
    """What to say of trouble that may pass."""
    if isinstance(error, SMTPConnectTimeoutError) and _may_want_tls(smtp):
        return (
            f"{_server(smtp)} says nothing: on port {smtp.port} it may want "
            f"`{keys.security}: tls` in config.yaml"
        )
    if isinstance(error, SMTPResponseException) and error.code < 200:
        return f"{_server(smtp)} answers what is no reply: is it a mail server?"
    if isinstance(error, SMTPResponseException):
        return f"{_server(smtp)} answers {error.code} {_line(error.message)}"
    reasons = [_reason(cause) for cause in _causes(error) if isinstance(cause, OSError)]
    says = next(filter(None, reversed(reasons)), str(error))
    return f"there is no connection to {_server(smtp)} ({_line(says)})"


def _reason(error: OSError) -> str | None:
    """In the system's own words, and not in those of asyncio, which are a programmer's."""
    if isinstance(error, socket.gaierror | ssl.SSLError):
        return error.strerror
    several = _NUMBER.search(str(error)) if error.errno is None else None
    number = int(several[1]) if several else error.errno
    return os.strerror(number) if number else None


def no_starttls(smtp: Smtp, keys: Keys) -> str:
    """The connection could not be made private."""
    return (
        f"{_server(smtp)} offers no STARTTLS, and without it others could read along: correct "
        f"{keys.port} or {keys.security} in config.yaml (port 587 usually has `starttls`, 465 "
        "`tls`; `none` is for a server on this computer)"
    )


def password_in_the_open(smtp: Smtp, keys: Keys) -> str:
    """The password would be readable on its way."""
    return (
        f"{keys.security} is `none`, so that others could read the password on its way to "
        f"{_server(smtp)}: set {keys.security} to `starttls` or `tls` in config.yaml, or leave "
        f"{keys.user} out"
    )


def no_login(smtp: Smtp, keys: Keys) -> str:
    """The server takes no password that we could give."""
    return (
        f"{_server(smtp)} takes no name and password here: leave {keys.user} out of "
        f"config.yaml, or correct {keys.port} (servers that want them are usually at 587 or 465)"
    )


def login_refused(error: SMTPAuthenticationError, smtp: Smtp, keys: Keys) -> str:
    """The server does not let us in."""
    return (
        f"{_server(smtp)} refuses the name and password: {error.code} {_line(error.message)}; "
        f"correct {keys.user} and {keys.password} in config.yaml"
    )


def _bad_certificate(error: ssl.SSLCertVerificationError, smtp: Smtp, keys: Keys) -> str:
    if error.verify_code in _OTHER_NAME:
        advice = f"set {keys.host} in config.yaml to a name that is in it"
        return f"the certificate of {_server(smtp)} is for another name: {advice}"
    if error.verify_code == _EXPIRED:
        return f"the certificate of {_server(smtp)} has expired: it is to be renewed there"
    return (
        f"the certificate of {_server(smtp)} cannot be trusted ({error.verify_message}): if the "
        "server is your own, name the file with its certificate, or with that of whoever signed "
        f"it, as {keys.ca_file} in config.yaml"
    )


def _no_tls(error: ssl.SSLError, smtp: Smtp, keys: Keys) -> str:
    hint = ""
    if smtp.security is Security.TLS:
        hint = f"; if it speaks TLS only after STARTTLS, set {keys.security} to `starttls`"
    return f"no secure connection to {_server(smtp)} can be agreed on ({error.reason}){hint}"


def _may_want_tls(smtp: Smtp) -> bool:
    return smtp.port == _TLS_FROM_THE_START and smtp.security is not Security.TLS


def _causes(error: BaseException) -> Iterator[BaseException]:
    cause: BaseException | None = error
    while cause is not None:
        yield cause
        cause = cause.__cause__


def _server(smtp: Smtp) -> str:
    return f"the mail server {smtp.host}:{smtp.port}"


def _line(text: str) -> str:
    shown = "".join(char if char.isprintable() else " " for char in text)
    return " ".join(shown.split())[:LONGEST_TEXT]
