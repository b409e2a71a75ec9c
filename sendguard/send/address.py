"""A reader's mail address: told from others, and as mail is sent to it."""

import re
import unicodedata

from email_validator import EmailNotValidError, ValidatedEmail, validate_email

from sendguard.judge.quote import quoted

LONGEST_CELL = 1_000
"""Characters that an address with a name beside it may have."""
LONGEST = 254  # RFC 5321, section 4.5.3.1.3, less its angle brackets

# Nearly all addresses of nearly all lists, at a tenth of what a whole look costs.
_ATOM = r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]++"
_LABEL = r"[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?"
_COMMON = re.compile(
    rf"(?=[^@]{{1,64}}@)(?!.*--){_ATOM}(?:\.{_ATOM})*+@(?:{_LABEL}\.)+[A-Za-z]{{2,63}}"
)
# What comes along when a cell is copied from a page: blanks, and marks that nobody can see.
_AROUND = (
    " \t\n\r\v\f\x1c\x1d\x1e\x1f\x85\xa0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007"
    "\u2008\u2009\u200a\u200b\u200c\u200d\u200e\u200f\u2028\u2029\u202f\u205f\u2060\u3000\ufeff"
)
_NEVER = re.compile(r"[\s<>\x00-\x1f\x7f]")


def parse_address(text: str) -> tuple[str, str]:
    """The key by which an address is told from others, and the address as mail is sent to it.

    Capital letters tell no mailboxes apart, as no server in use does. A domain with letters beyond
    ASCII is spelt in ASCII, except where the part before the @ needs SMTPUTF8 anyway. A key is an
    address itself, and its own key.

    Args:
        text: As written; of `Name <address>` the address counts.

    Raises:
        ValueError: It is no address that mail can be sent to; the message is for people.

    Source:
        RFC 5321, section 4.1.2; RFC 6531, section 3.3; RFC 5891.
    """
    if len(text) <= LONGEST and _COMMON.fullmatch(text):
        local, _, domain = text.partition("@")
        return text.lower(), f"{local}@{domain.lower()}"
    bare = _bare(text)
    if bare != text:
        return parse_address(bare)
    _refuse_what_is_none(bare)
    return _spelt(_validated(bare))


def _bare(text: str) -> str:
    """The address without what stands around it."""
    cell = text.strip(_AROUND)
    if len(cell) <= LONGEST_CELL and cell.endswith(">") and "<" in cell:
        return cell[cell.rindex("<") + 1 : -1].strip(_AROUND)
    return cell


def _refuse_what_is_none(text: str) -> None:
    """Raise for the slips that are made most often, in words for each."""
    if not text:
        raise ValueError("the address is empty")
    if len(text) > LONGEST_CELL:
        raise ValueError(f"{quoted(text, 40)} is far too long for an address")
    if "@" not in text:
        raise ValueError(f"{quoted(text)} is no mail address: it has no @")
    if text.count("@") > 1 and re.search(r"[,;\s]", text) and '"' not in text:
        raise ValueError(f"{quoted(text)} is more than one address: give each a row of its own")
    if _NEVER.search(text):
        raise ValueError(f"{quoted(text)} has a blank, a bracket or a control character in it")


def _validated(text: str) -> ValidatedEmail:
    try:
        # Names such as reader@letters.local are good inside a house.
        found = validate_email(
            text, check_deliverability=False, globally_deliverable=False, allow_quoted_local=True
        )
    except (EmailNotValidError, UnicodeError) as error:
        raise ValueError(_complaint(text)) from error
    ending = (found.ascii_domain or "").rpartition(".")
    if not ending[0] or ending[2].isdigit():
        raise ValueError(f"{quoted(text)} has no domain such as example.org behind its @")
    return found


def _complaint(text: str) -> str:
    """Which side of the @ is wrong."""
    local, _, domain = text.rpartition("@")
    if not _is_sound(f"a@{domain}"):
        return f"{quoted(text)} has no domain such as example.org behind its @"
    if len(text.encode("utf-8", "replace")) > LONGEST or len(local.encode("utf-8", "replace")) > 64:
        return f"{quoted(text, 40)} is longer than an address can be"
    return f"{quoted(text)} is no mail address: look at what stands before its @"


def _is_sound(text: str) -> bool:
    try:
        return bool(validate_email(text, check_deliverability=False, globally_deliverable=False))
    except (EmailNotValidError, UnicodeError):
        return False


def _spelt(found: ValidatedEmail) -> tuple[str, str]:
    ascii_domain = (found.ascii_domain or "").lower()
    # Not casefold(), for which straße@ and strasse@ would be one.
    local = unicodedata.normalize("NFC", found.local_part.lower())
    domain = found.domain if found.smtputf8 else ascii_domain
    return f"{local}@{ascii_domain}", f"{found.local_part}@{domain}"
