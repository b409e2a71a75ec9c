"""The transport under every visit: pooled connections, guarded, through a proxy if need be."""

import asyncio
import ssl
from collections.abc import AsyncIterator, Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from functools import cache
from typing import NoReturn, cast

import aiohttp
import httpx
from yarl import URL

from sendguard.adapters.http.certificates import certificate_of
from sendguard.adapters.http.guard import (
    BadPort,
    Guard,
    LookUp,
    Resolver,
    look_up_here,
    stand_in,
)
from sendguard.adapters.http.proxy import login_at, passed_on, proxy_at
from sendguard.config import Visits
from sendguard.errors import BadConfig
from sendguard.visit import Certificate
from sendguard.visit.ports import is_bad_port

# Sites send policies of many kilobytes in one header; nobody sends more than this.
LONGEST_HEADER = 32 * 1024
MOST_HEADERS = 200

# A name that was looked up is good for this long; each connection is checked all the same.
NAMES_S = 60

# A body that nobody wants more of is still read when so little is left and that is nearly there:
# a new connection costs more.
NEAR_ITS_END = 64 * 1024
NEAR_ITS_END_S = 0.05

# What aiohttp would add of its own: only what the request names is sent.
_NOT_OURS = ("Accept", "Accept-Encoding", "User-Agent", "Content-Type")


class GuardedTransport(httpx.AsyncBaseTransport):
    """An `httpx` transport over `aiohttp`, to public addresses and what the operator allows.

    With a proxy, the proxy looks names up, so that only the spelling of a host can be
    checked; hosts in `connect_to` are asked without it, where the operator said, unchecked;
    the name in the TLS handshake stays the one of the link.

    It sends what it is given and nothing else: no cookies, nothing from the environment, no
    second request, no user and password out of an address. Failures are `aiohttp.ClientError`,
    `OSError`, `UnicodeError` and `PrivateAddress`, which is one of the second kind.
    """

    def __init__(self, visits: Visits, look_up: LookUp = look_up_here) -> None:
        self._trust = _trust(visits.ca_file)
        self._proxy = proxy_at(visits.proxy) if visits.proxy else None
        self._guard = Guard(visits.allow_private)
        self._connect_to = {name.lower(): there for name, there in visits.connect_to.items()}
        self._threads = ThreadPoolExecutor(visits.at_once, thread_name_prefix="names")
        self._guarded = _session(Resolver(self._threads, self._guard, look_up), self._guard)
        # To the operator's own stand-ins and proxy, wherever they are.
        self._trusted = _session(Resolver(self._threads, None, look_up), None)

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """Ask, and return the answer with its body still to be read, as it was sent.

        The timeout for a connection is `request.extensions["timeout"]["connect"]`, in seconds.
        """
        answer = await self._ask(request)
        return httpx.Response(
            answer.status,
            headers=answer.raw_headers,
            stream=_Stream(answer),
            extensions={"certificate": answer.certificate},
            request=request,
        )

    async def aclose(self) -> None:
        """Close every connection."""
        await self._guarded.close()
        await self._trusted.close()
        # A name server that never answers must not keep us from ending.
        self._threads.shutdown(wait=False, cancel_futures=True)

    async def _ask(self, request: httpx.Request) -> "_Answer":
        url, host = request.url, request.url.raw_host.decode("ascii")
        port = url.port or (443 if url.scheme == "https" else 80)
        target = url.raw_path.decode("ascii")
        there = stand_in(self._connect_to, host, port)
        if is_bad_port(port):
            self._refuse(host, port, stands_in=there is not None)
        if there is not None:
            stand = _written(url.scheme, *there, target)
            return await _send(self._trusted, request, stand, self._trust, host=host)
        asked = _written(url.scheme, host, port, target)
        if self._proxy is None:
            return await _send(self._guarded, request, asked, self._trust)
        self._guard.refuse_if_private(host)
        sending = _send(self._trusted, request, asked, self._trust, proxy=self._proxy)
        return await passed_on(sending, self._proxy)

    def _refuse(self, host: str, port: int, *, stands_in: bool) -> NoReturn:
        if not stands_in:
            self._guard.refuse_if_private(host)  # the graver reason
        raise BadPort(f"browsers do not open port {port}")


