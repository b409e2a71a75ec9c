"""Messages that nobody on the way can read."""

from collections.abc import Iterable

_HOW = {
    "application/pgp-encrypted": "encrypted (PGP)",
    "application/pkcs7-mime": "encrypted, or packed into its signature (S/MIME)",
    "application/x-pkcs7-mime": "encrypted, or packed into its signature (S/MIME)",
}


def how_sealed(kinds: Iterable[str]) -> str | None:
    """In words, fit to follow “it is”; None where it is not sealed.

    Args:
        kinds: The media types of its parts, in lower case.

    Source:
        RFC 3156, section 4 (PGP/MIME); RFC 8551, section 3.2 (S/MIME): which of the two it is
        stands in a parameter that senders may leave out.
    """
    return next((_HOW[kind] for kind in kinds if kind in _HOW), None)
