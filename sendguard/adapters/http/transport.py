"""The transport under every visit: pooled connections, guarded, through a proxy if need be."""

import ssl
from collections.abc import AsyncIterator, Iterable
from concurrent.futures import ThreadPoolExecutor
from functools import cache

import httpcore
import httpx

from sendguard.adapters.http.certificates import certificate_of
from sendguard.adapters.http.guard import GuardedBackend
from sendguard.config import Visits
from sendguard.errors import BadConfig


class NoProxy(Exception):
    """The operator's own proxy cannot be reached."""


class GuardedTransport(httpx.AsyncBaseTransport):
    """An `httpx` transport that reaches public addresses and what the operator allows.

    With a proxy, the proxy looks names up, so that only the spelling of a host can be
    checked; hosts in `connect_to` are asked without it. Failures are `httpcore`'s own
    exceptions, `OSError`, `PrivateAddress` and `NoProxy`.
    """

    def __init__(self, visits: Visits) -> None:
        tls = _trust(visits.ca_file)
        self._threads = ThreadPoolExecutor(visits.at_once, thread_name_prefix="names")
        self._guard = GuardedBackend(
            allow_private=visits.allow_private,
            connect_to=visits.connect_to,
            threads=self._threads,
        )
        self._direct = httpcore.AsyncConnectionPool(
            ssl_context=tls, max_connections=visits.at_once, network_backend=self._guard
        )
        self._proxied = _through(visits.proxy, tls, visits.at_once) if visits.proxy else None

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """Ask, and return the answer with its body still to be read."""
        url = request.url
        asked = httpcore.Request(
            request.method,
            httpcore.URL(
                scheme=url.raw_scheme, host=url.raw_host, port=url.port, target=url.raw_path
            ),
            headers=request.headers.raw,
            extensions=request.extensions,
        )
        answer = await self._pool_for(url).handle_async_request(asked)
        return httpx.Response(
            answer.status,
            headers=answer.headers,
            stream=_Stream(answer),
            extensions={"certificate": certificate_of(answer, url)},
            request=request,
        )

    async def aclose(self) -> None:
        """Close every connection."""
        await self._direct.aclose()
        if self._proxied is not None:
            await self._proxied.aclose()
        # A name server that never answers must not keep us from ending.
        self._threads.shutdown(wait=False, cancel_futures=True)

    def _pool_for(self, url: httpx.URL) -> httpcore.AsyncConnectionPool:
        host = url.raw_host.decode("ascii")
        port = url.port or (443 if url.scheme == "https" else 80)
        if self._proxied is None or self._guard.mapped(host, port):
            return self._direct
        self._guard.refuse_if_private(host)
        return self._proxied


class _Stream(httpx.AsyncByteStream):
    """A body on its way, as `httpx` wants it."""

    def __init__(self, answer: httpcore.Response) -> None:
        self._answer = answer

    async def __aiter__(self) -> AsyncIterator[bytes]:
        async for piece in self._answer.aiter_stream():
            yield piece

    async def aclose(self) -> None:
        await self._answer.aclose()


class _ToProxy(httpcore.AsyncNetworkBackend):
    """Connects to the proxy, and tells its failures from those of the sites behind it."""

    def __init__(self) -> None:
        self._network = httpcore.AnyIOBackend()

    async def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,  # noqa: ASYNC109 - httpcore's own signature
        local_address: str | None = None,
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None,
    ) -> httpcore.AsyncNetworkStream:
        try:
            return await self._network.connect_tcp(
                host, port, timeout, local_address, socket_options
            )
        except (httpcore.ConnectError, httpcore.ConnectTimeout) as error:
            raise NoProxy(f"{host}:{port}") from error


def _through(proxy: str, tls: ssl.SSLContext, at_once: int) -> httpcore.AsyncHTTPProxy:
    try:
        known = httpx.Proxy(proxy)
    except (ValueError, httpx.InvalidURL) as error:
        raise BadConfig(f"visit.proxy: {proxy} is no address of a proxy ({error})") from error
    return httpcore.AsyncHTTPProxy(
        proxy_url=str(known.url),
        proxy_auth=known.raw_auth,
        ssl_context=tls,
        max_connections=at_once,
        network_backend=_ToProxy(),
    )


def _trust(ca_file: str | None) -> ssl.SSLContext:
    """The public authorities, and those in `ca_file` beside them."""
    if ca_file is None:
        return _public_trust()
    context = httpx.create_ssl_context(trust_env=False)
    try:
        context.load_verify_locations(ca_file)
    except (OSError, ssl.SSLError) as error:
        says = f"visit.ca_file: {ca_file} cannot be read as certificates ({error})"
        raise BadConfig(says) from error
    return context


@cache
def _public_trust() -> ssl.SSLContext:
    """Read once: it takes longer than many a visit."""
    return httpx.create_ssl_context(trust_env=False)
