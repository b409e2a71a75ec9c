"""How large HTML is as it is sent, and from when on Gmail cuts it off."""

import quopri

CLIPPED_FROM = 102 * 1024


def sent_bytes(html: str) -> int:
    """Its size in UTF-8, spelt for mail as quoted-printable."""
    return len(quopri.encodestring(html.encode("utf-8", "replace")))


def in_kilobytes(size: int) -> str:
    """A size for a person, rounded up: `102 kB`."""
    return f"{-(-size // 1024)} kB"
