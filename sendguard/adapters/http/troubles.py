"""What an exception on the way to a page means, in the words of a visit."""

import errno
import socket
import ssl
from collections.abc import Iterator

import httpcore
import httpx

from sendguard.adapters.http.guard import PrivateAddress
from sendguard.adapters.http.heard import Unheard
from sendguard.adapters.http.transport import NoProxy
from sendguard.adapters.http.unpack import Garbled
from sendguard.visit import Trouble

# Everything that a server, a network or an address can make go wrong.
EXPECTED = (
    *(httpcore.NetworkError, httpcore.ProtocolError, httpcore.TimeoutException),
    *(httpcore.ProxyError, httpcore.UnsupportedProtocol, httpx.InvalidURL, httpx.HTTPError),
    *(OSError, TimeoutError, UnicodeError, PrivateAddress, NoProxy, Garbled),
)


def trouble_of(error: Exception) -> Unheard:
    """Say what went wrong: the innermost cause that means something counts."""
    match error:
        case PrivateAddress() | NoProxy() | Garbled():
            return _by_type(error) or _NOT_PROPER
        case httpcore.ConnectTimeout():
            return _NO_CONNECTION
        case TimeoutError() | httpcore.TimeoutException():
            return Unheard(Trouble.TIMEOUT, "the server took too long to answer")
        case _:
            said = (_said(cause) for cause in _causes(error))
            return next(filter(None, said), None) or _NOT_PROPER


def _causes(error: BaseException) -> Iterator[BaseException]:
    if isinstance(error, BaseExceptionGroup):
        for inner in error.exceptions:
            yield from _causes(inner)
    # httpcore raises on with `from None`, which leaves only the context to look at.
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
        case OSError(errno=int(number)) if not isinstance(cause, ssl.SSLError):
            return _BY_NUMBER.get(number)
        case _:
            return _by_type(cause)


def _by_type(cause: BaseException) -> Unheard | None:
    if isinstance(cause, httpcore.RemoteProtocolError) and "disconnected without" in str(cause):
        return _BROKEN_OFF
    for kinds, trouble, detail in _BY_TYPE:
        if isinstance(cause, kinds):
            return Unheard(trouble, detail.format(cause))
    return None


_NOT_PROPER = Unheard(Trouble.NO_PROPER_ANSWER, "what the server sent is no proper answer")
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

_BY_TYPE = (
    (PrivateAddress, Trouble.PRIVATE_ADDRESS, "{}, which is no public address"),
    (NoProxy, Trouble.NO_NETWORK, "the proxy {} cannot be reached"),
    (Garbled, Trouble.NO_PROPER_ANSWER, "{}"),
    (ssl.SSLError, Trouble.NO_PROPER_ANSWER, "no secure connection could be agreed on"),
    (httpcore.ProxyError, Trouble.NO_PROPER_ANSWER, "the proxy says: {}"),
    (httpcore.NetworkError, Trouble.RESET, "the server broke the connection off"),
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
