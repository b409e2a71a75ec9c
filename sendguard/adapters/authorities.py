"""The machine's certificate authorities, kept from being read where nobody needs them."""

import os
from collections.abc import Iterator
from contextlib import contextmanager

_VARIABLE = "SSL_CERT_FILE"


@contextmanager
def reading_no_authorities() -> Iterator[None]:
    """In here OpenSSL finds no authorities but those that it is given.

    aiohttp reads the machine's twice while it is imported, for connections that bring no trust
    of their own. Ours do; reading took an eighth of a small check. Should one ever not, it
    trusts nobody.
    """
    before = os.environ.get(_VARIABLE)
    os.environ[_VARIABLE] = os.devnull
    try:
        yield
    finally:
        if before is None:
            del os.environ[_VARIABLE]
        else:
            os.environ[_VARIABLE] = before
