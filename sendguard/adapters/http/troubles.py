"""What an exception on the way to a page means, in the words of a visit."""

import errno
import re
import socket
import ssl
from collections.abc import Iterator

import aiohttp
import httpx
from aiohttp.http_exceptions import BadHttpMessage

from sendguard.adapters.http.guard import BadPort, PrivateAddress
from sendguard.adapters.http.heard import Unheard
from sendguard.adapters.http.proxy import ProxyFails
from sendguard.adapters.http.unpack import Garbled
from sendguard.visit import Trouble

# Everything that a server, a network or an address can make go wrong before the answer.
EXPECTED = (aiohttp.ClientError, httpx.InvalidURL, OSError, TimeoutError, UnicodeError, Garbled)

# What can break a body off.
BREAKS_OFF = (aiohttp.ClientError, OSError, TimeoutError)


def trouble_of(error: Exception) -> Unheard:
    """Say what went wrong: the innermost cause that means something counts."""
    match error:
        case aiohttp.ConnectionTimeoutError():
            return _NO_CONNECTION
        case TimeoutError():
            return Unheard(Trouble.TIMEOUT, "the server took too long to answer")
        case aiohttp.ClientProxyConnectionError():
            return Unheard(
                Trouble.NO_NETWORK, f"the proxy {error.host}:{error.port} cannot be reached"
            )
        case ProxyFails():
            return Unheard(Trouble.NO_NETWORK, str(error))
        case aiohttp.ClientHttpProxyError():
            return Unheard(
                Trouble.NO_PROPER_ANSWER, f"the proxy says: {error.status} {error.message}"
            )
        case _:
            told = (_said(cause) for cause in _causes(error))
            return next(filter(None, told), None) or _NOT_PROPER


def _causes(error: BaseException) -> Iterator[BaseException]:
    before = error.__cause__ or error.__context__
    if before is not None:
        yield from _causes(before)
    yield error


def _said(cause: BaseException) -> Unheard | None:
    match cause:
        case ssl.SSLCertVerificationError():
            unusual = f"not valid: {cause.verify_message}"
            detail = _CERTIFICATE.get(cause.verify_code, unusual)
            return Unheard(Trouble.BAD_CERTIFICATE, detail)
        case socket.gaierror():
            return _NO_NAME_SERVER if cause.errno == socket.EAI_AGAIN else _NO_SUCH_HOST
        case OSError() if not isinstance(cause, ssl.SSLError | PrivateAddress):
            return _by_number(cause) or _by_type(cause)
        case _:
            return _by_type(cause)


def _by_number(cause: OSError) -> Unheard | None:
    """What its number means; of several addresses that failed, what is the site's own fault."""
    several = (int(number) for number in _NUMBERED.findall(str(cause)))
    numbers = several if cause.errno is None else (cause.errno,)
    known = [_BY_NUMBER[number] for number in numbers if number in _BY_NUMBER]
    return next((one for one in known if one is not _OUR_OWN), next(iter(known), None))


def _by_type(cause: BaseException) -> Unheard | None:
    if isinstance(cause, BadHttpMessage):
        return Unheard(Trouble.NO_PROPER_ANSWER, _fault(cause.message))
    for kinds, trouble, detail in _BY_TYPE:
        if isinstance(cause, kinds):
            return Unheard(trouble, detail.format(cause))
    return None


def _fault(parser_says: str) -> str:
    """What the parser found wrong, for a person; what it quotes of the answer is left out."""
    # Its own words stand first, and what it quotes behind may hold any.
    says = parser_says[:60].lower()
    return next((words for sign, words in _FAULTS if sign in says), _NOT_PROPER.detail)


# aiohttp puts the failures of several addresses into one text.
_NUMBERED = re.compile(r"\[Errno (\d{1,5})\]")

_NOT_PROPER = Unheard(Trouble.NO_PROPER_ANSWER, "what it sent makes no sense to a browser")
_BROKEN_OFF = Unheard(Trouble.RESET, "the server broke the connection off")
_NO_CONNECTION = Unheard(
    Trouble.TIMEOUT, "no connection to the server came about in time", connected=False
)
_NO_NAME_SERVER = Unheard(Trouble.NO_NETWORK, "no name server answered")
_NO_SUCH_HOST = Unheard(Trouble.NO_SUCH_HOST, "no site of this name exists")
_OUR_OWN = Unheard(Trouble.NO_NETWORK, "this computer could not open a connection")

_BY_NUMBER = {
    errno.ECONNREFUSED: Unheard(Trouble.REFUSED, "the server takes no connections"),
    errno.EHOSTUNREACH: Unheard(Trouble.NO_PROPER_ANSWER, "no way leads to the server"),
    errno.ETIMEDOUT: _NO_CONNECTION,
    **dict.fromkeys((errno.ECONNRESET, errno.ECONNABORTED, errno.EPIPE), _BROKEN_OFF),
    # Not the site's fault: no route, no free port, too many open files, a firewall of our own.
    **dict.fromkeys((errno.ENETUNREACH, errno.ENETDOWN, errno.EADDRNOTAVAIL), _OUR_OWN),
    **dict.fromkeys((errno.EMFILE, errno.ENFILE, errno.ENOBUFS), _OUR_OWN),
    **dict.fromkeys((errno.EACCES, errno.EPERM), _OUR_OWN),
}

# The words of aiohttp's parsers, and of llhttp under them.
_FAULTS = (
    ("status line", "it does not answer as web servers do"),
    ("too many headers", "it sends more headers than any page needs"),
    ("got more than", "it sends a longer header than any page needs"),
    ("content-length", "what it says of the length of the page makes no sense"),
    ("chunk", "the parts in which it sends the page make no sense"),
    ("header", "one of its headers makes no sense"),
)

_BY_TYPE: tuple[tuple[type[BaseException], Trouble, str], ...] = (
    (PrivateAddress, Trouble.PRIVATE_ADDRESS, "{}, which is no public address"),
    (BadPort, Trouble.NO_PROPER_ANSWER, "{}"),
    (Garbled, Trouble.NO_PROPER_ANSWER, "{}"),
    (ssl.SSLError, Trouble.NO_PROPER_ANSWER, "no secure connection could be agreed on"),
    # asyncio gives no number to a connection that ends within the handshake.
    (aiohttp.ServerDisconnectedError, Trouble.RESET, _BROKEN_OFF.detail),
    (ConnectionError, Trouble.RESET, _BROKEN_OFF.detail),
    (aiohttp.InvalidURL, Trouble.NO_PROPER_ANSWER, "the address cannot be asked for"),
    (httpx.InvalidURL, Trouble.NO_PROPER_ANSWER, "the address cannot be asked for"),
    # A part of the host name is empty or too long to be looked up.
    (UnicodeError, Trouble.NO_SUCH_HOST, "no site of this name exists"),
)

# Codes of OpenSSL, x509_vfy.h.
_CERTIFICATE = {
    9: "not valid yet",
    10: "expired",
    18: "signed by the site itself",
    19: "signed by an authority that nobody knows",
    20: "signed by an unknown authority, or the site leaves out a part of the proof",
    21: "signed by an unknown authority, or the site leaves out a part of the proof",
    23: "revoked",
    62: "made out for another name",
    64: "made out for another name",
}
