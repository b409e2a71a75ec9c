"""The commands that a letter begins with, and the letters that cannot go to a server at all."""

import re
from dataclasses import dataclass

from sendguard.send import Letter, Refused, Reply

# What would end the address or the command before its time, and begin another one.
_NEVER = re.compile(r"[\x00-\x1f\x7f<>]")
_LONGEST_ADDRESS = 512


@dataclass(frozen=True, slots=True, kw_only=True)
class Offers:
    """What a server says that it can do, in its answer to EHLO.

    Attributes:
        pipelining: Commands may be sent in groups (RFC 2920).
        eight_bit: Bytes above 127 (RFC 6152).
        utf8: Addresses and headers in UTF-8 (RFC 6531).
        size: The largest message in bytes (RFC 1870); None where it names none.
    """

    pipelining: bool = False
    eight_bit: bool = False
    utf8: bool = False
    sizes: bool = False
    size: int | None = None


def unfit(letter: Letter, offers: Offers) -> Refused | None:
    """Why a letter cannot be sent to a server that offers so much; None where it can."""
    for address in (letter.sender, letter.recipient):
        if _NEVER.search(address) or len(address) > _LONGEST_ADDRESS:
            return _ours(553, "5.1.3", "the address is none that a mail server could be told")
    if not letter.recipient:
        return _ours(553, "5.1.3", "there is no address")
    if offers.size is not None and len(letter.data) > offers.size:
        says = f"the message has {len(letter.data)} bytes, the mail server takes {offers.size}"
        return _ours(552, "5.3.4", says)
    if _needs_utf8(letter) and not offers.utf8:
        return _ours(553, "5.6.7", "the mail server takes only ASCII in addresses (no SMTPUTF8)")
    if letter.is_8bit and not offers.eight_bit:
        return _ours(554, "5.6.3", "the mail server takes only ASCII in messages (no 8BITMIME)")
    return None


def _ours(code: int, enhanced: str, says: str) -> Refused:
    text = f"not sent, says SendGuard, because {says}"
    return Refused(Reply(code=code, enhanced=enhanced, text=text))


def _needs_utf8(letter: Letter) -> bool:
    return letter.is_utf8 or not (letter.sender.isascii() and letter.recipient.isascii())


def mail_from(letter: Letter, offers: Offers) -> bytes:
    """The command that names the sender, with its line end."""
    size = f" SIZE={len(letter.data)}" if offers.sizes else ""
    body = " BODY=8BITMIME" if letter.is_8bit else ""
    utf8 = " SMTPUTF8" if _needs_utf8(letter) else ""
    return f"MAIL FROM:<{letter.sender}>{size}{body}{utf8}\r\n".encode()


def rcpt_to(letter: Letter) -> bytes:
    """The command that names the recipient, with its line end."""
    return f"RCPT TO:<{letter.recipient}>\r\n".encode()
