"""Text that addresses hide from the eye: base64 and its kin."""

import base64
import binascii


def from_base64(token: str) -> str | None:
    """The text that a token stands for; None when it stands for none.

    Args:
        token: In either alphabet, with or without its padding.
    """
    plain = token.rstrip("=").replace("-", "+").replace("_", "/")
    padded = plain + "=" * (-len(plain) % 4)
    try:
        return base64.b64decode(padded, validate=True).decode("utf-8")
    except (binascii.Error, ValueError):
        return None
