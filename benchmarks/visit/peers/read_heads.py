"""The limit for a Python program: aiohttp and nothing else, reading each page to `</head>`.

It believes every first answer and heeds no host: it is a limit, not a checker.
"""

import asyncio
import json
import re
import sys
from pathlib import Path

import aiohttp
import uvloop

_TITLE = re.compile(rb"<title[^>]*>(.*?)</title>", re.IGNORECASE | re.DOTALL)
_MOST = 128 * 1024
_HEADERS = {"User-Agent": "Mozilla/5.0 (X11; Linux x86_64) benchmark"}


async def read_all(urls: list[str], at_once: int) -> dict[str, tuple[int, str]]:
    """Status and title of every address."""
    free = asyncio.Semaphore(at_once)
    connector = aiohttp.TCPConnector(limit=0)
    timeout = aiohttp.ClientTimeout(total=30)
    async with aiohttp.ClientSession(
        connector=connector, timeout=timeout, headers=_HEADERS
    ) as session:

        async def ask(url: str) -> tuple[int, str]:
            async with free:
                return await _ask(session, url)

        found = await asyncio.gather(*map(ask, urls))
    return dict(zip(urls, found, strict=True))


async def _ask(session: aiohttp.ClientSession, url: str) -> tuple[int, str]:
    try:
        async with session.get(url) as response:
            title = _TITLE.search(await _head(response))
            return response.status, title[1].decode() if title else ""
    except (aiohttp.ClientError, TimeoutError):
        return 0, ""


async def _head(response: aiohttp.ClientResponse) -> bytes:
    seen = b""
    async for piece in response.content.iter_any():
        seen += piece
        if b"</head>" in seen or len(seen) > _MOST:
            break
    return seen


def main(urls: Path, out: Path, at_once: int) -> None:
    """Read the addresses in one file, write what was there to the other."""
    found = uvloop.run(read_all(urls.read_text("utf-8").split(), at_once))
    out.write_text(json.dumps(found), "utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3]))
