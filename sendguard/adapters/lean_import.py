"""What libraries of the network load for purposes that are not ours, kept away from them."""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager

_AUTHORITIES = "SSL_CERT_FILE"


@contextmanager
def importing_lean() -> Iterator[None]:
    """In here the libraries of the network are to be imported.

    httpx has a command line of its own, and loads it, with Rich, wherever click happens to be.
    """
    if "aiohttp" in sys.modules:
        yield  # done before, and by now other threads may need the authorities
        return
    sys.modules.setdefault("httpx._main", None)  # type: ignore[arg-type]
    with _reading_no_authorities():
        yield


@contextmanager
def _reading_no_authorities() -> Iterator[None]:
    """In here OpenSSL finds no authorities but those that it is given.

    aiohttp reads the machine's twice while it is imported, for connections that bring no trust
    of their own. Ours do; reading took an eighth of a small check. Should one ever not, it
    trusts nobody.
    """
    before = os.environ.get(_AUTHORITIES)
    os.environ[_AUTHORITIES] = os.devnull
    try:
        yield
    finally:
        if before is None:
            del os.environ[_AUTHORITIES]
        else:
            os.environ[_AUTHORITIES] = before
