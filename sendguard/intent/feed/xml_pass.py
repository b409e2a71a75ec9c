"""One pass over foreign XML: what it is, and no more of it than can be read in bounded time.

feedparser reads whatever it is given, and takes its time over it. So it is given only what this
pass has seen: sound XML without entities of its own, not nested too deeply, and cut behind
`MOST_ENTRIES` entries.
"""

from dataclasses import dataclass, field
from xml.parsers import expat

from sendguard.intent.feed.known import Articles, FeedContent, KnownArticle, NoFeed, Parts, article
from sendguard.values import Url

MOST_ENTRIES = 5_000
"""Of a feed, which begins with the newest."""

MOST_ADDRESSES = 50_000
"""Of a sitemap, by its standard."""

MANY_NODES, MOST_NODES = 50_000, 100_000
"""Elements and attributes: behind so many no further entry of a feed is read; no feed has more."""

DEEPEST = 150
LARGEST_BROKEN = 200_000
"""Bytes of XML with a fault that feedparser may try to make sense of; that is slow."""

_FEEDS = {"rss", "feed", "rdf", "channel"}
_ENTRIES = {"item", "entry"}
_SITEMAPS = {"urlset", "sitemapindex"}
_SITEMAP_FIELDS = {"loc", "title"}


class _Refused(Exception):
    """Reading on makes no sense; the message is fit to follow “it”."""


class _Enough(Exception):
    """All that is wanted has been seen."""


def look_over(raw: bytes, url: Url) -> FeedContent | bytes:
    """What a sitemap names; of a feed the bytes that feedparser may read; or why it is neither.

    Args:
        raw: In UTF-8, whatever it says of itself.
        url: Where it stands.
    """
    seen = _Pass(raw)
    try:
        fault = seen.run()
    except _Refused as refused:
        return NoFeed(str(refused))
    if seen.kind in _SITEMAPS:
        return NoFeed(fault) if fault else _sitemap(seen, url)
    if seen.kind in _FEEDS:
        return NoFeed(fault) if fault and len(raw) > LARGEST_BROKEN else seen.usable
    return NoFeed(fault or "is neither a feed nor a sitemap")


@dataclass(slots=True)
class _Pass:
    """The state of a pass; names are in lower case and without their namespace's prefix."""

    raw: bytes
    kind: str = ""
    usable: bytes = b""
    found: list[dict[str, str]] = field(default_factory=list)
    _open: list[str] = field(default_factory=list)
    _entries: int = 0
    _nodes: int = 0
    _text: list[str] | None = None

    def run(self) -> str | None:
        """Look over it all; what is wrong with its XML, or None.

        Raises:
            _Refused: It is more than should be read.
        """
        self.usable = self.raw
        parser = expat.ParserCreate("utf-8")
        parser.buffer_text = parser.ordered_attributes = True
        parser.StartElementHandler = lambda name, attributes: self._start(
            name, len(attributes), parser.CurrentByteIndex
        )
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._hear
        parser.EntityDeclHandler = _refuse_entities
        try:
            parser.Parse(self.raw, True)  # noqa: FBT003 - expat takes it by position only
        except expat.ExpatError as error:
            return f"is damaged in line {error.lineno}, so that it cannot be read as XML"
        except _Enough:
            pass
        return None

    def _start(self, name: str, attributes: int, at: int) -> None:
        local = _local(name)
        self.kind = self.kind or local
        if len(self._open) >= DEEPEST:
            raise _Refused("is nested more deeply than any feed")
        if self.kind in _SITEMAPS:
            self._start_in_sitemap(name, local)
        else:
            self._start_in_feed(local, attributes, at)
        self._open.append(name)

    def _start_in_feed(self, local: str, attributes: int, at: int) -> None:
        self._nodes += 1 + attributes // 2  # names and values stand in turn
        if self._nodes > MOST_NODES:
            raise _Refused("has more parts than any feed")
        if local in _ENTRIES and len(self._open) <= 2:
            self._start_entry(at)

    def _start_entry(self, at: int) -> None:
        self._entries += 1
        if self._entries > MOST_ENTRIES or self._nodes > MANY_NODES:
            ends = "".join(f"</{name}>" for name in reversed(self._open))
            self.usable = self.raw[:at] + ends.encode()
            raise _Enough

    def _start_in_sitemap(self, name: str, local: str) -> None:
        if len(self._open) == 1:
            if len(self.found) >= MOST_ADDRESSES:
                raise _Enough
            self.found.append({})
        is_own = local != "loc" or _prefix(name) == _prefix(self._open[0])  # image:loc is none
        wanted = local in _SITEMAP_FIELDS and len(self._open) > 1 and is_own
        self._text = [] if wanted else None

    def _hear(self, text: str) -> None:
        if self._text is not None:
            self._text.append(text)

    def _end(self, name: str) -> None:
        self._open.pop()
        if self._text is not None and self.found:
            self.found[-1].setdefault(_local(name), "".join(self._text))
        self._text = None


def _refuse_entities(*_declared: object) -> None:
    raise _Refused("declares entities of its own, which no feed needs")


def _sitemap(seen: _Pass, url: Url) -> FeedContent:
    found = (_found(entry, url) for entry in seen.found)
    known = tuple(one for one in found if one)
    if not known:
        return NoFeed("names no page")
    is_index = seen.kind == "sitemapindex"
    return Parts(tuple(one.url for one in known)) if is_index else Articles(known)


def _found(entry: dict[str, str], url: Url) -> KnownArticle | None:
    return article(entry.get("title"), entry["loc"], url) if "loc" in entry else None


def _local(name: str) -> str:
    return name.rpartition(":")[2].lower()


def _prefix(name: str) -> str:
    return name.rpartition(":")[0]
