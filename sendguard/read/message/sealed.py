"""Messages that nobody on the way can read."""

from collections.abc import Sequence

_ARMOUR = "-----BEGIN PGP MESSAGE-----"
_HOW = {
    "application/pgp-encrypted": "encrypted (PGP)",
    "application/pkcs7-mime": "encrypted, or packed into its signature (S/MIME)",
    "application/x-pkcs7-mime": "encrypted, or packed into its signature (S/MIME)",
}


def how_sealed(kinds: Sequence[str], texts: Sequence[str]) -> str | None:
    """In words, fit to follow “it is”; None where it is not sealed.

    Args:
        kinds: The media types of its parts, in lower case.
        texts: What readers see of it as it is.

    Source:
        RFC 9580, section 6.2 (armour in the place of a text); RFC 3156, section 4 (PGP/MIME);
        RFC 8551, section 3.2 (S/MIME): which of the two it is stands in a parameter that senders
        may leave out.
    """
    if texts and all(text.lstrip().startswith(_ARMOUR) for text in texts):
        return "encrypted (PGP)"
    if texts:
        return None
    return next((_HOW[kind] for kind in kinds if kind in _HOW), None)