class _Answer(aiohttp.ClientResponse):
    """An answer that looks at its connection's certificate while it has the connection."""

    certificate: Certificate | None = None

    async def start(self, connection: aiohttp.connector.Connection) -> aiohttp.ClientResponse:
        # Read before the answer: a short one gives its connection back the moment it is there.
        if connection.transport is not None:
            self.certificate = certificate_of(connection.transport)
        return await super().start(connection)


class _Stream(httpx.AsyncByteStream):
    """A body on its way, as `httpx` wants it."""

    def __init__(self, answer: aiohttp.ClientResponse) -> None:
        self._answer = answer
        self._came = 0

    async def __aiter__(self) -> AsyncIterator[bytes]:
        async for piece in self._answer.content.iter_any():
            self._came += len(piece)
            yield piece

    async def aclose(self) -> None:
        """Give the connection back for the next request, or close it if there is more to read."""
        length = self._answer.content_length
        if length is not None and 0 < length - self._came <= NEAR_ITS_END:
            await self._read_to_the_end()
        self._answer.release()

    async def _read_to_the_end(self) -> None:
        with suppress(aiohttp.ClientError, OSError, TimeoutError):
            async with asyncio.timeout(NEAR_ITS_END_S):
                async for _ in self._answer.content.iter_any():
                    pass


def _session(resolver: Resolver, guard: Guard | None) -> aiohttp.ClientSession:
    connector = aiohttp.TCPConnector(
        resolver=resolver,
        socket_factory=guard.socket_for if guard else None,
        ttl_dns_cache=NAMES_S,
        limit=0,  # who may ask when is settled by `Turns`
    )
    session = aiohttp.ClientSession(
        connector=connector,
        response_class=_Answer,
        cookie_jar=aiohttp.DummyCookieJar(),
        skip_auto_headers=_NOT_OURS,
        auto_decompress=False,
        trust_env=False,
        max_line_size=LONGEST_HEADER,
        max_field_size=LONGEST_HEADER,
        max_headers=MOST_HEADERS,
    )
    # aiohttp has no public name for it: it would ask again, unasked, when a connection breaks.
    session._retry_connection = False  # noqa: SLF001
    return session


async def _send(  # noqa: PLR0913 - what a request needs
    session: aiohttp.ClientSession,
    request: httpx.Request,
    url: URL,
    trust: Callable[[], ssl.SSLContext],
    *,
    host: str | None = None,
    proxy: httpx.Proxy | None = None,
) -> _Answer:
    connect_s = request.extensions.get("timeout", {}).get("connect")
    login = login_at(proxy) if proxy else {}
    is_tunnelled = url.scheme == "https"
    answer = await session.request(
        request.method,
        url,
        headers=[*request.headers.multi_items(), *([] if is_tunnelled else login.items())],
        allow_redirects=False,
        server_hostname=host,
        ssl=trust() if is_tunnelled or (proxy and proxy.url.scheme == "https") else True,
        timeout=aiohttp.ClientTimeout(total=None, connect=connect_s),
        proxy=str(proxy.url) if proxy else None,
        proxy_headers=login if is_tunnelled else None,
    )
    return cast(_Answer, answer)


def _written(scheme: str, host: str, port: int, target: str) -> URL:
    """An address as it stands; yarl would spell some characters otherwise."""
    name = f"[{host}]" if ":" in host else host
    return URL(f"{scheme}://{name}:{port}{target}", encoded=True)


def _trust(ca_file: str | None) -> Callable[[], ssl.SSLContext]:
    """The public authorities, read when first asked for, and those in `ca_file` beside them."""
    if ca_file is None:
        return _public_trust
    context = httpx.create_ssl_context(trust_env=False)
    try:
        context.load_verify_locations(ca_file)
    except (OSError, ssl.SSLError) as error:
        says = f"visit.ca_file: {ca_file} cannot be read as certificates ({error})"
        raise BadConfig(says) from error
    return lambda: context


@cache
def _public_trust() -> ssl.SSLContext:
    """Read once: it takes longer than many a visit."""
    return httpx.create_ssl_context(trust_env=False)
