"""The notice that gives a message back to its sender: who did not get it, and why."""

import binascii
import hashlib
from collections.abc import Mapping
from datetime import datetime

from sendguard.gateway.mail import Mail
from sendguard.gateway.release.delivery_status import delivery_status
from sendguard.gateway.release.returned import Returned, returned
from sendguard.gateway.release.told_sender import told_sender
from sendguard.judge.quote import plain
from sendguard.send import Outcome
from sendguard.send.headers import date_header, text_header

_LONGEST_ADDRESS = 320
_LONGEST_LINE = 998  # RFC 5322, section 2.1.1


def non_delivery(
    mail: Mail, failures: Mapping[str, Outcome], *, reporting: str, since: datetime, at: datetime
) -> Mail:
    """The notice to a message's sender, with an envelope that no notice comes back to.

    Args:
        mail: The message; it has a sender.
        failures: What became of it for those recipients who will not get it: `Refused`, or
            `Deferred` and `NotSent` where it is given up.
        reporting: Name of the machine that the notice comes from.
        since: When the message came in.
        at: Date of the notice, in UTC.

    Source:
        RFC 3464 and 6522; RFC 3834, section 3.1.7 (Auto-Submitted); RFC 6533 (addresses beyond
        ASCII).
    """
    original = returned(mail.data)
    name = _name(mail, failures, at)
    parts = (
        _part("text/plain; charset=utf-8", told_sender(original, failures, reporting).encode()),
        _part("message/delivery-status", delivery_status(failures, reporting, since, at)),
        _part("text/rfc822-headers", original.headers),
    )
    head = date_header(at) + _headers(mail.sender, original, reporting, name)
    data = b"\r\n".join((head, *(b"--=_%b\r\n%b" % (name, part) for part in parts)))
    data += b"\r\n--=_%b--\r\n" % name
    is_beyond = not data.isascii()  # only where the sender's own address is
    recipients = (mail.sender,)
    return Mail(sender="", recipients=recipients, data=data, is_8bit=is_beyond, is_utf8=is_beyond)


def _name(mail: Mail, failures: Mapping[str, Outcome], at: datetime) -> bytes:
    """Stands for this notice alone."""
    told = f"{at} {mail.sender} {' '.join(failures)}".encode("utf-8", "replace")
    return hashlib.sha256(told + mail.data).hexdigest()[:24].encode()


def _headers(sender: str, original: Returned, reporting: str, name: bytes) -> bytes:
    answered = f"<{original.message_id}>" if original.message_id else ""
    subject = f"Not delivered: {original.subject}" if original.subject else "Not delivered"
    lines = (
        f"From: SendGuard <MAILER-DAEMON@{reporting}>",
        f"To: <{plain(sender, _LONGEST_ADDRESS)}>",
        f"Message-ID: <{name.decode()}@{reporting}>",
        *([f"In-Reply-To: {answered}", f"References: {answered}"] if answered else []),
        "Auto-Submitted: auto-replied",
        "MIME-Version: 1.0",
        "Content-Type: multipart/report; report-type=delivery-status;",
        f' boundary="=_{name.decode()}"',
    )
    written = "".join(f"{line}\r\n" for line in lines).encode("utf-8", "replace")
    return text_header("Subject", subject) + written


def _part(kind: str, content: bytes) -> bytes:
    """A part of the report; spelt in ASCII lines of a length that mail may have."""
    if _is_bare(content):
        return f"Content-Type: {kind}\r\n\r\n".encode() + content
    lines = binascii.b2a_qp(content.replace(b"\r\n", b"\n"), istext=True).replace(b"\n", b"\r\n")
    said = f"Content-Type: {kind}\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n"
    return said.encode() + lines


def _is_bare(content: bytes) -> bool:
    """May it stand as it is? `--` at a line's beginning might be taken for the part's end."""
    lines = content.split(b"\r\n")
    is_text = content.isascii() and b"\0" not in content
    return is_text and all(
        len(line) <= _LONGEST_LINE
        and not line.startswith(b"--")
        and b"\n" not in line
        and b"\r" not in line
        for line in lines
    )
