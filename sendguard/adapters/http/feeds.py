"""Feeds and sitemaps fetched whole, through the same guarded connections as visits."""

from sendguard.adapters.http.asker import Asker
from sendguard.adapters.http.heard import Heard, Unheard
from sendguard.intent.feed import LARGEST
from sendguard.ports import Fetched, NotFetched
from sendguard.values import Url
from sendguard.visit.forbidden import why_not_open
from sendguard.visit.redirect import MOST_HOPS, MOVED, next_address

_WORDS = {401: "wants a password", 403: "turns programs away", 404: "is not there", 410: "is gone"}


class HttpFeeds:
    """A `ports.Feeds` that asks real servers, within the limits that visits keep to."""

    def __init__(self, asker: Asker, never_open: frozenset[str] = frozenset()) -> None:
        self._asker = asker
        self._never_open = never_open

    async def fetch(self, url: Url) -> Fetched | NotFetched:
        """Fetch once, following redirects; trouble is a value, not an exception."""
        try:
            return await self._fetch(url)
        except Exception as error:  # noqa: BLE001 - one answer must not end the whole check
            return NotFetched(f"led SendGuard into a mistake, {type(error).__name__}")

    async def _fetch(self, url: Url) -> Fetched | NotFetched:
        here: Url | None = url
        for _ in range(MOST_HOPS + 1):
            if here is None:
                return NotFetched("redirects to what is no web address")
            if why_not_open(here, "", self._never_open):
                return NotFetched("leads to an address that does something when it is opened")
            heard = await self._asker.ask(here, _quietly, whole=LARGEST + 1)
            if isinstance(heard, Unheard):
                return NotFetched(f"cannot be reached: {heard.detail}")
            if heard.status not in MOVED:
                return _came(here, heard)
            here = next_address(here, heard.headers.get("location"))
        return NotFetched("is redirected without end")


def _quietly() -> None:
    pass


def _came(url: Url, heard: Heard) -> Fetched | NotFetched:
    if not 200 <= heard.status < 300:
        meaning = _WORDS.get(heard.status, "cannot be had")
        return NotFetched(f"{meaning} (status {heard.status})")
    if len(heard.body) > LARGEST:
        return NotFetched(f"is larger than {LARGEST // 1024**2} MB")
    if heard.cut_short:
        return NotFetched("breaks off before its end, or comes too slowly")
    return Fetched(url=url, body=heard.body, charset=heard.charset)
