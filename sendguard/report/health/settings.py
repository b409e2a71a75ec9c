"""How the mail server's settings are: whether they fit each other, what came of trying them."""

from dataclasses import dataclass
from ipaddress import ip_address

from sendguard.config import Security, Smtp
from sendguard.report.health.part import Part, doubtful, fine, wrong

_SMTP = "smtp"
_BEGINS_WITH_TLS = {465}
_BEGINS_WITHOUT = {25, 587, 2525}
_NOT_TRIED = "only the form was looked at, nothing was connected to"


@dataclass(frozen=True, slots=True, kw_only=True)
class Tried:
    """What came of coming to the mail server.

    Attributes:
        trouble: Why it would take no letter; None where it would.
        may_pass: Whether the server itself asks us to come again.
    """

    trouble: str | None = None
    may_pass: bool = False


def smtp_part(smtp: Smtp, tried: Tried | None = None) -> Part:
    """Whether the settings of the mail server fit each other, and what came of trying them.

    Args:
        smtp: The settings.
        tried: None where nobody tried.
    """
    if says := half_login(smtp):
        return wrong(_SMTP, says)
    login = "with a login" if smtp.user else "without a login"
    said = f"{smtp.host}:{smtp.port}, {_SAID[smtp.security]}, {login}"
    if tried is not None:
        return _tried_part(smtp, tried, said)
    if says := _misfit(smtp):
        return wrong(_SMTP, says)
    if smtp.password and smtp.security is Security.NONE and not _is_this_computer(smtp.host):
        return doubtful(_SMTP, f"{said}: anybody on the way can read the password")
    set_by = "" if smtp.is_named else "not set, so that it would be "
    return fine(_SMTP, f"{set_by}{said} ({_NOT_TRIED})")


def _tried_part(smtp: Smtp, tried: Tried, said: str) -> Part:
    if tried.trouble is None:
        return fine(_SMTP, f"{said}: it would take letters (none was sent)")
    if tried.may_pass:
        return doubtful(_SMTP, f"{tried.trouble}: try again later")
    # What a port answers that begins otherwise is a riddle; this is its solution.
    return wrong(_SMTP, _misfit(smtp) or tried.trouble)


def half_login(smtp: Smtp) -> str | None:
    """What is missing of a user and a password; None where there are both, or neither."""
    if smtp.user and not smtp.password:
        return "there is a user without a password: set SENDGUARD_SMTP__PASSWORD"
    if smtp.password and not smtp.user:
        return "there is a password without a user: write `user:`"
    return None


_SAID = {
    Security.STARTTLS: "STARTTLS",
    Security.TLS: "TLS",
    Security.NONE: "not encrypted",
}


def _misfit(smtp: Smtp) -> str | None:
    if smtp.port in _BEGINS_WITH_TLS and smtp.security is not Security.TLS:
        return (
            f"port {smtp.port} begins with TLS, not with {_SAID[smtp.security]}: "
            "write `security: tls`, or `port: 587`"
        )
    if smtp.port in _BEGINS_WITHOUT and smtp.security is Security.TLS:
        return (
            f"port {smtp.port} does not begin with TLS: write `security: starttls`, or `port: 465`"
        )
    return None


def _is_this_computer(host: str) -> bool:
    if host.casefold() == "localhost":
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False
