"""The proxy of `visit.proxy`: its address, its login, and why it passes nothing on."""

from base64 import b64encode
from collections.abc import Awaitable
from typing import TypeVar

import aiohttp
import httpx

from sendguard.errors import BadConfig

Answer = TypeVar("Answer", bound=aiohttp.ClientResponse)

WANTS_LOGIN = 407


class ProxyFails(aiohttp.ClientError):
    """No page is to be had through the proxy, whatever its site is like; says why."""


def proxy_at(address: str) -> httpx.Proxy:
    """The proxy of this address.

    Raises:
        BadConfig: It is no address of an HTTP proxy.
    """
    _, login, place = address.rpartition("@")
    named = f"…@{place}" if login else address
    form = f"visit.proxy: {named} is not of the form “http://host:port”"
    try:
        known = httpx.Proxy(address)
    except (ValueError, httpx.InvalidURL) as error:
        raise BadConfig(form) from error
    if known.url.scheme not in {"http", "https"}:
        raise BadConfig(form)
    return known


def login_at(proxy: httpx.Proxy) -> dict[str, str]:
    """What a proxy with a user in its address wants to be told."""
    if proxy.raw_auth is None:
        return {}
    return {"Proxy-Authorization": f"Basic {b64encode(b':'.join(proxy.raw_auth)).decode()}"}


async def passed_on(sending: Awaitable[Answer], proxy: httpx.Proxy) -> Answer:
    """The answer that came through the proxy.

    Raises:
        ProxyFails: It has a name that is not found, or asks for a login.
    """
    try:
        answer = await sending
    except aiohttp.ClientConnectorDNSError as error:  # the proxy looks up all other names
        raise ProxyFails(f"there is no proxy called {proxy.url.host}") from error
    except aiohttp.ClientHttpProxyError as error:
        if error.status != WANTS_LOGIN:
            raise
        raise ProxyFails(_LOCKED) from error
    if answer.status == WANTS_LOGIN:
        answer.close()
        raise ProxyFails(_LOCKED)
    return answer


_LOCKED = f"the proxy answers {WANTS_LOGIN}, it asks for a login"
