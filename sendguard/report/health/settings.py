"""How the settings are that nothing has been tried with: the mail server's."""

from ipaddress import ip_address

from sendguard.config import Security, Smtp
from sendguard.report.health.part import Part, doubtful, fine, wrong

_SMTP = "smtp"
_BEGINS_WITH_TLS = {465}
_BEGINS_WITHOUT = {25, 587, 2525}
_NOT_TRIED = "only the form was looked at, nothing was connected to"


def smtp_part(smtp: Smtp) -> Part:
    """Whether the settings of the mail server fit each other; nobody is asked."""
    if says := _misfit(smtp):
        return wrong(_SMTP, says)
    login = "with a login" if smtp.user else "without a login"
    said = f"{smtp.host}:{smtp.port}, {_SAID[smtp.security]}, {login}"
    if smtp.password and smtp.security is Security.NONE and not _is_this_computer(smtp.host):
        return doubtful(_SMTP, f"{said}: anybody on the way can read the password")
    return fine(_SMTP, f"{said} ({_NOT_TRIED})")


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
    if smtp.user and not smtp.password:
        return "there is a user without a password: set SENDGUARD_SMTP__PASSWORD"
    if smtp.password and not smtp.user:
        return "there is a password without a user: write `user:`"
    return None


def _is_this_computer(host: str) -> bool:
    if host.casefold() == "localhost":
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False
