"""One request and its answer, read as far as it tells something."""

import asyncio
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

import httpx

from sendguard.adapters.http.heard import Heard
from sendguard.adapters.http.troubles import BREAKS_OFF
from sendguard.adapters.http.unpack import Unpacker
from sendguard.values import Url
from sendguard.visit.addresses import literal_address
from sendguard.visit.enough import LIMIT, Looks, enough, limit

# So much of an answer shows whether it is a bot wall.
WALL_BYTES = 32 * 1024

# Packed bytes that came beyond what was wanted unpacked: they hold next to nothing.
MOST_IN_VAIN = 64 * 1024


@dataclass(frozen=True, slots=True, kw_only=True)
class How:
    """How an address is asked for: as whom, for how long, and how much of it is read."""

    headers: Mapping[str, str]
    time_s: float
    whole: int | None = None


async def exchange(transport: httpx.AsyncBaseTransport, url: Url, how: How) -> Heard:
    """The answer to one request.

    Raises:
        Everything in `troubles.EXPECTED`: none came.
    """
    deadline = asyncio.get_running_loop().time() + how.time_s
    async with asyncio.timeout_at(deadline):
        response = await transport.handle_async_request(_request(url, how))
    try:
        return await _listen(url, response, deadline, how.whole)
    finally:
        await response.aclose()


def _request(url: Url, how: How) -> httpx.Request:
    # Half of the time at most for a connection, so that there is some for a second try.
    timeouts = {"connect": how.time_s / 2}
    return httpx.Request("GET", _asked(url), headers=how.headers, extensions={"timeout": timeouts})


async def _listen(url: Url, response: httpx.Response, deadline: float, whole: int | None) -> Heard:
    # In one pass: asking for each by its name would take n² steps over n headers.
    headers = dict(reversed(response.headers.multi_items()))
    certificate = response.extensions.get("certificate")
    heard = Heard(status=response.status_code, headers=headers, certificate=certificate)
    if whole is not None and 200 <= heard.status < 300:
        body = await _read(response, lambda seen: len(seen) >= whole, whole, deadline)
        return replace(heard, body=body.content, cut_short=body.broke_off)
    if not _is_wanted(heard):
        return heard
    body = await _read(response, _reader(heard, url), limit(url), deadline)
    cut_short = body.broke_off and not enough(body.content, url.page)
    return replace(heard, body=body.content, cut_short=cut_short, is_whole=body.is_whole)


def _asked(url: Url) -> httpx.URL:
    """The address on the wire; odd spellings of an IP address are written as browsers do."""
    literal = literal_address(url.host)
    if literal is None or literal.version == 6:
        return httpx.URL(url.page.text)
    query = f"?{url.query}" if url.query else ""
    return httpx.URL(f"{url.scheme}://{literal}:{url.port}{url.path}{query}")


def _is_wanted(heard: Heard) -> bool:
    """True where the body tells something: a page's facts, or a bot wall's signs."""
    named = heard.headers.get("content-type", "")
    readable = not named or any(kind in named.lower() for kind in ("html", "application/pdf"))
    return readable and (200 <= heard.status < 300 or heard.status == 503)


def _reader(heard: Heard, url: Url) -> Callable[[bytes | bytearray], bool]:
    """How to tell, for this answer, that enough was read."""
    if heard.status == 503:
        return lambda seen: len(seen) >= WALL_BYTES
    if "pdf" in heard.headers.get("content-type", "").lower():
        return lambda seen: len(seen) >= LIMIT
    return lambda seen: enough(seen, url)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Body:
    """What was read, whether that is all, and whether it broke off before enough had come."""

    content: bytes
    is_whole: bool = False
    broke_off: bool = False


async def _read(
    response: httpx.Response,
    is_enough: Callable[[bytes | bytearray], bool],
    most: int,
    deadline: float,
) -> _Body:
    """The body as far as wanted, `most` bytes of it.

    Raises:
        Garbled: It is not packed as the headers say.
    """
    unpacker = Unpacker(response.headers.get("content-encoding", ""))
    seen, came, looks = bytearray(), 0, Looks()
    try:
        async with asyncio.timeout_at(deadline):
            async for piece in response.aiter_raw():
                came += len(piece)
                seen += unpacker.unpack(piece, most - len(seen))
                if unpacker.is_at_end:
                    break
                if looks.is_due(len(seen)) and is_enough(seen):
                    return _Body(content=bytes(seen))
                if came > most + MOST_IN_VAIN:
                    return _Body(content=bytes(seen), broke_off=True)
    except BREAKS_OFF:
        return _Body(content=bytes(seen), broke_off=True)
    whole = unpacker.is_whole
    return _Body(content=bytes(seen), is_whole=whole, broke_off=not whole)
