"""Asking whether a page is still what it was: what names its state, and what confirms that."""

import re
from collections.abc import Mapping

from sendguard.visit.visit import Validators

NOT_MODIFIED = 304


def validators_of(headers: Mapping[str, str]) -> Validators | None:
    """What an answer calls its state; None where it says nothing, or nothing well formed."""
    etag, modified = headers.get("etag", "").strip(), headers.get("last-modified", "").strip()
    known = Validators(
        etag=etag if _ETAG.fullmatch(etag) else None,
        modified=modified if _DATE.fullmatch(modified) else None,
    )
    return known if known.etag or known.modified else None


def conditions(known: Validators | None) -> Mapping[str, str]:
    """The headers that ask for a page only if it is another than `known`.

    Source:
        RFC 9110, sections 13.1.2 (If-None-Match) and 13.1.3 (If-Modified-Since).
    """
    if known is None:
        return {}
    named = {"If-None-Match": known.etag, "If-Modified-Since": known.modified}
    return {name: value for name, value in named.items() if value}


def confirms(headers: Mapping[str, str], known: Validators | None) -> bool:
    """Does a 304 with these headers speak of the state that was asked about?

    It has to repeat the ETag that it was asked for, and may not name another date. A 304 that
    does not is a server's mistake and says nothing.

    Source:
        RFC 9110, section 15.4.5 (304), and section 8.8.3.2 (weak comparison).
    """
    if known is None:
        return False
    now = validators_of(headers) or Validators()
    if known.etag:
        return now.etag is not None and _weak(now.etag) == _weak(known.etag)
    return now.modified in {None, known.modified}


def _weak(etag: str) -> str:
    return etag.removeprefix("W/")


_ETAG = re.compile(r'(?:W/)?"[\x21\x23-\x7e]{0,200}"')
_DATE = re.compile(r"[A-Z][a-z]{2}, \d\d [A-Z][a-z]{2} \d{4} \d\d:\d\d:\d\d GMT")
