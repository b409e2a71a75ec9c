"""Why a notice was not taken, in our own words.

What Apprise logs names hosts, people and tokens, and repeats what a server answered. So nothing of
it is ever passed on: it only serves to choose one of the sentences below.
"""

import re
from collections.abc import Iterable

LONGEST_LINE = 2_000

_STATUS = re.compile(r"\berror=(\d{3})\b")
_SMTP_REPLY = re.compile(r"\((\d{3}), b['\"]")

_OF_STATUS = {
    301: "it sends on to another address: put that one into config.yaml",
    302: "it sends on to another address: put that one into config.yaml",
    307: "it sends on to another address: put that one into config.yaml",
    308: "it sends on to another address: put that one into config.yaml",
    401: "it does not accept the password or token",
    403: "it does not accept the password or token",
    404: "there is nothing of that name",
    410: "there is nothing of that name any more",
    413: "the notice is too long for it",
    429: "it is sent too much",
}
_OF_SMTP_REPLY = {
    421: "the mail server has no time now",
    530: "the mail server wants a name and a password",
    534: "the mail server does not accept the password",
    535: "the mail server does not accept the name or the password",
    550: "the mail server does not take mail for that address",
    554: "the mail server refuses the message",
}
_TELLING = (
    (
        "its host is not known: check the name, and that this computer is online",
        *("NameResolutionError", "Name or service not known", "Temporary failure in name"),
        *("nodename nor servname", "No address associated", "getaddrinfo failed"),
    ),
    ("its certificate is not trusted", "CERTIFICATE_VERIFY_FAILED", "certificate verify failed"),
    ("no secure connection could be made", "SSLError", "[SSL", "STARTTLS"),
    ("nothing answers there (connection refused)", "Connection refused", "actively refused"),
    ("it did not answer in time", "timed out", "ConnectTimeout", "ReadTimeout"),
    (
        "it hung up",
        *("Remote end closed", "Connection aborted", "reset by peer", "unexpectedly closed"),
        *("Broken pipe", "Server not connected", "IncompleteRead"),
    ),
    ("the network does not lead there", "unreachable", "No route to host"),
)
UNKNOWN = "it did not take the notice"


def reason_from(lines: Iterable[str]) -> str:
    """The sentence that fits what was logged, to follow the name of the service and a colon."""
    read = [line[:LONGEST_LINE] for line in lines]
    return next((says for line in read if (says := _of_answer(line) or _of_trouble(line))), UNKNOWN)


def _of_answer(line: str) -> str | None:
    if found := _STATUS.search(line):
        status = int(found[1])
        says = _OF_STATUS.get(status, "it has trouble of its own" if status >= 500 else UNKNOWN)
        return f"{says} (status {status})"
    if found := _SMTP_REPLY.search(line):
        reply = int(found[1])
        return f"{_OF_SMTP_REPLY.get(reply, 'the mail server refuses')} (reply {reply})"
    return None


def _of_trouble(line: str) -> str | None:
    return next((says for says, *signs in _TELLING if any(sign in line for sign in signs)), None)
