"""What came of asking one server for one address."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sendguard.visit import Certificate, Trouble


@dataclass(frozen=True, slots=True, kw_only=True)
class Heard:
    """An answer.

    Attributes:
        status: HTTP status.
        headers: Names in lower case; of several of one name, the first.
        body: As much as was wanted, decompressed.
        cut_short: The body ended, or time ran out, before what was wanted had come.
        is_whole: The body was read to its end.
        certificate: What the server showed; None without TLS.
        walled: What shows that it is a wall, as `walls.wall` says it; None when it is none.
        tries: When it was asked, earlier tries included.
        unchanged: It is, as the server says, still what the validators of an earlier visit name.
        took_s: Seconds from the request to the last byte that was read.
    """

    status: int
    headers: Mapping[str, str]
    body: bytes = b""
    cut_short: bool = False
    is_whole: bool = False
    certificate: Certificate | None = None
    walled: str | None = None
    tries: tuple[datetime, ...] = ()
    unchanged: bool = False
    took_s: float = 0.0

    @property
    def media_type(self) -> str:
        """From Content-Type, in lower case; guessed from the body where it says nothing."""
        named = _MEDIA_TYPE.match(self.headers.get("content-type", "").strip().lower())
        return named.group() if named else _guess(self.body)

    @property
    def charset(self) -> str | None:
        """From Content-Type; None when it names none."""
        for parameter in self.headers.get("content-type", "").split(";")[1:]:
            name, _, value = parameter.partition("=")
            if name.strip().lower() == "charset":
                return value.strip(" \"'") or None
        return None


@dataclass(frozen=True, slots=True)
class Unheard:
    """No answer.

    Attributes:
        trouble: Why.
        detail: The same in a few words for a person.
        connected: False when it failed before there was a connection to talk over.
        tries: When it was asked, earlier tries included.
    """

    trouble: Trouble
    detail: str
    connected: bool = True
    tries: tuple[datetime, ...] = ()


# A server may send anything there; this is shown to people.
_MEDIA_TYPE = re.compile(r"[a-z0-9.+*-]{1,80}/[a-z0-9.+*_-]{1,80}")


def _guess(body: bytes) -> str:
    start = body[:512].lstrip(b"\xef\xbb\xbf \t\r\n")
    if start.startswith(b"%PDF-"):
        return "application/pdf"
    return "text/html" if start.startswith(b"<") else "application/octet-stream"
