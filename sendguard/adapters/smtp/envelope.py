"""The commands that a message begins with, and what cannot go to a server at all."""

import re
from dataclasses import dataclass

from sendguard.send import Letter, Refused, Reply

# What would end the address or the command before its time, and begin another one; and what is no
# character at all.
_NEVER = re.compile(r"[\x00-\x1f\x7f<>\ud800-\udfff]")
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
    needs_utf8 = _needs_utf8(letter)
    return (
        unfit_address(letter.sender, offers, may_be_empty=True)
        or unfit_address(letter.recipient, offers)
        or unfit_message(len(letter.data), offers, is_8bit=letter.is_8bit, is_utf8=needs_utf8)
    )


def unfit_address(address: str, offers: Offers, *, may_be_empty: bool = False) -> Refused | None:
    """Why an address cannot be told to a server that offers so much; None where it can."""
    if _NEVER.search(address) or len(address) > _LONGEST_ADDRESS:
        return _ours(553, "5.1.3", "the address is none that a mail server could be told")
    if not address and not may_be_empty:
        return _ours(553, "5.1.3", "there is no address")
    return None if address.isascii() or offers.utf8 else _no_utf8()


def unfit_message(size: int, offers: Offers, *, is_8bit: bool, is_utf8: bool) -> Refused | None:
    """Why a message cannot be sent to a server that offers so much; None where it can.

    Args:
        size: In bytes.
        offers: What the server can do.
        is_8bit: Whether there are bytes above 127.
        is_utf8: Whether there may be some in addresses or headers.
    """
    if offers.size is not None and size > offers.size:
        says = f"the message has {size} bytes, the mail server takes {offers.size}"
        return _ours(552, "5.3.4", says)
    if is_utf8 and not offers.utf8:
        return _no_utf8()
    if is_8bit and not offers.eight_bit:
        return _ours(554, "5.6.3", "the mail server takes only ASCII in messages (no 8BITMIME)")
    return None


def _no_utf8() -> Refused:
    return _ours(553, "5.6.7", "the mail server takes only ASCII in addresses (no SMTPUTF8)")


def _ours(code: int, enhanced: str, says: str) -> Refused:
    text = f"not sent, says SendGuard, because {says}"
    return Refused(Reply(code=code, enhanced=enhanced, text=text))


def _needs_utf8(letter: Letter) -> bool:
    return letter.is_utf8 or not (letter.sender.isascii() and letter.recipient.isascii())


def mail_from(letter: Letter, offers: Offers) -> bytes:
    """The command that names a letter's sender, with its line end."""
    is_8bit, is_utf8 = letter.is_8bit, _needs_utf8(letter)
    return mail_command(letter.sender, len(letter.data), offers, is_8bit=is_8bit, is_utf8=is_utf8)


def mail_command(sender: str, size: int, offers: Offers, *, is_8bit: bool, is_utf8: bool) -> bytes:
    """The command that names the sender of a message of this size, with its line end."""
    told_size = f" SIZE={size}" if offers.sizes else ""
    body = " BODY=8BITMIME" if is_8bit else ""
    utf8 = " SMTPUTF8" if is_utf8 else ""
    return f"MAIL FROM:<{sender}>{told_size}{body}{utf8}\r\n".encode()


def rcpt_to(letter: Letter) -> bytes:
    """The command that names a letter's recipient, with its line end."""
    return rcpt_command(letter.recipient)


def rcpt_command(recipient: str) -> bytes:
    """The command that names one recipient, with its line end."""
    return f"RCPT TO:<{recipient}>\r\n".encode()
