"""What stands for an address that people are told at: most are secrets as a whole."""

import hashlib


def digest_of(address: str) -> str:
    """What is kept in its place; to show it, see `config.hiding.without_token`."""
    return hashlib.sha256(address.encode("utf-8", "surrogatepass")).hexdigest()
